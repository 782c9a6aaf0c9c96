"""boolean: done or not done.

Fields: `value` yes / no. Points: max x `yes` (default 1) or max x `no` (default 0).
Units: both are shares 0..1 of max_points.
Edge cases: `no` may earn a share; not declared is missing, never "no".
Source: contract, Rules, `boolean`; DTI criteria of the kind "has / has not".
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from ..jsontypes import Number
from ..records import json_key
from .base import FieldSpec, Rule, register, said_share, share_of_max
from .cells import Parameter


@register
@dataclass(frozen=True, kw_only=True)
class Boolean(Rule):
    kind: ClassVar[str] = "boolean"
    cell_name: ClassVar[tuple[str, str]] = ("Có/không", "Yes / no")
    yes: Decimal = json_key(Number("0", "1"), Decimal(1))
    no: Decimal = json_key(Number("0", "1"), Decimal(0))

    @property
    def specs(self):
        return (FieldSpec("value", "yes_no"),)

    def fraction(self, answer):
        return self.yes if answer["value"] == "yes" else self.no

    def work(self, answer, max_points, figures, rounding):
        return share_of_max(self.fraction(answer), max_points, answer["value"])

    def cell_parameters(self):
        return (
            Parameter("yes", "Có", "Yes", fraction=self.yes),
            Parameter("no", "Không", "No", fraction=self.no),
        )

    def cell_formula(self, cells):
        declared, yes, no = cells.field("value"), cells.fractions("yes"), cells.fractions("no")
        return f"{cells.maximum}*IF({declared}={cells.yes},{yes},IF({declared}={cells.no},{no},NA()))"

    def say(self, answer, leaf, outcome, words, figures):
        said = words.pick("Có", "Yes") if answer["value"] == "yes" else words.pick("Không", "No")
        share = said_share(self.fraction(answer), leaf, words)
        return words.pick(f"Kê khai “{said}” nên được {share}", f"“{said}” was declared, which gives {share}")
