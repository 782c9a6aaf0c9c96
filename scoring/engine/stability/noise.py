"""Lines whose points are in doubt: corrected claims and the gap between appraisers.

Disputed: claim + t (appraised - claim), t uniform on 0..1, drawn for every line and unit by itself. Gaps: an appraiser's
error is uniform on ±1.5 gap, because the difference of two such errors is then `gap` on average; the sum is clipped to
0..maximum. Points are rounded to the set's places where its leaves are.

Each line has one counter-based stream (Philox) a cause: draw d begins at a fixed place of it, whatever was read before.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ..lines import MISSING
from ..results import Results
from .choices import DISPUTED, GAPS
from .matrix import LeafMatrix, scaled

STREAMS = {DISPUTED: 2, GAPS: 3}
ERROR_PER_GAP = Fraction(3, 2)


@dataclass(frozen=True)
class DoubtfulLine:
    """Leaf number `leaf`: the columns in doubt, which of them are disputed and from which claim, the appraisers' error."""

    leaf: int
    columns: np.ndarray
    disputed: np.ndarray
    claims: np.ndarray
    error: np.float64


def doubtful_lines(matrix: LeafMatrix, claimed: Results | None, gaps: Mapping[str, Fraction]) -> list[DoubtfulLine]:
    found = []
    for number, leaf in enumerate(matrix.criteria_set.leaves):
        claims = _claims(matrix, number, leaf.code, claimed)
        gap = Fraction(gaps.get(leaf.code, 0))
        everyone = matrix.appraised[number] if gap else np.zeros(len(matrix.units), bool)
        columns = np.flatnonzero(everyone | ~np.isnan(claims))
        disputed = np.flatnonzero(~np.isnan(claims[columns]))
        if len(columns):
            error = scaled(gap * ERROR_PER_GAP, matrix.scale)
            found.append(DoubtfulLine(number, columns, disputed, claims[columns[disputed]], error))
    return found


def _claims(matrix: LeafMatrix, number: int, code: str, claimed: Results | None) -> np.ndarray:
    """Claimed points of the units whose line was corrected, not a number for the others. A line that one side left
    out or that is not applicable on one side has no points to stand between."""
    claims = np.full(len(matrix.units), np.nan)
    for column, unit in enumerate(matrix.units if claimed else ()):
        row = claimed.by_unit.get(unit)
        line = row.lines[code] if row else None
        if line is None or line.exact is None or line.status == MISSING or not matrix.appraised[number, column]:
            continue
        points = scaled(line.exact, matrix.scale)
        if points != matrix.points[number, column]:
            claims[column] = points
    return claims


class Noise:
    """The doubtful lines under the causes that move."""

    def __init__(self, matrix: LeafMatrix, lines: list[DoubtfulLine], seed: int, causes: Collection[str]):
        self.matrix, self.seed, self.causes = matrix, seed, causes
        self.lines = [
            line for line in lines if DISPUTED in causes and len(line.disputed) or GAPS in causes and line.error
        ]

    def points(self, start: int, stop: int) -> Iterator[tuple[DoubtfulLine, np.ndarray]]:
        """(line, points [draw, column of the line]) for the draws start..stop - 1."""
        for line in self.lines:
            own = self.matrix.points[line.leaf, line.columns]
            drawn = np.tile(own, (stop - start, 1))
            if DISPUTED in self.causes and len(line.disputed):
                self._between(line, own[line.disputed], drawn, start, stop)
            if GAPS in self.causes and line.error:
                self._erred(line, own, drawn, start, stop)
            yield line, drawn

    def _between(self, line: DoubtfulLine, appraised, drawn, start: int, stop: int) -> None:
        way = (self._numbers(DISPUTED, line, len(line.disputed), start, stop) * 2 + 1) / 2**33
        drawn[:, line.disputed] = self._settled(line.claims + (appraised - line.claims) * way)

    def _erred(self, line: DoubtfulLine, own, drawn, start: int, stop: int) -> None:
        around = (self._numbers(GAPS, line, len(line.columns), start, stop) * 2 + 1 - 2**32) / 2**32
        drawn += self._settled(around * line.error)
        # A rule that is not clipped may have left 0..maximum by itself; the error does not push it further.
        np.clip(drawn, np.minimum(own, 0), np.maximum(own, self.matrix.maxima[line.leaf]), out=drawn)

    def _settled(self, points: np.ndarray) -> np.ndarray:
        return np.rint(points) if self.matrix.whole else points

    def _numbers(self, cause: str, line: DoubtfulLine, width: int, start: int, stop: int) -> np.ndarray:
        """Uniform whole numbers of 32 bits as float64, [draw, width]. A counter of Philox gives eight of them."""
        counters = -(-width // 8)
        sequence = np.random.SeedSequence(self.seed, spawn_key=(STREAMS[cause], line.leaf))
        key = sequence.generate_state(2, np.uint64)
        words = np.random.Philox(key=key, counter=start * counters).random_raw((stop - start) * counters * 4)
        numbers = words.astype("<u8").view("<u4").reshape(stop - start, counters * 8)
        return numbers[:, :width].astype(np.float64)
