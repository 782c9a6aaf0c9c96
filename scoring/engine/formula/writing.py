"""A tree as text again: the stored form, or as a Vietnamese reader writes it; names may be replaced by titles."""

from collections.abc import Mapping
from fractions import Fraction

from ..exact import decimal_text, plain_decimal, rounded, terminating_decimals
from .parser import LEVELS
from .tokens import VIETNAMESE
from .tree import Arithmetic, Call, Comparison, If, Input, Logic, Negative, Node, Not, Number, Points

_PRETTY = {"*": "×", "/": "÷", "-": "−", "<=": "≤", ">=": "≥", "<>": "≠"}
_ATOM = 9


def written(node: Node, form: str = "en", names: Mapping[str, str] | None = None) -> str:
    """With the fewest parentheses. `parse(written(tree, form), …, form)` is the tree again where `names` is left out."""
    return _Writer(form, names or {}).text(node, 0)


class _Writer:
    def __init__(self, form: str, names: Mapping[str, str]):
        self.names = names
        self.is_vietnamese = form == "vi"

    def text(self, node: Node, level: int) -> str:
        """In parentheses where its own operator binds less than `level`."""
        own, said = self._said(node)
        return f"({said})" if own < level else said

    def _said(self, node: Node) -> tuple[int, str]:
        match node:
            case Number():
                return _ATOM, self._number(node.value)
            case Input():
                return _ATOM, self.names.get(node.name, node.name)
            case Points():
                return _ATOM, self.names.get(f"[{node.code}]", f"[{node.code}]")
            case Negative():
                return LEVELS["negative"], self._mark("-") + self.text(node.operand, LEVELS["negative"])
            case Arithmetic():
                return self._arithmetic(node)
            case Comparison():
                left, right = self.text(node.left, 5), self.text(node.right, 5)
                return 4, f"{left} {self._mark(node.operator)} {right}"
            case Logic():
                level = LEVELS[node.word]
                return level, f" {self._word(node.word)} ".join(self.text(one, level + 1) for one in node.conditions)
            case Not():
                return LEVELS["NOT"], f"{self._word('NOT')} {self.text(node.condition, LEVELS['NOT'])}"
            case Call() | If():
                function = node.function if isinstance(node, Call) else "IF"
                between = "; " if self.is_vietnamese else ", "
                return _ATOM, f"{self._word(function)}({between.join(self.text(one, 0) for one in node.parts)})"
        raise TypeError(node)

    def _arithmetic(self, node: Arithmetic) -> tuple[int, str]:
        level = LEVELS[node.rest[0].sign]
        parts = [self.text(node.first, level + 1)]
        parts += [f"{self._mark(step.sign)} {self.text(step.operand, level + 1)}" for step in node.rest]
        return level, " ".join(parts)

    def _number(self, value: Fraction) -> str:
        text = plain_decimal(decimal_text(rounded(value, terminating_decimals(value), "down")))
        return text.replace(".", ",") if self.is_vietnamese else text

    def _mark(self, mark: str) -> str:
        return _PRETTY.get(mark, mark) if self.is_vietnamese else mark

    def _word(self, word: str) -> str:
        return VIETNAMESE[word] if self.is_vietnamese else word
