"""bonus: points added beside the tree, so much per item.

Field: `value`, not negative (default 0). Points: min(max_points, `per_item_points` x value).
Units: points per item, absolute, not a share.
Edge cases: no value is 0, never missing, never not applicable;
the set's `max_bonus` limits the sum of all bonuses afterwards.
Source: contract, Rules, `bonus`, Arithmetic 6.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from ..jsontypes import Number
from ..records import json_key
from .base import FieldSpec, Outcome, Rule, Step, register
from .cells import Parameter


@dataclass(frozen=True, kw_only=True)
class Adjustment(Rule):
    """What bonus and penalty share: both are reckoned alike, the total adds the one and takes away the other."""

    is_adjustment: ClassVar[bool] = True
    na_allowed: ClassVar[bool] = False
    per_item_points: Decimal = json_key(Number("0"))

    @property
    def specs(self):
        return (FieldSpec("value", at_least_zero=True),)

    def work(self, answer, max_points, figures, rounding):
        value = answer.get("value", Fraction(0))
        reckoned = Fraction(self.per_item_points) * value
        points = min(max_points, reckoned)
        return Outcome(
            points,
            "capped" if points < reckoned else "",
            (
                Step("reckoned", f"{self.per_item_points} * value", reckoned),
                Step("points", "min(max_points, reckoned)", points),
            ),
        )

    def cell_parameters(self):
        return (Parameter("per_item_points", "Điểm cho mỗi lượt", "Points per item", self.per_item_points),)

    def cell_formula(self, cells):
        return f"MIN({cells.maximum},{cells.value('per_item_points')}*{cells.field('value')})"

    def said(self, answer, leaf, outcome, words) -> str:
        """The reckoning, such as “3 sáng kiến × 1,00 = 3,00, tính nhiều nhất 1,50”."""
        counted = words.counted(answer["value"], *leaf.input_words("value", words.lang))
        reckoned = f"{counted} × {words.points(self.per_item_points)} = {words.points(outcome.value('reckoned'))}"
        if outcome.case != "capped":
            return reckoned
        most = words.points(leaf.max_points)
        return reckoned + words.pick(f", tính nhiều nhất {most}", f", at most {most}")


@register
@dataclass(frozen=True, kw_only=True)
class Bonus(Adjustment):
    kind: ClassVar[str] = "bonus"
    cell_name: ClassVar[tuple[str, str]] = ("Điểm thưởng theo lượt", "Bonus per item")

    def say(self, answer, leaf, outcome, words, figures):
        if "value" not in answer:
            return words.pick("Không kê khai nên không được cộng: 0", "Nothing declared, so nothing is added: 0")
        said, points = self.said(answer, leaf, outcome, words), words.points(outcome.points)
        return words.pick(f"{said}; được cộng {points}", f"{said}; adds {points}")
