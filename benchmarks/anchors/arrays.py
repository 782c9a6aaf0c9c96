"""The set of `benchmarks.province` scored and ranked in numpy, whole hundredths throughout: the prototype to be held to."""

import numpy as np

from benchmarks.province import MAX_ADJUSTMENT, PILLARS, Province

# Units at a time: a row of one line stays in the second-level cache.
SPAN = 8192


class Arrays:
    """The declared values as columns, made once: the anchor is timed on the reckoning alone."""

    def __init__(self, province: Province):
        self.lines, self.units = province.lines, province.units
        self.value, self.below, self.counts, self.group = (
            province.value, province.below, province.counts, province.group_of
        )  # fmt: skip

    def score(self) -> tuple[np.ndarray, np.ndarray]:
        """(totals in hundredths, ranks in the group), one of each a unit."""
        totals, first, second = (np.empty(self.units, np.int64) for _column in range(3))
        for start in range(0, self.units, SPAN):
            span = slice(start, min(start + SPAN, self.units))
            totals[span], first[span], second[span] = self._score(span)
        return totals, self._ranks(totals, first, second)

    def _score(self, span: slice) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Totals and the first two pillars."""
        units = span.stop - span.start
        earned = np.zeros((len(PILLARS), units), np.int64)
        applicable, full = np.zeros(units, np.int64), 0
        extra = {"bonus": np.zeros(units, np.int64), "penalty": np.zeros(units, np.int64)}
        for index, line in enumerate(self.lines):
            if line.pillar < 0:
                extra[line.kind] += np.minimum(line.maximum, line.per_item * self.value[index, span])
                continue
            counts = self.counts[index, span]
            earned[line.pillar] += self._points(index, span) * counts
            applicable += line.maximum * counts
            full += line.maximum
        adjustment = np.minimum(MAX_ADJUSTMENT, extra["bonus"]) - np.minimum(MAX_ADJUSTMENT, extra["penalty"])
        exact = np.maximum(0, earned.sum(0) * full + adjustment * applicable)
        return (2 * exact + applicable) // (2 * applicable), earned[0], earned[1]

    def _points(self, index: int, span: slice) -> np.ndarray:
        line, value = self.lines[index], self.value[index, span]
        if line.kind == "boolean":
            return value * line.maximum
        if line.kind == "tiers":
            lows, points = (np.array(column) for column in zip(*line.steps, strict=True))
            return points[np.searchsorted(lows, value, side="right") - 1]
        if line.kind == "count":
            share = np.minimum(100, 4 * np.minimum(value, line.max_items))
            return (2 * line.maximum * share + 100) // 200
        below = self.below[index, span]
        points = (200 * line.maximum * value + line.full_at * below) // (2 * line.full_at * below)
        points = np.where(100 * value < line.zero_below * below, 0, points)
        return np.minimum(points, line.maximum)

    def _ranks(self, totals: np.ndarray, first: np.ndarray, second: np.ndarray) -> np.ndarray:
        """1, 2, 2, 4 in each group: by total, then by two pillars, higher first."""
        order = np.lexsort((-second, -first, -totals, self.group))
        keys = np.stack([self.group, totals, first, second])[:, order]
        place = np.arange(self.units)
        new_group = np.append(True, keys[0, 1:] != keys[0, :-1])
        new_key = np.append(True, (keys[:, 1:] != keys[:, :-1]).any(0))
        starts = np.maximum.accumulate(np.where(new_group, place, 0))
        ranks = np.empty(self.units, np.int64)
        ranks[order] = np.maximum.accumulate(np.where(new_key, place, 0)) - starts + 1
        return ranks
