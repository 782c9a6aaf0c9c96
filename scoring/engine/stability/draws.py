"""Totals under any choice of causes, chunk by chunk; a draw moves a cause alike whatever else moves."""

from collections.abc import Collection, Iterator

import numpy as np

from .choices import CAUSES, DISPUTED, GAPS, WEIGHTS, Options
from .matrix import LeafMatrix
from .noise import DoubtfulLine, Noise
from .totals import Reckoning
from .variance import Deviations
from .weights import BLOCK, Weights, families_of, refuse_geometric

_CELLS_AT_A_TIME = 2**18  # totals in memory at once: 2 MB an array; twice as many took half as long again


class Draws:
    """`causes` are those that can move anything here."""

    def __init__(self, matrix: LeafMatrix, lines: list[DoubtfulLine], options: Options):
        self.matrix, self.lines, self.options = matrix, lines, options
        refuse_geometric(matrix.criteria_set)
        families = families_of(matrix.criteria_set, options.level) if options.spread else ()
        self.reckoning = Reckoning(matrix, lines, tuple(code for family in families for code in family.codes))
        self.weights = Weights(families, options, self.reckoning.bits)
        moves = {
            WEIGHTS: bool(families),
            DISPUTED: any(len(line.disputed) for line in lines),
            GAPS: any(line.error for line in lines),
        }
        self.causes = tuple(cause for cause in CAUSES if moves[cause] and matrix.units)

    def totals(self, causes: Collection[str]) -> Iterator[np.ndarray]:
        """[draw, unit] in printed units, chunk by chunk."""
        noise = Noise(self.matrix, self.lines, self.options.seed, causes)
        step = self.options.chunk or max(1, min(BLOCK * 40, _CELLS_AT_A_TIME // max(1, len(self.matrix.units))))
        for start in range(0, self.options.draws, step):
            stop = min(self.options.draws, start + step)
            factors = self.weights.factors(start, stop) if WEIGHTS in causes else self._still(stop - start)
            yield self.reckoning.totals(factors, noise.points(start, stop))

    def deviations(self) -> Deviations:
        return Deviations(self.reckoning.totals(self._still(1), ())[0], self.reckoning.largest)

    def _still(self, draws: int) -> np.ndarray:
        return np.full((draws, len(self.weights.codes)), np.float64(2**self.reckoning.bits))
