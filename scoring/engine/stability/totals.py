"""Totals of many draws at once, [draw, unit], in printed units.

A tree of sums whose leaves are rounded is reckoned exactly: points x factors and maxima x factors are whole numbers,
their sums stay below 2**53, so that a matrix product gives the same numbers in whatever order it adds, and one division
a total is rounded correctly. Every other tree is walked node by node (`walking`).
"""

from collections.abc import Iterable
from fractions import Fraction

import numpy as np

from ..faults import Fault, Refused
from .matrix import LeafMatrix, scaled
from .noise import DoubtfulLine
from .rounding import snapped
from .walking import walked

MOST_BITS, LEAST_BITS = 20, 12
LARGEST_TOTAL = 2**29  # printed units; above, a total and its unit's number do not fit one 64-bit key


class Reckoning:
    """`bits` says how finely factors are drawn, `exact` which way is taken."""

    def __init__(self, matrix: LeafMatrix, lines: list[DoubtfulLine], codes: tuple[str, ...]):
        self.matrix = matrix
        scoring, sums = matrix.criteria_set.scoring, {node.aggregate for node in matrix.criteria_set.nodes} == {"sum"}
        reach = _reach(matrix, lines)
        self.largest = _largest(matrix, reach)
        bits = _bits(matrix, reach)
        self.exact = sums and matrix.whole and bits >= LEAST_BITS
        self.bits = min(bits, MOST_BITS) if self.exact else MOST_BITS
        self.column = {code: number for number, code in enumerate(codes)}
        self._factor_of_leaf = _factor_of_leaf(matrix.criteria_set.root, self.column)
        self._points = matrix.points * matrix.applicable
        # One column stands for all units where nothing is not applicable.
        self._maxima = matrix.maxima[:, None] * (matrix.applicable if not matrix.applicable.all() else np.ones((1, 1)))
        self._cap = None if scoring.cap is None else scaled(scoring.cap, matrix.scale)

    def totals(self, factors: np.ndarray, doubts: Iterable[tuple[DoubtfulLine, np.ndarray]]) -> np.ndarray:
        """`factors` [draw, code] as `Weights` draws them."""
        if self.exact:
            totals = self._summed(factors, doubts)
        else:
            base = walked(self.matrix, self.column, factors / 2**self.bits, doubts)
            totals = snapped(base + self.matrix.adjustments)
        if self.matrix.criteria_set.adjustments:
            np.maximum(totals, 0, out=totals)
        return totals if self._cap is None else np.minimum(totals, self._cap, out=totals)

    def _summed(self, factors: np.ndarray, doubts) -> np.ndarray:
        matrix = self.matrix
        still = np.full((len(factors), 1), np.float64(2**self.bits))
        by_leaf = np.hstack([still, factors])[:, self._factor_of_leaf]
        earned, possible = by_leaf @ self._points, by_leaf @ self._maxima
        for line, points in doubts:
            change = points - matrix.points[line.leaf, line.columns]
            earned[:, line.columns] += change * by_leaf[:, line.leaf, None]
        earned *= np.float64(matrix.full)
        if matrix.adjustments.any():
            earned += matrix.adjustments * possible
        earned /= possible
        return earned


def _factor_of_leaf(root, column) -> list[int]:
    """For each leaf the number of its factor plus one: its own or that of a node above; 0 where it has none."""
    found = []

    def visit(item, inherited: int) -> None:
        own = column[item.code] + 1 if item.code in column else inherited
        for child in getattr(item, "children", ()):
            visit(child, own)
        if not hasattr(item, "children"):
            found.append(own)

    visit(root, 0)
    return found


def _reach(matrix: LeafMatrix, lines: list[DoubtfulLine]) -> Fraction:
    """By how much the largest points exceed the maximum of their leaf, 1 if they do not (rules may be unclipped)."""
    shares = np.abs(matrix.points) / matrix.maxima[:, None]
    claims = [np.abs(line.claims).max() / matrix.maxima[line.leaf] for line in lines if len(line.claims)]
    return Fraction(max([1, *claims, shares.max(initial=1)]))


def _bits(matrix: LeafMatrix, reach: Fraction) -> int:
    """The finest factors whose products stay so far below 2**53 that a rounded quotient is on the right side of a half."""
    adjusted = Fraction(np.abs(matrix.adjustments).max(initial=0))
    largest = 8 * matrix.full * (matrix.full * reach + adjusted)
    return int(2**53 / largest).bit_length() - 2


def _largest(matrix: LeafMatrix, reach: Fraction) -> Fraction:
    """What no total exceeds, whatever the weights: a mean is not above its largest child, so not above their sum."""
    largest = Fraction(matrix.maxima.sum()) * reach + Fraction(np.abs(matrix.adjustments).max(initial=0))
    if largest > LARGEST_TOTAL:
        vi = "Điểm tối đa với số chữ số thập phân của bộ tiêu chí quá lớn để tính độ vững thứ hạng."
        en = "The set's maxima with their decimals are too large for a stability study."
        raise Refused([Fault("/scoring/places", en, vi)])
    return largest
