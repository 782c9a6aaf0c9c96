"""Totals of trees that hold means, or whose leaves are not rounded: the engine's aggregation, node by node, on arrays.

Only single operations on every element, in the order of the tree: each is correctly rounded, so the same numbers come
out however many draws stand in the array. The caller snaps what rounding leaves beside the true number.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from ..aggregate import maxima
from ..model import Leaf, Node
from .matrix import LeafMatrix, scaled
from .noise import DoubtfulLine


@dataclass(frozen=True)
class Passed:
    """What a child passes on, [draw, unit] or broadcastable; where it is not applicable both numbers mean nothing."""

    value: np.ndarray
    maximum: np.ndarray
    applicable: np.ndarray


def walked(
    matrix: LeafMatrix,
    column: Mapping[str, int],
    factors: np.ndarray,
    doubts: Iterable[tuple[DoubtfulLine, np.ndarray]],
) -> np.ndarray:
    """The root's value. `factors` [draw, code] are 1 where nothing moves."""
    walk = _Walk(matrix, column, factors)
    for line, points in doubts:
        drawn = np.tile(matrix.points[line.leaf], (len(factors), 1))
        drawn[:, line.columns] = points
        walk.drawn[line.leaf] = drawn
    root = walk.visit(matrix.criteria_set.root, under_sum=False)
    return np.broadcast_to(root.value, (len(factors), len(matrix.units)))


class _Walk:
    def __init__(self, matrix: LeafMatrix, column: Mapping[str, int], factors: np.ndarray):
        self.matrix, self.column, self.factors = matrix, column, factors
        self.leaf = {leaf.code: number for number, leaf in enumerate(matrix.criteria_set.leaves)}
        self.full = maxima(matrix.criteria_set)
        self.drawn: dict[int, np.ndarray] = {}

    def visit(self, item: Node | Leaf, under_sum: bool) -> Passed:
        if isinstance(item, Leaf):
            number = self.leaf[item.code]
            points = self.drawn.get(number, self.matrix.points[number])
            return Passed(points, self.matrix.maxima[number], self.matrix.applicable[number])
        is_sum = item.aggregate == "sum"
        seen = [(child, self.visit(child, is_sum)) for child in item.children]
        value, maximum, applicable = self._summed(seen) if is_sum else self._averaged(item, seen)
        if is_sum and not under_sum:
            full = scaled(self.full[item.code], self.matrix.scale)
            value, maximum = value / np.where(applicable, maximum, 1) * full, full
        return Passed(value, maximum, applicable)

    def _summed(self, seen: list[tuple[Node | Leaf, Passed]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        value = maximum = applicable = np.float64(0)
        for child, passed in seen:
            factor = self._factor(child) * passed.applicable
            value = value + factor * passed.value
            maximum = maximum + factor * passed.maximum
            applicable = np.logical_or(applicable, passed.applicable)
        return value, maximum, applicable

    def _averaged(self, node: Node, seen: list[tuple[Node | Leaf, Passed]]):
        value = maximum = weights = applicable = np.float64(0)
        for child, passed in seen:
            own = np.float64(child.weight if node.aggregate == "weighted_mean" else 1)
            weight = self._factor(child) * own * passed.applicable
            value = value + weight * passed.value
            maximum = maximum + weight * passed.maximum
            weights = weights + weight
            applicable = np.logical_or(applicable, passed.applicable)
        weights = np.where(applicable, weights, 1)
        return value / weights, maximum / weights, applicable

    def _factor(self, child: Node | Leaf) -> np.ndarray:
        number = self.column.get(child.code)
        return np.ones((len(self.factors), 1)) if number is None else self.factors[:, number, None]
