"""Evaluate columns: spans of units through the lines and sums while they are in the processor's cache, then ranks."""

from collections.abc import Mapping
from fractions import Fraction

import numpy as np

from .. import scoring as readable
from ..faults import Refused
from ..formula import Undefined
from ..model import CriteriaSet
from ..tables import GroupEntry
from .columns import Columns, columns_of
from .lines import Lines, LineWorker, Pools
from .packing import Unpackable
from .scores import Scores
from .standing import dense, grade_places, standings
from .totals import VALUED, Adder, NodeColumn, Totals, printed
from .whole import LIMIT

# Units at a time: their rows of one line stay in the second-level cache.
SPAN = 8192


def is_suited(criteria_set: CriteriaSet) -> bool:
    """Whether every figure of the set is a whole number of 10**-places."""
    scoring = criteria_set.scoring
    return scoring.round_at == "leaf" and all(node.aggregate == "sum" for node in criteria_set.nodes)


def score(
    criteria_set: CriteriaSet,
    values: Mapping[str, Mapping[str, Mapping[str, str]]],
    groups: Mapping[str, GroupEntry] | None = None,
):
    """The results of `scoring.score`: a `Scores` where the set is suited, else the readable `Results`.

    Both have `rows` in the same order with the same figures, and `write_results` writes the same bytes from them.
    Raises `Refused` with the readable evaluator's sentences.
    """
    if is_suited(criteria_set):
        try:
            return Evaluator(criteria_set).evaluate(columns_of(criteria_set, values, groups))
        except (Refused, Undefined, Unpackable, OverflowError):
            # The readable evaluator says what is wrong, or reckons what 64 bits do not hold.
            pass
    return readable.score(criteria_set, values, groups)


class Evaluator:
    """One suited set, prepared once for any number of columns. OverflowError where 64 bits do not hold its sums."""

    def __init__(self, criteria_set: CriteriaSet):
        self.criteria_set = criteria_set
        self.worker, self.adder = LineWorker(criteria_set), Adder(criteria_set)
        if self.adder.largest_sum >= LIMIT:
            raise OverflowError
        self.grades = sorted(criteria_set.grades, key=lambda grade: grade.from_points)

    def evaluate(self, columns: Columns) -> Scores:
        """Raises OverflowError or Undefined for what `score` must take to the readable evaluator."""
        units, pools = len(columns.units), Pools(columns)
        lines = Lines(np.empty((columns.layout.lines, units), np.int64), columns.state.copy())
        sums = {node.code: np.empty(units, np.int64) for node in self.criteria_set.nodes}
        for start in range(0, units, SPAN):
            span = slice(start, min(start + SPAN, units))
            self.worker.work(columns, pools, lines, span)
            self.adder.require_room(lines.points, span)
            self.adder.add(lines.points, sums, span)
        holes = self.worker.holes(columns, lines)
        nodes = self.adder.nodes(holes, sums)
        totals = self.adder.totals(lines, holes, nodes[self.criteria_set.root.code])
        return Scores(columns, lines, holes, nodes, totals, *self._standing(columns, nodes, totals))

    def _standing(self, columns: Columns, nodes: dict[str, NodeColumn], totals: Totals) -> tuple:
        """Printed totals, ranks and ties, and how many grades each unit reaches."""
        scoring = self.criteria_set.scoring
        total = printed(totals.total, totals.divisor, scoring.places, totals, scoring.rounding)
        keys = [self._tie_key(step, columns, nodes) for step in scoring.tie_break]
        if scoring.rank_on == "exact":
            compared = self._exact(totals)
            grade = grade_places(totals.total, totals.divisor, totals.places, self.grades)
        else:
            compared, grade = total, grade_places(total, np.ones_like(total), scoring.places, self.grades)
        stands = standings(columns.group, compared, totals.ranked, keys)
        return total, stands, np.where(totals.ranked, grade, 0)

    def _exact(self, totals: Totals) -> np.ndarray:
        if (totals.divisor == 1).all():
            return totals.total
        return dense([*map(Fraction, totals.total.tolist(), totals.divisor.tolist())])

    def _tie_key(self, step: str, columns: Columns, nodes: dict[str, NodeColumn]) -> np.ndarray:
        if step == "submitted_at":
            return columns.submitted
        node = nodes[step.removeprefix("pillar:")]
        if node.state is None:
            return -node.raw
        return np.where(node.state == VALUED, -node.raw, np.iinfo(np.int64).max)
