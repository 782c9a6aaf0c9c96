"""From lines to nodes and totals: sums, the rescaling of what is not applicable, bonus, penalty, floor and cap."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ..exact import terminating_decimals
from ..model import CriteriaSet, Node
from .lines import Holes, Lines
from .whole import LIMIT, divided, integers, largest, room, scaled

VALUED, EMPTY, WITHOUT = range(3)


@dataclass(frozen=True)
class NodeColumn:
    """Raw points of one node in whole 10**-places; `state` says where there are none (None: nowhere)."""

    raw: np.ndarray
    state: np.ndarray | None


@dataclass(frozen=True)
class Totals:
    """`total` ÷ `divisor`, `base` ÷ `divisor`, `bonus` and `penalty`: whole 10**-`places`. `ranked`: has a value."""

    places: int
    base: np.ndarray
    total: np.ndarray
    divisor: np.ndarray
    bonus: np.ndarray
    penalty: np.ndarray
    ranked: np.ndarray


class Adder:
    """The tree of one set over its lines: a node's leaves stand side by side in their order."""

    def __init__(self, criteria_set: CriteriaSet):
        self.criteria_set, scoring = criteria_set, criteria_set.scoring
        self.position = {leaf.code: line for line, leaf in enumerate(criteria_set.lines)}
        self.maxima = [scaled(leaf.max_points, scoring.places) for leaf in criteria_set.leaves]
        self.spans = {node.code: self._span(node) for node in criteria_set.nodes}
        limits = [
            Fraction(limit) for limit in (scoring.max_bonus, scoring.max_penalty, scoring.cap) if limit is not None
        ]
        self.places = max(scoring.places, *map(terminating_decimals, limits)) if limits else scoring.places

        raised = 10 ** (self.places - scoring.places)
        self.largest_sum = sum(scaled(leaf.max_points, scoring.places) for leaf in criteria_set.lines) * raised
        self._most = LIMIT // (len(criteria_set.lines) * raised)
        self._unbounded = [
            self.position[leaf.code] for leaf in criteria_set.lines if not getattr(leaf.rule, "clip", True)
        ]

    def require_room(self, points: np.ndarray, span: slice) -> None:
        """OverflowError where lines that may pass their maximum are so large that a sum could outgrow 64 bits."""
        if any(largest(points[line, span]) > self._most for line in self._unbounded):
            raise OverflowError

    def _span(self, node: Node) -> tuple[int, int]:
        lines = [self.position[item.code] for item in node.walk() if not isinstance(item, Node)]
        return min(lines), max(lines) + 1

    def nodes(self, holes: Holes, sums: dict[str, np.ndarray]) -> dict[str, NodeColumn]:
        """`sums` are the nodes' points as `add` made them."""
        return {code: NodeColumn(row, self._state(holes, len(row), *self.spans[code])) for code, row in sums.items()}

    def add(self, points: np.ndarray, sums: dict[str, np.ndarray], span: slice) -> None:
        """The sums of every node over a span of units, children before their parents."""
        for node in reversed(self.criteria_set.nodes):
            inner = [child for child in node.children if isinstance(child, Node)]
            if not inner:
                first, last = self.spans[node.code]
                np.add.reduce(points[first:last, span], axis=0, out=sums[node.code][span])
                continue
            total = sums[inner[0].code][span].copy()
            for child in node.children:
                if child is not inner[0]:
                    total += (
                        sums[child.code][span] if isinstance(child, Node) else points[self.position[child.code], span]
                    )
            sums[node.code][span] = total

    def _state(self, holes: Holes, units: int, first: int, last: int) -> np.ndarray | None:
        """Not applicable is a node all of whose lines are; without a value one that has a line without."""
        state, dropped, without = None, holes.dropped, holes.without
        # A unit without any applicable line in the node lacks as many cells as the node has lines.
        if dropped.unit.size and holes.most_dropped >= last - first:
            inside = (dropped.line >= first) & (dropped.line < last)
            gone = np.bincount(dropped.unit[inside], minlength=units) == last - first
            state = np.where(gone, EMPTY, VALUED) if gone.any() else None
        if without.unit.size:
            inside = (without.line >= first) & (without.line < last)
            state = np.zeros(units, np.int64) if state is None else state
            state[without.unit[inside]] = WITHOUT
        return state

    def totals(self, lines: Lines, holes: Holes, root: NodeColumn) -> Totals:
        scoring = self.criteria_set.scoring
        raised = 10 ** (self.places - scoring.places)
        bonus, penalty = (
            self._adjustment(lines, kind, limit, raised)
            for kind, limit in (("bonus", scoring.max_bonus), ("penalty", scoring.max_penalty))
        )
        full, lost = sum(self.maxima), self._lost(holes, len(root.raw))
        ranked = np.ones(len(root.raw), bool) if root.state is None else root.state == VALUED
        cap = None if scoring.cap is None else scaled(scoring.cap, self.places)
        reach = (largest(root.raw) + full) * raised + largest(bonus) + largest(penalty) + (cap or 0)
        if lost is None:
            divisor = np.ones_like(root.raw)
            base = room(root.raw, reach) * raised
        else:
            divisor = room(np.where(ranked, full - lost, 1), 4 * reach * full)
            base = room(root.raw, 4 * reach * full) * (raised * full)
        total = base
        if self.criteria_set.adjustments:
            total = np.maximum(0, base + (bonus - penalty) * divisor)
        if cap is not None:
            total = np.minimum(total, cap * divisor)
        return Totals(self.places, base, total, divisor, bonus, penalty, ranked)

    def _adjustment(self, lines: Lines, kind: str, limit, raised: int) -> np.ndarray:
        rows = [self.position[leaf.code] for leaf in self.criteria_set.adjustments if leaf.rule.kind == kind]
        summed = lines.points[rows].sum(axis=0) * raised if rows else np.zeros(lines.points.shape[1], np.int64)
        return summed if limit is None else np.minimum(summed, scaled(limit, self.places))

    def _lost(self, holes: Holes, units: int) -> np.ndarray | None:
        """What leaves the applicable maximum of each unit; None where nothing does."""
        if not holes.dropped.unit.size:
            return None
        lost = np.zeros(units, np.int64)
        np.add.at(lost, holes.dropped.unit, integers(self.maxima)[holes.dropped.line])
        return lost


def printed(numbers: np.ndarray, divisor, places: int, totals: Totals, mode: str) -> np.ndarray:
    """Numbers ÷ divisor in whole 10**-`totals.places`, rounded to whole 10**-`places`."""
    return divided(numbers, divisor * 10 ** (totals.places - places), mode)
