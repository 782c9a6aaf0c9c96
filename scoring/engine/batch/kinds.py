"""The kinds of rules on whole columns. What is not here is worked unit by unit, by the rule itself (`one_by_one`).

Points are whole 10**-places; a line's maximum is one too (the set's reading sees to it). Where a kind has few outcomes
the rule itself gives them, once, and a column only looks them up; ratio, linear, bonus and penalty reckon here again,
and the tests hold them to `work`.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, gcd

import numpy as np

from ..exact import rounded, terminating_decimals
from ..model import Leaf, Scoring
from ..rules.base import Answer
from .whole import divided, integers, narrowed, room, scaled

MANY: dict[str, type["Many"]] = {}
# More outcomes than this are not listed but worked one by one.
LONGEST_TABLE = 10_000


class Many:
    """One line for many units. `points` takes the rows of its fields, their decimals and largest magnitudes."""

    def __init__(self, leaf: Leaf, scoring: Scoring):
        self.rule, self.mode, self.places = leaf.rule, scoring.rounding, scoring.places
        self.exact_maximum = Fraction(leaf.max_points)
        self.maximum = scaled(leaf.max_points, scoring.places)

    @classmethod
    def serves(cls, rule) -> bool:
        return True

    def points(self, rows: np.ndarray, decimals: Sequence[int], bounds: Sequence[int]) -> np.ndarray:
        """Whole 10**-places for each unit; what stands where a unit declared nothing does not matter."""
        raise NotImplementedError

    def not_applicable(self, rows: np.ndarray) -> np.ndarray | None:
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

    def points(self, rows, decimals, bounds):
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

    def points(self, rows, decimals, bounds):
        if self.rule.combine == "one":
            return self.table.take(rows[0])
        whole = 10**self.places_of_fraction
        done = room(rows, 4 * self.maximum * whole)
        share = sum(row * fraction for row, fraction in zip(done, self.fractions, strict=True))
        return narrowed(divided(share * self.maximum, whole, self.mode))


@many("tiers")
class Tiers(Many):
    def __init__(self, leaf, scoring):
        super().__init__(leaf, scoring)
        self.lows = sorted(Fraction(tier.min) for tier in self.rule.tiers)
        self.table = self.outcomes([{"value": low} for low in (self.lows[0] - 1, *self.lows)])

    def points(self, rows, decimals, bounds):
        # A whole number reaches a threshold when it reaches the next whole number from it.
        lows = integers([ceil(low * 10 ** decimals[0]) for low in self.lows])
        return self.table.take(lows.searchsorted(rows[0], side="right"))


@many("count")
class Count(Many):
    def __init__(self, leaf, scoring):
        super().__init__(leaf, scoring)
        self.most = self.rule.max_items
        self.table = self.outcomes([{"value": Fraction(items)} for items in range(self.most + 1)])

    @classmethod
    def serves(cls, rule) -> bool:
        return rule.max_items < LONGEST_TABLE

    def points(self, rows, decimals, bounds):
        items = rows[0] // 10 ** decimals[0] if decimals[0] else rows[0]
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

    def points(self, rows, decimals, bounds):
        return self.table.take(self.last_days.searchsorted(rows[0] - self.rule.due.toordinal(), side="left"))


def _after(due: date, days: int) -> date:
    return due + timedelta(days)


@many("manual")
@many("carried")
class Given(Many):
    def points(self, rows, decimals, bounds):
        return given_points(rows[0], decimals[0], self.places, self.mode)


def given_points(row: np.ndarray, decimals: int, places: int, mode: str) -> np.ndarray:
    """Points as they were given, in whole 10**-places."""
    if decimals <= places:
        return row * 10 ** (places - decimals)
    divisor = 10 ** (decimals - places)
    return narrowed(divided(room(row, 4 * divisor), divisor, mode))


@many("ratio")
class Ratio(Many):
    def __init__(self, leaf, scoring):
        super().__init__(leaf, scoring)
        self.factor = self.maximum * 100 / self.rule.divisor
        self.full = Fraction(self.rule.full_at) / 100
        self.low = Fraction(self.rule.zero_below) / 100

    def points(self, rows, decimals, bounds):
        (a, b), largest = _aligned(rows, decimals, bounds)
        terms = max(part for value in (self.factor, self.full, self.low) for part in value.as_integer_ratio())
        a, b = room(a, 4 * terms * largest), room(b, 4 * terms * largest)
        if self.rule.between == "none":
            points = np.zeros_like(a)
        else:
            points = divided(a * self.factor.numerator, np.maximum(b, 1) * self.factor.denominator, self.mode)
        if self.rule.between == "over_full":
            # Full and above gives the maximum and more before it is cut, and never less by rounding.
            points = np.minimum(points, self.maximum)
        else:
            points = np.where(_at_least(a, b, self.full), self.maximum, points)
        if self.low:
            points = points * _at_least(a, b, self.low)
        if (b == 0).any():
            points = np.where(b == 0, self.maximum if self.rule.b_zero == "full" else 0, points)
        return narrowed(points)

    def not_applicable(self, rows):
        return np.flatnonzero(rows[1] == 0) if self.rule.b_zero == "na" else None


def _at_least(a: np.ndarray, b: np.ndarray, share: Fraction) -> np.ndarray:
    """a ÷ b ≥ share, without dividing."""
    return a * share.denominator >= b * share.numerator


def _aligned(rows, decimals, bounds) -> tuple[Sequence[np.ndarray], int]:
    """The rows at the same decimals, and the largest magnitude among them."""
    most = max(decimals)
    if min(decimals) == most:
        return rows, max(bounds)
    raised = [10 ** (most - places) for places in decimals]
    largest = max(bound * factor for bound, factor in zip(bounds, raised, strict=True))
    return [room(row, largest) * factor for row, factor in zip(rows, raised, strict=True)], largest


@many("linear")
class Linear(Many):
    @classmethod
    def serves(cls, rule) -> bool:
        return rule.transform == "none"

    def points(self, rows, decimals, bounds):
        low, high = Fraction(self.rule.low), Fraction(self.rule.high)
        places = max(decimals[0], terminating_decimals(low), terminating_decimals(high))
        low, high, raised = scaled(low, places), scaled(high, places), 10 ** (places - decimals[0])
        reach = bounds[0] * raised + abs(low) + abs(high)
        position = room(rows[0], 4 * reach * max(1, self.maximum)) * raised
        position = position - low if self.rule.direction == 1 else high - position
        if self.rule.clip:
            position = np.minimum(np.maximum(position, 0), high - low)
        # Unclipped points may be too large for 64 bits: OverflowError.
        return narrowed(divided(position * self.maximum, high - low, self.mode))


@many("bonus")
@many("penalty")
class Adjustment(Many):
    def points(self, rows, decimals, bounds):
        each = Fraction(self.rule.per_item_points)
        factor, divisor = (
            scaled(each * 10**self.places, terminating_decimals(each)),
            10 ** (terminating_decimals(each) + decimals[0]),
        )
        common = gcd(factor, divisor)
        factor, divisor = factor // common, divisor // common
        numbers = room(rows[0], 4 * (bounds[0] * factor + divisor))
        return narrowed(np.minimum(divided(numbers * factor, divisor, self.mode), self.maximum))
