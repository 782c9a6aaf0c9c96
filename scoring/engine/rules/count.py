"""count: so much per item, up to a number of items.

Field: `value`, a whole number, not negative. Points: max x min(1, `fraction_per_item` x min(value, `max_items`)).
Units: `fraction_per_item` is a share 0..1 of max_points; `max_items` is a count, at least 1.
Edge cases: items above `max_items` earn nothing more; the whole never passes max_points.
Source: contract, Rules, `count`; DTI criteria "each quarterly report a quarter of the points".
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from ..jsontypes import Integer, Number
from ..records import json_key
from .base import FieldSpec, Outcome, Rule, Step, register
from .cells import Parameter


@register
@dataclass(frozen=True, kw_only=True)
class Count(Rule):
    kind: ClassVar[str] = "count"
    cell_name: ClassVar[tuple[str, str]] = ("Đếm", "Count of items")
    fraction_per_item: Decimal = json_key(Number("0", "1"))
    max_items: int = json_key(Integer(low=1))

    @property
    def specs(self):
        return (FieldSpec("value", "whole", at_least_zero=True),)

    def work(self, answer, max_points, figures, rounding):
        counted = min(answer["value"], Fraction(self.max_items))
        share = min(Fraction(1), Fraction(self.fraction_per_item) * counted)
        return Outcome(
            share * max_points,
            "capped" if counted < answer["value"] else "",
            (
                Step("counted", f"min(value, {self.max_items})", counted),
                Step("share", f"min(1, {self.fraction_per_item} * counted)", share),
                Step("points", "share * max_points", share * max_points),
            ),
        )

    def cell_parameters(self):
        return (
            Parameter("fraction_per_item", "Mỗi lượt được", "Each item earns", fraction=self.fraction_per_item),
            Parameter("max_items", "Tính nhiều nhất (lượt)", "Items counted at most", self.max_items),
        )

    def cell_formula(self, cells):
        counted = f"MIN({cells.field('value')},{cells.value('max_items')})"
        return f"{cells.maximum}*MIN(1,{cells.fractions('fraction_per_item')}*{counted})"

    def say(self, answer, leaf, outcome, words, figures):
        said = words.declared(answer["value"], *leaf.input_words("value", words.lang))
        items, share = outcome.value("counted"), outcome.value("share")
        most = words.pick(f", tính nhiều nhất {self.max_items}", f", at most {self.max_items} count")
        head = said + (most if outcome.case == "capped" else "")
        maximum, points = words.points(leaf.max_points), words.points(outcome.points)
        if Fraction(self.fraction_per_item) * items > 1:
            return head + words.pick(f", vượt mức tối đa nên được {points}", f", above the maximum, so {points}")
        each = f"{words.number(items)} × {words.number(self.fraction_per_item)} × {maximum}"
        return (
            head + words.pick(f" nên được {each} = {points}", f": {each} = {points}")
            if share
            else (head + words.pick(" nên được 0", ", so 0"))
        )
