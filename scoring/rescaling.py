"""A total that was rescaled because something does not apply: raw, applicable, adjusted (design.md 5), for one sentence."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scoring import engine
from scoring.engine.exact import rounded


@dataclass(frozen=True)
class Rescaled:
    """`raw` points of the `part` that applies, counted as `adjusted` of `whole`; `codes` are the lines left out."""

    raw: Decimal
    part: Fraction
    whole: Fraction
    adjusted: Decimal
    codes: tuple[str, ...]


def rescaled_total(result: engine.UnitResult) -> Rescaled | None:
    """The tree's own points before and after, without bonus and penalty; None where nothing was rescaled or is known."""
    if not result.is_rescaled or result.raw is None or result.base_exact is None:
        return None
    scoring = result.criteria_set.scoring
    adjusted = rounded(result.base_exact, scoring.places, scoring.rounding)
    return Rescaled(result.raw, result.applicable_max, result.maximum, adjusted, result.na)
