"""What an evaluation gives: columns, and rows in words of the readable results made when they are asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

import numpy as np

from ..model import CriteriaSet
from ..ranking import SHARED
from ..results import ResultRow
from .columns import Columns
from .lines import Holes, Lines
from .packing import IS_MISSING, IS_NOT_APPLICABLE, STATUSES
from .standing import ALONE, Standings
from .totals import VALUED, NodeColumn, Totals, printed


@dataclass(frozen=True)
class LinePoints:
    """A line's printed points (None without a value) and status."""

    points: Decimal | None
    status: str


@dataclass(frozen=True)
class Scores:
    """One place a unit, in the order of `columns.units`. `total` in whole 10**-places; `grade` counts from the lowest
    band up, 0 below all. Where `totals.ranked` is false a unit has no total, rank or grade."""

    columns: Columns
    lines: Lines
    holes: Holes
    nodes: Mapping[str, NodeColumn]
    totals: Totals
    total: np.ndarray
    standings: Standings
    grade: np.ndarray

    @property
    def criteria_set(self) -> CriteriaSet:
        return self.columns.criteria_set

    @property
    def rank(self) -> np.ndarray:
        return self.standings.rank

    @property
    def points(self) -> np.ndarray:
        """Lines x units, whole 10**-places; 0 without a value."""
        return self.lines.points

    @property
    def status(self) -> np.ndarray:
        """Lines x units: positions in `packing.STATUSES`."""
        return self.lines.status

    @cached_property
    def rows(self) -> tuple[ResultRow, ...]:
        """By group, rank (unranked last) and unit, by code point."""
        columns = self.columns
        order = sorted(
            range(len(columns.units)),
            key=lambda unit: (columns.group[unit], self.rank[unit] == 0, self.rank[unit], columns.units[unit]),
        )
        maker = _RowMaker(self)
        return tuple(maker.row(unit) for unit in order)

    @cached_property
    def by_unit(self) -> dict[str, ResultRow]:
        return {row.unit: row for row in self.rows}


class _RowMaker:
    """Rows from columns; what is asked for every unit is taken out of numpy once."""

    def __init__(self, scores: Scores):
        self.scores, self.scoring = scores, scores.criteria_set.scoring
        totals, places, mode = scores.totals, self.scoring.places, self.scoring.rounding
        self.bonus, self.penalty = (
            printed(numbers, 1, places, totals, mode).tolist() for numbers in (totals.bonus, totals.penalty)
        )
        self.points, self.status = scores.points.T.tolist(), scores.status.T.tolist()
        self.grades = [
            "",
            *(grade.code for grade in sorted(scores.criteria_set.grades, key=lambda one: one.from_points)),
        ]
        without = np.zeros(scores.points.shape, bool)
        for cells in (scores.holes.dropped, scores.holes.without):
            without[cells.line, cells.unit] = True
        self.without = without.T.tolist()

    def row(self, unit: int) -> ResultRow:
        scores, totals = self.scores, self.scores.totals
        is_ranked, divisor = bool(totals.ranked[unit]), int(totals.divisor[unit]) * 10**totals.places
        return ResultRow(
            unit=scores.columns.units[unit],
            group=scores.columns.groups[scores.columns.group[unit]],
            base_exact=Fraction(int(totals.base[unit]), divisor) if is_ranked else None,
            total_exact=Fraction(int(totals.total[unit]), divisor) if is_ranked else None,
            total=self._decimal(scores.total[unit]) if is_ranked else None,
            rank=int(scores.rank[unit]) if is_ranked else None,
            grade=self.grades[scores.grade[unit]],
            tie_break=self._tie(int(scores.standings.tie[unit])),
            missing=self._listed(unit, IS_MISSING),
            na=self._listed(unit, IS_NOT_APPLICABLE),
            bonus=self._decimal(self.bonus[unit]),
            penalty=self._decimal(self.penalty[unit]),
            nodes={code: self._node(column, unit) for code, column in scores.nodes.items()},
            lines=self._lines(unit),
        )

    def _decimal(self, units) -> Decimal:
        return Decimal(f"{units}E-{self.scoring.places}")

    def _tie(self, step: int) -> str:
        if step == ALONE:
            return ""
        return (*self.scoring.tie_break, SHARED)[step]

    def _listed(self, unit: int, status: int) -> tuple[str, ...]:
        leaves = self.scores.criteria_set.leaves
        return tuple(leaf.code for leaf, found in zip(leaves, self.status[unit], strict=False) if found == status)

    def _node(self, column: NodeColumn, unit: int) -> Decimal | None:
        has_value = column.state is None or column.state[unit] == VALUED
        return self._decimal(column.raw[unit]) if has_value else None

    def _lines(self, unit: int) -> dict[str, LinePoints]:
        found = zip(
            self.scores.criteria_set.lines, self.points[unit], self.status[unit], self.without[unit], strict=True
        )
        return {
            leaf.code: LinePoints(None if gone else self._decimal(points), STATUSES[status])
            for leaf, points, status, gone in found
        }
