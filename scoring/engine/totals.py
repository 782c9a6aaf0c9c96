"""From the root's value to the total: bonus and penalty with their limits, the floor of 0, the cap."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .lines import Line
from .model import CriteriaSet


@dataclass(frozen=True)
class Total:
    """`bonus` and `penalty` are sums after `max_bonus` and `max_penalty`, `*_sum` before; exact, unrounded."""

    base: Fraction | None
    bonus_sum: Fraction
    bonus: Fraction
    penalty_sum: Fraction
    penalty: Fraction
    before_limits: Fraction | None
    exact: Fraction | None


def total_of(criteria_set: CriteriaSet, lines: Mapping[str, Line], base: Fraction | None) -> Total:
    """min(cap, max(0, base + bonus - penalty)); a set without adjustments takes base as it is, then the cap."""
    scoring = criteria_set.scoring

    def summed(kind: str) -> Fraction:
        found = (lines[leaf.code].exact for leaf in criteria_set.adjustments if leaf.rule.kind == kind)
        return sum(found, Fraction(0))

    bonus_sum, penalty_sum = summed("bonus"), summed("penalty")
    bonus, penalty = _at_most(bonus_sum, scoring.max_bonus), _at_most(penalty_sum, scoring.max_penalty)
    before_limits = exact = None
    if base is not None:
        before_limits = exact = base + bonus - penalty
        if criteria_set.adjustments:
            exact = max(Fraction(0), exact)
        exact = _at_most(exact, scoring.cap)
    return Total(base, bonus_sum, bonus, penalty_sum, penalty, before_limits, exact)


def _at_most(value: Fraction, limit: Decimal | None) -> Fraction:
    return value if limit is None else min(value, Fraction(limit))
