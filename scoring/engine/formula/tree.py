"""The typed tree of a formula. A number and a condition never stand for each other."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

Place = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Node:
    """`place` is (line, character) of the token that the node is known by; equal trees may differ in it."""

    place: Place = field(compare=False)

    is_condition = False

    @property
    def parts(self) -> "tuple[Node, ...]":
        return ()


@dataclass(frozen=True)
class Number(Node):
    value: Fraction


@dataclass(frozen=True)
class Input(Node):
    """One of the criterion's own inputs."""

    name: str


@dataclass(frozen=True)
class Points(Node):
    """The points of another leaf of the tree, after leaf rounding."""

    code: str


@dataclass(frozen=True)
class Negative(Node):
    operand: Node

    @property
    def parts(self):
        return (self.operand,)


@dataclass(frozen=True)
class Step:
    """One operator of a chain with its right side; `place` is the operator's."""

    sign: str
    operand: Node
    place: Place = field(compare=False)


@dataclass(frozen=True)
class Arithmetic(Node):
    """`first`, then step by step from left to right; + and - make one chain, * and / another."""

    first: Node
    rest: tuple[Step, ...]

    @property
    def parts(self):
        return (self.first, *(step.operand for step in self.rest))


@dataclass(frozen=True)
class Call(Node):
    """MIN, MAX, SUM, ABS or ROUND."""

    function: str
    arguments: tuple[Node, ...]

    @property
    def parts(self):
        return self.arguments


@dataclass(frozen=True)
class If(Node):
    """Only the branch that is taken is worked out."""

    condition: Node
    then: Node
    otherwise: Node

    @property
    def parts(self):
        return (self.condition, self.then, self.otherwise)


@dataclass(frozen=True)
class Comparison(Node):
    operator: str
    left: Node
    right: Node

    is_condition = True

    @property
    def parts(self):
        return (self.left, self.right)


@dataclass(frozen=True)
class Logic(Node):
    """AND or OR over conditions, from left to right, until one decides."""

    word: str
    conditions: tuple[Node, ...]

    is_condition = True

    @property
    def parts(self):
        return self.conditions


@dataclass(frozen=True)
class Not(Node):
    condition: Node

    is_condition = True

    @property
    def parts(self):
        return (self.condition,)


def walk(root: Node) -> Iterator[Node]:
    """Every node, from the left."""
    yield root
    for part in root.parts:
        yield from walk(part)


def inputs_of(root: Node) -> frozenset[str]:
    return frozenset(node.name for node in walk(root) if isinstance(node, Input))


def points_of(root: Node) -> frozenset[str]:
    """The codes of the leaves whose points the formula takes."""
    return frozenset(node.code for node in walk(root) if isinstance(node, Points))
