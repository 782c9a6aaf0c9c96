"""From text to tree: operator precedence with a stack of our own, so that no nesting reaches the interpreter's.

From weak to strong: OR, AND, NOT, comparison (never chained), + and -, * and /, unary minus.
Limits: depth 20, where a chain of one operator is one level and parentheses are none; 500 nodes.
Source: contract, Formula language.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from fractions import Fraction

from ..faults import quoted
from .faults import FormulaFault, not_understood
from .tokens import FUNCTIONS, RESERVED, VIETNAMESE, Token, tokens
from .tree import Arithmetic, Call, Comparison, If, Input, Logic, Negative, Node, Not, Number, Place, Points, Step

DEEPEST = 20
MOST_NODES = 500
MOST_PLACES = 20
LEVELS = {"OR": 1, "AND": 2, "NOT": 3, "+": 5, "-": 5, "*": 6, "/": 6, "negative": 7}
LEVELS |= dict.fromkeys(("=", "<>", "<", "<=", ">", ">="), 4)
_COMPARISON = 4
# Function → how few and how many arguments.
_ARGUMENTS = {"ABS": (1, 1), "ROUND": (2, 2), "IF": (3, 3), "MIN": (1, None), "MAX": (1, None), "SUM": (1, None)}


@dataclass
class _Operand:
    """A finished part, how deep it is, and whether parentheses close it against joining a chain."""

    node: Node
    depth: int = 1
    closed: bool = False


@dataclass
class _Open:
    """An operator that waits for its right side, or an open parenthesis, of a function's where `function` is given."""

    text: str
    place: Place
    level: int = 0
    function: str = ""
    arguments: list[_Operand] = field(default_factory=list)


def parse(text: str, inputs: Collection[str], form: str = "en") -> Node:
    """The tree of a formula whose result is a number; FormulaFault with the first thing that is wrong."""
    parser = _Parser(inputs)
    for token in tokens(text, form):
        if parser.wants_operand:
            parser.operand(token)
        else:
            parser.after_operand(token)
    return parser.finished()


class _Parser:
    def __init__(self, inputs: Collection[str]):
        self.inputs = inputs
        self.done: list[_Operand] = []
        self.waiting: list[_Open] = []
        self.nodes = 0
        self.wants_operand = True

    def operand(self, token: Token) -> None:
        """Where a number, a condition, a prefix or an opening parenthesis is due."""
        if token.kind == "number":
            self._finish(Number(Fraction(token.text), place=token.place))
        elif token.kind == "points":
            self._finish(Points(token.text, place=token.place))
        elif token.kind == "name" and token.text in FUNCTIONS:
            self.waiting.append(_Open("name", token.place, function=token.text))
            self.wants_operand = False
        elif token.text in ("-", "NOT"):
            text = "negative" if token.text == "-" else "NOT"
            self.waiting.append(_Open(text, token.place, LEVELS[text]))
        elif token.text == "(":
            self.waiting.append(_Open("(", token.place))
        elif token.kind == "name" and token.text not in RESERVED:
            self._finish(self._input(token))
        else:
            raise _operand_due(token)

    def after_operand(self, token: Token) -> None:
        """Where an operator, a separator, a closing parenthesis or the end is due."""
        if self.waiting and self.waiting[-1].text == "name":
            if token.text != "(":
                raise _parenthesis_due(self.waiting[-1], token)
            self.waiting[-1].text = "("
            self.wants_operand = True
        elif token.text in LEVELS and token.text != "NOT":
            self._operator(token)
        elif token.text in (")", "separator"):
            self._close(token)
        elif token.kind == "end":
            self._join()
        else:
            raise _operator_due(token)

    def finished(self) -> Node:
        if self.waiting:
            raise FormulaFault(
                self.waiting[-1].place, "dấu ngoặc này chưa được đóng.", "this parenthesis is not closed."
            )
        node = self.done[0].node
        if node.is_condition:
            raise _number_due(node)
        return node

    def _input(self, token: Token) -> Input:
        if token.text in self.inputs:
            return Input(token.text, place=token.place)
        shown, listed = quoted(token.text), ", ".join(self.inputs)
        if not listed:
            raise not_understood(token.place, token.text)
        raise FormulaFault(
            token.place,
            f"không có đầu vào hay hàm tên “{shown}”; các đầu vào là: {listed}.",
            f"there is no input or function called “{shown}”; the inputs are: {listed}.",
        )

    def _finish(self, node: Node, depth: int = 1, closed: bool = False) -> None:
        self.nodes += not closed
        if self.nodes > MOST_NODES:
            raise FormulaFault(
                node.place,
                f"công thức có quá {MOST_NODES} thành phần; tách bớt sang tiêu chí khác.",
                f"the formula has more than {MOST_NODES} parts; move some to another criterion.",
            )
        if depth > DEEPEST:
            raise FormulaFault(
                node.place,
                f"công thức lồng nhau quá {DEEPEST} tầng; tách bớt sang tiêu chí khác.",
                f"the formula is nested more than {DEEPEST} levels deep; move some to another criterion.",
            )
        self.done.append(_Operand(node, depth, closed))
        self.wants_operand = False

    def _operator(self, token: Token) -> None:
        level = LEVELS[token.text]
        self._join(level + 1 if level == _COMPARISON else level)
        if level == _COMPARISON and self.waiting and self.waiting[-1].level == _COMPARISON:
            raise FormulaFault(
                token.place,
                "không so sánh liền nhau; nối hai phép so sánh bằng VÀ.",
                "comparisons are not chained; join two of them with AND.",
            )
        self.waiting.append(_Open(token.text, token.place, level))
        self.wants_operand = True

    def _join(self, level: int = 1) -> None:
        """Finish every waiting operator that binds at least as strongly, up to the last open parenthesis."""
        while self.waiting and self.waiting[-1].level >= level:
            self._apply(self.waiting.pop())

    def _apply(self, operator: _Open) -> None:
        right = self.done.pop()
        if operator.text in ("negative", "NOT"):
            return self._prefix(operator, right)
        left = self.done.pop()
        if operator.level == _COMPARISON:
            node = Comparison(operator.text, _number(left.node), _number(right.node), place=operator.place)
            return self._finish(node, max(left.depth, right.depth) + 1)
        if operator.text in ("AND", "OR"):
            return self._logic(operator, left, right)
        return self._arithmetic(operator, left, right)

    def _prefix(self, operator: _Open, right: _Operand) -> None:
        kind, checked = (Not, _condition) if operator.text == "NOT" else (Negative, _number)
        if isinstance(right.node, kind):
            # Twice is nothing; so a long row of them stays as shallow as one.
            return self._finish(right.node.parts[0], right.depth - 1)
        return self._finish(kind(checked(right.node), place=operator.place), right.depth + 1)

    def _logic(self, operator: _Open, left: _Operand, right: _Operand) -> None:
        begun = isinstance(left.node, Logic) and left.node.word == operator.text and not left.closed
        conditions = left.node.conditions if begun else (_condition(left.node),)
        node = Logic(operator.text, (*conditions, _condition(right.node)), place=operator.place)
        self._finish(node, max(left.depth + (not begun), right.depth + 1))

    def _arithmetic(self, operator: _Open, left: _Operand, right: _Operand) -> None:
        step = Step(operator.text, _number(right.node), operator.place)
        begun = isinstance(left.node, Arithmetic) and not left.closed
        begun = begun and LEVELS[left.node.rest[0].sign] == operator.level
        if begun:
            node = Arithmetic(left.node.first, (*left.node.rest, step), place=left.node.place)
        else:
            node = Arithmetic(_number(left.node), (step,), place=operator.place)
        self._finish(node, max(left.depth + (not begun), right.depth + 1))

    def _close(self, token: Token) -> None:
        self._join()
        if not self.waiting:
            raise _operator_due(token)
        opened = self.waiting[-1]
        if token.text == "separator":
            if not opened.function:
                raise _operator_due(token)
            opened.arguments.append(self.done.pop())
            self.wants_operand = True
            return
        self.waiting.pop()
        if opened.function:
            self._call(opened, [*opened.arguments, self.done.pop()])
        else:
            inner = self.done.pop()
            self._finish(inner.node, inner.depth, closed=True)

    def _call(self, opened: _Open, given: list[_Operand]) -> None:
        few, many = _ARGUMENTS[opened.function]
        if len(given) < few or many is not None and len(given) > many:
            wanted_vi, wanted_en = (
                (f"{few} thành phần", f"{few} arguments") if few > 1 else ("1 thành phần", "1 argument")
            )
            raise FormulaFault(
                opened.place,
                f"{VIETNAMESE[opened.function]} cần {wanted_vi}, ở đây có {len(given)}.",
                f"{opened.function} takes {wanted_en}, here are {len(given)}.",
            )
        depth = max(one.depth for one in given) + 1
        if opened.function == "IF":
            condition, then, otherwise = (one.node for one in given)
            node = If(_condition(condition), _number(then), _number(otherwise), place=opened.place)
            return self._finish(node, depth)
        arguments = tuple(_number(one.node) for one in given)
        if opened.function == "ROUND" and isinstance(arguments[1], Number):
            _places(arguments[1])
        return self._finish(Call(opened.function, arguments, place=opened.place), depth)


def _number(node: Node) -> Node:
    if node.is_condition:
        raise _number_due(node)
    return node


def _number_due(node: Node) -> FormulaFault:
    return FormulaFault(
        node.place,
        "ở đây cần một số, không phải một điều kiện; dùng NẾU(điều kiện; số; số).",
        "a number is needed here, not a condition; use IF(condition, number, number).",
    )


def _condition(node: Node) -> Node:
    if not node.is_condition:
        raise FormulaFault(
            node.place,
            "ở đây cần một điều kiện, ví dụ a > 0, không phải một số.",
            "a condition such as a > 0 is needed here, not a number.",
        )
    return node


def _places(node: Number) -> None:
    if node.value.denominator != 1 or not 0 <= node.value <= MOST_PLACES:
        raise FormulaFault(
            node.place,
            f"số chữ số thập phân của LÀM_TRÒN là số nguyên từ 0 đến {MOST_PLACES}.",
            f"ROUND takes a whole number of places from 0 to {MOST_PLACES}.",
        )


def _shown(token: Token) -> tuple[str, str]:
    if token.kind == "end":
        return "hết công thức", "the formula ends"
    mark = {"separator": ("dấu ngăn cách", "a separator")}.get(token.text)
    return mark or (f"có “{quoted(token.text)}”", f"there is “{quoted(token.text)}”")


def _operand_due(token: Token) -> FormulaFault:
    vi, en = _shown(token)
    return FormulaFault(
        token.place,
        f"cần một số, một đầu vào hoặc dấu mở ngoặc, nhưng ở đây {vi}.",
        f"a number, an input or an opening parenthesis is due, but here {en}.",
    )


def _operator_due(token: Token) -> FormulaFault:
    vi, en = _shown(token)
    return FormulaFault(
        token.place,
        f"cần một phép tính hoặc hết công thức, nhưng ở đây {vi}.",
        f"an operator or the end is due, but here {en}.",
    )


def _parenthesis_due(opened: _Open, token: Token) -> FormulaFault:
    return FormulaFault(
        token.place,
        f"sau {VIETNAMESE[opened.function]} phải là dấu mở ngoặc.",
        f"{opened.function} is followed by an opening parenthesis.",
    )
