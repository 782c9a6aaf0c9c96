"""A tree as the text of a spreadsheet's formula: names become cells, everything else stays what it is."""

from collections.abc import Sequence
from fractions import Fraction

from ..exact import exact_text
from .tree import Arithmetic, Call, Comparison, If, Input, Logic, Negative, Node, Not, Number, Points, walk

# A spreadsheet's function takes at most 255 arguments.
MOST_ARGUMENTS = 200


def as_cells(node: Node, cells) -> str:
    """`cells` gives the references (`rules.cells.Cells`). Every operator stands in parentheses of its own."""
    match node:
        case Number():
            return exact_text(node.value)
        case Input():
            return cells.field(node.name)
        case Points():
            return cells.points(node.code)
        case Negative():
            return f"(-{as_cells(node.operand, cells)})"
        case Arithmetic():
            rest = "".join(f"{step.sign}{as_cells(step.operand, cells)}" for step in node.rest)
            return f"({as_cells(node.first, cells)}{rest})"
        case Call():
            return _call(node, [as_cells(argument, cells) for argument in node.arguments], cells)
        case If():
            return f"IF({','.join(as_cells(part, cells) for part in node.parts)})"
        case Comparison():
            return f"({as_cells(node.left, cells)}{node.operator}{as_cells(node.right, cells)})"
        case Not():
            return f"NOT({as_cells(node.condition, cells)})"
        case Logic():
            return _logic(node, cells)
    raise TypeError(node)


def _call(node: Call, arguments: Sequence[str], cells) -> str:
    if node.function == "ROUND":
        return cells.rounded(*arguments)
    return in_parts(node.function, arguments)


def in_parts(function: str, arguments: Sequence[str]) -> str:
    """MIN, MAX, SUM, AND or OR of any number of arguments."""
    while len(arguments) > MOST_ARGUMENTS:
        starts = range(0, len(arguments), MOST_ARGUMENTS)
        arguments = [f"{function}({','.join(arguments[start : start + MOST_ARGUMENTS])})" for start in starts]
    return f"{function}({','.join(arguments)})"


def _logic(node: Logic, cells) -> str:
    """A spreadsheet's AND and OR work out all conditions. Where a later one may fail, IF stands for them."""
    conditions = [as_cells(condition, cells) for condition in node.conditions]
    if not any(_may_fail(condition) for condition in node.conditions[1:]):
        return in_parts(node.word, conditions)
    nested = conditions[-1]
    for condition in reversed(conditions[:-1]):
        nested = f"IF({condition},{nested},FALSE)" if node.word == "AND" else f"IF({condition},TRUE,{nested})"
    return nested


def _may_fail(condition: Node) -> bool:
    return any(_divides(node) or isinstance(node, Call) and node.function == "ROUND" for node in walk(condition))


def _divides(node: Node) -> bool:
    if not isinstance(node, Arithmetic):
        return False
    return any(
        step.sign == "/" and not (isinstance(step.operand, Number) and step.operand.value != Fraction(0))
        for step in node.rest
    )
