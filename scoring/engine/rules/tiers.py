"""tiers: steps by thresholds.

Field: `value`, any decimal. Points: max x the fraction of the highest `min` that is <= value; below all: 0.
Units: `min` in the unit of the value, fractions are shares 0..1.
Edge cases: a value equal to a `min` is on that step; the tiers may stand in any order, no `min` twice;
fractions need not rise with `min`.
Source: contract, Rules, `tiers`; DTI criteria "4 / 3 / 2 / 1 meetings a year".
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from ..containers import ListOf
from ..jsontypes import Number
from ..records import Record, json_key
from .base import FieldSpec, Outcome, Rule, Step, register, said_share, share_of_max
from .cells import Parameter, steps


@dataclass(frozen=True, kw_only=True)
class Tier:
    min: Decimal = json_key(Number())
    fraction: Decimal = json_key(Number("0", "1"))


@register
@dataclass(frozen=True, kw_only=True)
class Tiers(Rule):
    kind: ClassVar[str] = "tiers"
    cell_name: ClassVar[tuple[str, str]] = ("Bậc", "Steps")
    tiers: tuple[Tier, ...] = json_key(ListOf(Record(Tier), at_least=1))

    def settled(self, spot):
        bounds = [tier.min for tier in self.tiers]
        for position, bound in enumerate(bounds):
            if bound in bounds[:position]:
                (spot / "tiers" / position / "min").fault(
                    f"Mốc {bound} đứng hai lần; mỗi bậc cần mốc riêng.",
                    f"The threshold {bound} stands twice; each tier needs its own.",
                )
        return self

    @property
    def specs(self):
        return (FieldSpec("value"),)

    def reached(self, answer) -> Tier | None:
        below = [tier for tier in self.tiers if tier.min <= answer["value"]]
        return max(below, key=lambda tier: tier.min, default=None)

    def work(self, answer, max_points, figures, rounding):
        tier = self.reached(answer)
        if tier is None:
            return Outcome(Fraction(0), "below", (Step("points", "0", Fraction(0)),))
        return share_of_max(tier.fraction, max_points, f"from {tier.min}")

    def cell_parameters(self):
        rows = sorted((tier.min, tier.fraction) for tier in self.tiers)
        below = Parameter("below", "Dưới mốc thấp nhất", "Below the lowest step", fraction=0)
        return (below, *steps("tiers", "Từ", "From", rows))

    def cell_formula(self, cells):
        reached = f"SUMPRODUCT(--({cells.values('tiers')}<={cells.field('value')}))"
        return f"{cells.maximum}*INDEX({cells.fractions('below', 'tiers')},1+{reached})"

    def say(self, answer, leaf, outcome, words, figures):
        counted = words.declared(answer["value"], *leaf.input_words("value", words.lang))
        tier = self.reached(answer)
        if tier is None:
            lowest = words.number(min(tier.min for tier in self.tiers))
            return words.pick(
                f"{counted}, dưới mốc thấp nhất ({lowest}) nên được 0",
                f"{counted}, below the lowest step ({lowest}), so 0",
            )
        bound, share = words.number(tier.min), said_share(tier.fraction, leaf, words)
        return words.pick(
            f"{counted}, đạt mốc từ {bound} trở lên nên được {share}", f"{counted}, from {bound} up: {share}"
        )
