"""The exact value of a tree. IF, AND and OR work out only what they need; a division by zero is `Undefined`."""

import operator
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from ..exact import rounded
from .faults import Undefined
from .parser import MOST_PLACES
from .tree import Arithmetic, Call, Comparison, If, Input, Logic, Negative, Node, Not, Number, Points

_COMPARE = {
    "=": operator.eq, "<>": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_GATHER = {"MIN": min, "MAX": max, "SUM": sum}


@dataclass(frozen=True)
class Known:
    """What a formula may look up: its inputs by name, other leaves' points by code, and the set's rounding."""

    inputs: Mapping[str, Fraction]
    points: Mapping[str, Fraction]
    rounding: str = "half_up"


def value_of(node: Node, known: Known) -> Fraction:
    """KeyError where `known` lacks an input or a leaf: the caller asks only when it has all."""
    match node:
        case Number():
            return node.value
        case Input():
            return known.inputs[node.name]
        case Points():
            return known.points[node.code]
        case Negative():
            return -value_of(node.operand, known)
        case Arithmetic():
            return _chain(node, known)
        case If():
            return value_of(node.then if holds(node.condition, known) else node.otherwise, known)
        case Call():
            return _call(node, known)
    raise TypeError(node)


def holds(node: Node, known: Known) -> bool:
    match node:
        case Comparison():
            return _COMPARE[node.operator](value_of(node.left, known), value_of(node.right, known))
        case Logic():
            decide = any if node.word == "OR" else all
            return decide(holds(condition, known) for condition in node.conditions)
        case Not():
            return not holds(node.condition, known)
    raise TypeError(node)


def _chain(node: Arithmetic, known: Known) -> Fraction:
    result = value_of(node.first, known)
    for step in node.rest:
        value = value_of(step.operand, known)
        if step.sign == "/":
            if value == 0:
                raise Undefined(step.place, "phép chia cho 0; đặt NẾU để tránh.", "division by zero; guard it with IF.")
            result /= value
        elif step.sign == "*":
            result *= value
        else:
            result += value if step.sign == "+" else -value
    return result


def _call(node: Call, known: Known) -> Fraction:
    values = [value_of(argument, known) for argument in node.arguments]
    if node.function == "ABS":
        return abs(values[0])
    if node.function == "ROUND":
        places = values[1]
        if places.denominator != 1 or not 0 <= places <= MOST_PLACES:
            raise Undefined(
                node.place,
                f"số chữ số thập phân của LÀM_TRÒN không là số nguyên từ 0 đến {MOST_PLACES}.",
                f"the places of ROUND are not a whole number from 0 to {MOST_PLACES}.",
            )
        return Fraction(rounded(values[0], int(places), known.rounding))
    return Fraction(_GATHER[node.function](values))
