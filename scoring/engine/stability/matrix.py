"""The seam between scoring and drawing: points of every leaf and ranked unit, as arrays.

Everything is in printed units, 10**-places of a point: with `round_at: leaf` all of it is whole numbers, held in
float64 so that a matrix product of them is exact in any order. Whoever has scored otherwise (a batch of arrays) fills
the same fields.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ..aggregate import maxima
from ..faults import Fault, Refused
from ..lines import MISSING
from ..model import CriteriaSet
from ..results import Results, UnitResult

LARGEST_GROUP = 5_000  # the tally of a group holds (units x ranks) numbers: 100 MB


@dataclass(frozen=True)
class LeafMatrix:
    """Units stand in the order of the results: by group, published rank, code; those without a rank are left out.

    `points` and `applicable` are [leaf, unit]; `appraised` marks the cells that somebody declared or appraised (not
    the missing ones); `adjustments` [unit] is bonus minus penalty; `groups` are (first, one past the last) columns.
    """

    criteria_set: CriteriaSet
    units: tuple[str, ...]
    groups: tuple[tuple[int, int], ...]
    points: np.ndarray
    applicable: np.ndarray
    appraised: np.ndarray
    maxima: np.ndarray
    full: Fraction
    adjustments: np.ndarray

    @property
    def scale(self) -> int:
        return 10**self.criteria_set.scoring.places

    @property
    def whole(self) -> bool:
        """Whether every number is whole: points are rounded at the leaf."""
        return self.criteria_set.scoring.round_at == "leaf"


def matrix_of(criteria_set: CriteriaSet, results: Results) -> LeafMatrix:
    rows = [row for row in results.rows if row.rank is not None]
    leaves, scale = criteria_set.leaves, 10**criteria_set.scoring.places
    groups = _groups(rows)
    _check_sizes(groups)
    cells = [[row.lines[leaf.code] for row in rows] for leaf in leaves]
    shape = (len(leaves), len(rows))
    return LeafMatrix(
        criteria_set=criteria_set,
        units=tuple(row.unit for row in rows),
        groups=groups,
        points=scaled([[line.exact or 0 for line in row] for row in cells], scale).reshape(shape),
        applicable=np.array([[not line.dropped for line in row] for row in cells], bool).reshape(shape),
        appraised=np.array(
            [[line.exact is not None and line.status != MISSING for line in row] for row in cells], bool
        ).reshape(shape),
        maxima=scaled([leaf.max_points for leaf in leaves], scale),
        full=maxima(criteria_set)[criteria_set.root.code] * scale,
        adjustments=scaled([row.total_parts.bonus - row.total_parts.penalty for row in rows], scale),
    )


def scaled(numbers, scale: int) -> np.ndarray:
    """Exact numbers (lists of them) in printed units; whole ones below 2**53 stay exact."""
    if isinstance(numbers, list):
        return np.array([scaled(number, scale) for number in numbers], np.float64)
    return np.float64(Fraction(numbers) * scale)


def _groups(rows: list[UnitResult]) -> tuple[tuple[int, int], ...]:
    starts = [at for at, row in enumerate(rows) if at == 0 or rows[at - 1].group != row.group]
    return tuple(zip(starts, [*starts[1:], len(rows)][: len(starts)], strict=True))


def _check_sizes(groups: tuple[tuple[int, int], ...]) -> None:
    if any(stop - start > LARGEST_GROUP for start, stop in groups):
        vi = f"Có khối, cụm quá {LARGEST_GROUP} đơn vị; chưa tính được độ vững thứ hạng."
        en = f"A group has more than {LARGEST_GROUP} units, which a stability study does not hold."
        raise Refused([Fault("/root", en, vi)])
