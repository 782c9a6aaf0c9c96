"""relative: a value compared with those of the group.

Field: `value`. The pool is the units of the group that have a value and are neither not applicable nor given their
points by an appraiser. Points: max x share; `method` best: x / largest, or with direction -1 smallest / x (0 / 0 is 1);
min_max: (x - min) / (max - min), direction -1 one minus it, all equal: 1; rank: (n - rank) / (n - 1), competition
rank, n = 1: 1.
Units: any; under `best` not negative. `direction` 1: more is better.
Edge cases: a missing value is outside the pool even where it counts 0; the values of an unranked unit are in it;
the points of one unit alone are not known.
Source: contract, Rules, `relative`; OECD/JRC Handbook on Constructing Composite Indicators, normalisation.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from ..jsontypes import Choice
from ..records import json_key
from .base import FieldSpec, Outcome, Rule, Step, register
from .cells import FLOAT_ERROR


@register
@dataclass(frozen=True, kw_only=True)
class Relative(Rule):
    kind: ClassVar[str] = "relative"
    is_relative: ClassVar[bool] = True
    method: str = json_key(Choice("best", "min_max", "rank"), "best")
    direction: int = json_key(Choice(1, -1), 1)

    @property
    def specs(self):
        return (FieldSpec("value", at_least_zero=self.method == "best"),)

    def figures_for(self, value: Fraction, pool: Sequence[Fraction]) -> dict[str, Fraction]:
        """What the rule must know of the group; `pool` is its values in rising order."""
        if self.method == "best":
            return {"largest": pool[-1]} if self.direction == 1 else {"smallest": pool[0]}
        if self.method == "min_max":
            return {"smallest": pool[0], "largest": pool[-1]}
        better = len(pool) - bisect_right(pool, value) if self.direction == 1 else bisect_left(pool, value)
        return {"units": Fraction(len(pool)), "rank": Fraction(better + 1)}

    def share(self, x: Fraction, figures) -> tuple[str, Fraction]:
        if self.method == "best":
            part, whole = (x, figures["largest"]) if self.direction == 1 else (figures["smallest"], x)
            return (
                "value / largest" if self.direction == 1 else "smallest / value"
            ), part / whole if whole else Fraction(1)
        if self.method == "rank":
            units, rank = figures["units"], figures["rank"]
            return "(units - rank) / (units - 1)", (units - rank) / (units - 1) if units > 1 else Fraction(1)
        span = figures["largest"] - figures["smallest"]
        if span == 0:
            return "all equal: 1", Fraction(1)
        position = (x - figures["smallest"]) / span
        if self.direction == 1:
            return "(value - smallest) / (largest - smallest)", position
        return "1 - (value - smallest) / (largest - smallest)", 1 - position

    def work(self, answer, max_points, figures, rounding):
        expression, share = self.share(answer["value"], figures)
        points = share * max_points
        return Outcome(
            points, self.method, (Step("share", expression, share), Step("points", "share * max_points", points))
        )

    @property
    def cell_name(self):
        methods = {
            "best": ("đơn vị tốt nhất", "the best"),
            "min_max": ("khoảng của khối", "the range"),
            "rank": ("hạng", "rank"),
        }
        vi, en = methods[self.method]
        turned = self.direction == -1
        return (
            f"So trong khối: {vi}{', thấp là tốt' if turned else ''}",
            f"Within the group: {en}{', lower is better' if turned else ''}",
        )

    def cell_formula(self, cells):
        x, pool = cells.field("value"), cells.pool("value")
        most, least, units = f"MAX({pool})", f"MIN({pool})", f"COUNT({pool})"
        if self.method == "best":
            share = f"IF({most}=0,1,{x}/{most})" if self.direction == 1 else f"IF({x}=0,1,{least}/{x})"
        elif self.method == "rank":
            rank = f"RANK({x},{pool},{0 if self.direction == 1 else 1})"
            share = f"IF({units}=1,1,({units}-{rank})/({units}-1))"
        else:
            part = f"{x}-{least}" if self.direction == 1 else f"{most}-{x}"
            share = f"IF({most}={least},1,({part})/({most}-{least}))"
        return f"{cells.maximum}*{share}"

    def cell_error(self, answer, outcome, max_points, figures, rounding):
        usual = super().cell_error(answer, outcome, max_points, figures, rounding)
        if self.method != "min_max" or figures["largest"] == figures["smallest"] or outcome.points == 0:
            return usual
        # The span keeps the rounding of its ends while it is smaller than they are.
        widest = max(abs(figures["largest"]), abs(figures["smallest"]))
        return usual + 2 * max_points * FLOAT_ERROR * widest / (figures["largest"] - figures["smallest"])

    def say(self, answer, leaf, outcome, words, figures):
        x = words.number(answer["value"])
        shown = {name: words.number(value) for name, value in figures.items()}
        least, most = shown.get("smallest", ""), shown.get("largest", "")
        share = words.points(outcome.value("share"))
        times = f"{share} × {words.points(leaf.max_points)} = {words.points(outcome.points)}"
        if self.method == "rank":
            units, rank = shown["units"], shown["rank"]
            said = (
                f"Giá trị {x} đứng thứ {rank} trong {units} đơn vị",
                f"The value {x} is number {rank} of {units} units",
            )
        elif self.method == "best" and self.direction == 1:
            said = (
                f"Giá trị {x} so với mức cao nhất của nhóm ({most})",
                f"The value {x} against the group's largest ({most})",
            )
        elif self.method == "best":
            said = (
                f"Mức thấp nhất của nhóm ({least}) so với giá trị {x}",
                f"The group's smallest ({least}) against the value {x}",
            )
        else:
            turned = words.pick(" (càng thấp càng tốt)", " (lower is better)") if self.direction == -1 else ""
            said = (
                f"Giá trị {x} trong khoảng từ {least} đến {most} của nhóm{turned}",
                f"The value {x} within the group's range {least} to {most}{turned}",
            )
        return words.pick(*said) + words.pick(f", đạt tỷ lệ {share}; được {times}", f": a share of {share}; {times}")
