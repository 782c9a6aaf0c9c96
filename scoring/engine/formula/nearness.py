"""How far a spreadsheet's binary numbers may stray from a formula's exact value, and whether they may take another way.

Every number carries the largest error it can have. A comparison of two numbers that are not equal but closer than their
errors, and a ROUND that close to the value where it turns, may come out differently: then nothing is promised.
"""

from fractions import Fraction

from ..exact import rounded
from .evaluation import Known
from .tree import Arithmetic, Call, Comparison, If, Input, Logic, Negative, Node, Not, Number, Points

# One operation's relative error, and how near a spreadsheet calls numbers equal.
_ROUGH = Fraction(1, 2**52)
_EQUAL = Fraction(1, 10**14)
# How far equal numbers may have drifted apart so that a spreadsheet surely calls them equal still.
_SAME = Fraction(3, 10**15)
# What the points of another line may be off by; where they are rounded to places it is less.
POINTS_ERROR = Fraction(1, 2**49)
_SNAPPED = 6  # decimals that ROUND keeps beyond its places before it rounds (spreadsheet/rounding.py)

Rough = tuple[Fraction, Fraction]


class _Undecided(Exception):
    """The spreadsheet may decide otherwise."""


def error_of(node: Node, known: Known) -> Fraction | None:
    """The largest error of the value; None where a branch may be taken otherwise."""
    try:
        return _rough(node, known)[1]
    except _Undecided:
        return None


def _rough(node: Node, known: Known) -> Rough:
    match node:
        case Number():
            return _measured(node.value)
        case Input():
            return _measured(known.inputs[node.name])
        case Points():
            value = known.points[node.code]
            return value, POINTS_ERROR * abs(value)
        case Negative():
            value, error = _rough(node.operand, known)
            return -value, error
        case Arithmetic():
            return _chain(node, known)
        case If():
            return _rough(node.then if _holds(node.condition, known) else node.otherwise, known)
        case Call():
            return _call(node, [_rough(argument, known) for argument in node.arguments], known.rounding)
    raise TypeError(node)


def _measured(value: Fraction) -> Rough:
    return value, abs(value) * _ROUGH


def _chain(node: Arithmetic, known: Known) -> Rough:
    value, error = _rough(node.first, known)
    for step in node.rest:
        other, more = _rough(step.operand, known)
        if step.sign == "*":
            value, error = value * other, abs(value) * more + abs(other) * error + error * more
        elif step.sign == "/":
            if abs(other) <= 2 * more:
                raise _Undecided
            value, error = value / other, 2 * (error + abs(value / other) * more) / abs(other)
        else:
            value, error = value + (other if step.sign == "+" else -other), error + more
        error += abs(value) * _ROUGH
    return value, error


def _call(node: Call, arguments: list[Rough], rounding: str) -> Rough:
    values = [value for value, _ in arguments]
    worst = max(error for _, error in arguments)
    if node.function == "ABS":
        return abs(values[0]), worst
    if node.function == "ROUND":
        _be_decided(values[0], worst, int(values[1]))
        return _measured(Fraction(rounded(values[0], int(values[1]), rounding)))
    if node.function == "SUM":
        total = sum(values, Fraction(0))
        return total, sum((error for _, error in arguments), Fraction(0)) + len(values) * abs(total) * _ROUGH
    return (min if node.function == "MIN" else max)(values), worst


def _be_decided(value: Fraction, error: Fraction, places: int) -> None:
    """ROUND turns at halves, or at whole numbers where it cuts."""
    halves = abs(value) * 10**places * 2
    distance = abs(halves - round(halves)) / 2 / 10**places
    kept = Fraction(1, 10 ** (places + _SNAPPED))
    if 2 * error > kept or 0 < distance <= 2 * kept:
        raise _Undecided


def _holds(node: Node, known: Known) -> bool:
    match node:
        case Comparison():
            return _compared(node, _rough(node.left, known), _rough(node.right, known))
        case Logic():
            decide = any if node.word == "OR" else all
            return decide(_holds(condition, known) for condition in node.conditions)
        case Not():
            return not _holds(node.condition, known)
    raise TypeError(node)


def _compared(node: Comparison, left: Rough, right: Rough) -> bool:
    (a, error_a), (b, error_b) = left, right
    largest = max(abs(a), abs(b))
    if 0 < abs(a - b) <= error_a + error_b + largest * _EQUAL:
        raise _Undecided
    if a == b and error_a + error_b > largest * _SAME:
        raise _Undecided
    return {"=": a == b, "<>": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[node.operator]
