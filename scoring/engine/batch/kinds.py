"""The kinds of rules on whole columns. What is not here is worked unit by unit, by the rule itself (`one_by_one`).

Points are whole 10**-places; a line's maximum is one too (the set's reading sees to it). Where a kind has few outcomes
the rule itself gives them, once, and a column only looks them up; ratio, linear, bonus and penalty reckon here again,
and the tests hold them to `work`.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from math import ceil

import numpy as np

from ..exact import rounded, terminating_decimals
from ..model import Leaf, Scoring
from ..rules.base import Answer
from .columns import Known
from .whole import divided, integers, room, scaled

MANY: dict[str, type["Many"]] = {}
# More outcomes than this are not listed but worked one by one.
LONGEST_TABLE = 10_000


class Many:
    """One line for many units. `points` takes the rows of its fields; what is known of the whole rows is in `known`."""

    def __init__(self, leaf: Leaf, scoring: Scoring):
        self.rule, self.mode, self.places = leaf.rule, scoring.rounding, scoring.places
        self.exact_maximum = Fraction(leaf.max_points)
        self.maximum = scaled(leaf.max_points, scoring.places)

    @classmethod
    def serves(cls, rule) -> bool:
        return True

    def points(self, rows: np.ndarray, known: Known) -> np.ndarray:
        """Whole 10**-places for each unit; what stands where a unit declared nothing does not matter."""
        raise NotImplementedError

    def not_applicable(self, rows: np.ndarray, known: Known) -> np.ndarray | None:
        """Positions of units whose answer makes the line not applicable."""
        return None

    def outcomes(self, answers: Sequence[Answer]) -> np.ndarray:
        """The rounded points of each answer, by the rule itself."""
        worked = (self.rule.work(answer, self.exact_maximum, {}, self.mode).points for answer in answers)
        return integers([scaled(rounded(points, self.places, self.mode), self.places) for points in worked])


def many(kind: str) -> Callable:
    def register(cls: type[Many]) -> type[Many]:
        MANY[kind] = cls
        return cls

    return register


def many_of(leaf: Leaf, scoring: Scoring) -> Many | None:
    """The column form of a line's rule, None where there is none."""
    cls = MANY.get(leaf.rule.kind)
    return cls(leaf, scoring) if cls and cls.serves(leaf.rule) else None


@many("boolean")
class Boolean(Many):
    def __init__(self, leaf, scoring):
        super().__init__(leaf, scoring)
        self.no, self.yes = (int(points) for points in self.outcomes([{"value": "no"}, {"value": "yes"}]))

    def points(self, rows, known):
        return rows[0] * (self.yes - self.no) + self.no if self.no else rows[0] * self.yes


@many("level")
class Level(Many):
    def __init__(self, leaf, scoring):
        super().__init__(leaf, scoring)
        options = self.rule.options
        if self.rule.combine == "one":
            self.table = self.outcomes([{"option": option.key} for option in options])
            return
        fractions = [Fraction(option.fraction) for option in options]
        self.places_of_fraction = max(map(terminating_decimals, fractions))
        self.fractions = [scaled(fraction, self.places_of_fraction) for fraction in fractions]

    def points(self, rows, known):
        if self.rule.combine == "one":
            return self.table.take(rows[0])
        whole = 10**self.places_of_fraction
        done = room(rows, 4 * self.maximum * whole)
        share = sum(row * fraction for row, fraction in zip(done, self.fractions, strict=True))
        return divided(share * self.maximum, whole, self.mode, sign=False)


@many("tiers")
class Tiers(Many):
    def __init__(self, leaf, scoring):
        super().__init__(leaf, scoring)
        self.lows = sorted(Fraction(tier.min) for tier in self.rule.tiers)
        self.table = self.outcomes([{"value": low} for low in (self.lows[0] - 1, *self.lows)])
        self.thresholds = lru_cache(self.thresholds_at)

    def thresholds_at(self, decimals: int) -> np.ndarray:
        # A whole number reaches a threshold when it reaches the next whole number from it.
        return integers([ceil(low * 10**decimals) for low in self.lows])

    def points(self, rows, known):
        return self.table.take(self.thresholds(known.decimals[0]).searchsorted(rows[0], side="right"))


@many("count")
class Count(Many):
    def __init__(self, leaf, scoring):
        super().__init__(leaf, scoring)
        self.most = self.rule.max_items
        self.table = self.outcomes([{"value": Fraction(items)} for items in range(self.most + 1)])

    @classmethod
    def serves(cls, rule) -> bool:
        return rule.max_items < LONGEST_TABLE

    def points(self, rows, known):
        items = rows[0] // 10 ** known.decimals[0] if known.decimals[0] else rows[0]
        return self.table.take(np.minimum(items, self.most))


@many("deadline")
class Deadline(Many):
    def __init__(self, leaf, scoring):
        super().__init__(leaf, scoring)
        late = [step.days for step in self.rule.late]
        self.last_days = np.array([0, *late], np.int64)
        days = [0, *late, (late[-1] if late else 0) + 1]
        self.table = self.outcomes([{"date": _after(self.rule.due, day)} for day in days])

    @classmethod
    def serves(cls, rule) -> bool:
        # Close to the end of the calendar the last step has no day after it to be tried on.
        return not rule.late or rule.due.toordinal() + rule.late[-1].days < date.max.toordinal()

    def points(self, rows, known):
        return self.table.take(self.last_days.searchsorted(rows[0] - self.rule.due.toordinal(), side="left"))


def _after(due: date, days: int) -> date:
    return due + timedelta(days)


@many("manual")
@many("carried")
class Given(Many):
    def points(self, rows, known):
        return given_points(rows[0], known.decimals[0], self.places, self.mode)


def given_points(row: np.ndarray, decimals: int, places: int, mode: str) -> np.ndarray:
    """Points as they were given, in whole 10**-places."""
    if decimals <= places:
        return row * 10 ** (places - decimals)
    divisor = 10 ** (decimals - places)
    return divided(room(row, 4 * divisor), divisor, mode, sign=False)


@many("ratio")
class Ratio(Many):
    def __init__(self, leaf, scoring):
        super().__init__(leaf, scoring)
        rule = self.rule
        self.factor, self.divisor = (self.maximum * 100 / rule.divisor).as_integer_ratio()
        self.full, self.low = (
            (Fraction(percent) / 100).as_integer_ratio() for percent in (rule.full_at, rule.zero_below)
        )
        self.largest_term = max(self.factor, self.divisor, *self.full, *self.low)

    def points(self, rows, known):
        (a, b), bound = _aligned(rows, known)
        a, b = room(a, 4 * self.largest_term * bound), room(b, 4 * self.largest_term * bound)
        has_zero = known.has_zero[1]
        if self.rule.between == "none":
            points = np.zeros_like(a)
        else:
            points = divided(
                a * self.factor, (np.maximum(b, 1) if has_zero else b) * self.divisor, self.mode, sign=False
            )
        if self.rule.between == "over_full":
            # Full and above gives the maximum and more before it is cut, and never less by rounding.
            points = np.minimum(points, self.maximum)
        else:
            points = np.where(_at_least(a, b, self.full), self.maximum, points)
        if self.low[0]:
            points = points * _at_least(a, b, self.low)
        if has_zero:
            points = np.where(b == 0, self.maximum if self.rule.b_zero == "full" else 0, points)
        return points

    def not_applicable(self, rows, known):
        has_some = self.rule.b_zero == "na" and known.has_zero[1]
        return np.flatnonzero(rows[1] == 0) if has_some else None


def _at_least(a: np.ndarray, b: np.ndarray, share: tuple[int, int]) -> np.ndarray:
    """a ÷ b ≥ share, without dividing."""
    return a * share[1] >= b * share[0]


def _aligned(rows, known: Known) -> tuple[Sequence[np.ndarray], int]:
    """The rows at the same decimals, and the largest magnitude among them."""
    most = max(known.decimals)
    if min(known.decimals) == most:
        return rows, max(known.bounds)
    raised = [10 ** (most - places) for places in known.decimals]
    bound = max(bound * factor for bound, factor in zip(known.bounds, raised, strict=True))
    return [room(row, bound) * factor for row, factor in zip(rows, raised, strict=True)], bound


@many("linear")
class Linear(Many):
    @classmethod
    def serves(cls, rule) -> bool:
        return rule.transform == "none"

    def points(self, rows, known):
        low, high = Fraction(self.rule.low), Fraction(self.rule.high)
        places = max(known.decimals[0], terminating_decimals(low), terminating_decimals(high))
        low, high, raised = scaled(low, places), scaled(high, places), 10 ** (places - known.decimals[0])
        reach = known.bounds[0] * raised + abs(low) + abs(high)
        position = room(rows[0], 4 * reach * max(1, self.maximum)) * raised
        position = position - low if self.rule.direction == 1 else high - position
        if self.rule.clip:
            position = np.minimum(np.maximum(position, 0), high - low)
        # Unclipped points may be too large for 64 bits: OverflowError.
        return divided(position * self.maximum, high - low, self.mode)


@many("bonus")
@many("penalty")
class Adjustment(Many):
    def __init__(self, leaf, scoring):
        super().__init__(leaf, scoring)
        self.each = Fraction(self.rule.per_item_points) * 10**self.places

    def points(self, rows, known):
        factor, divisor = self.each.numerator, self.each.denominator * 10 ** known.decimals[0]
        numbers = room(rows[0], 4 * (known.bounds[0] * factor + divisor)) * factor
        return np.minimum(divided(numbers, divisor, self.mode, sign=False) if divisor > 1 else numbers, self.maximum)
