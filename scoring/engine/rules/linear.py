"""linear: a share between two bounds, plain or logarithmic.

Field: `value`. Points: max x share, share = (f(value) - f(low)) / (f(high) - f(low)) with f the
identity or `ln`; direction -1 takes 1 - share; `clip` (default) holds the share within 0..1.
Units: `low` and `high` in the unit of the value, low < high; with `ln` both above 0.
Edge cases: ln of a value not above 0 is refused, clipped or not; each ln is rounded to 50 significant digits
(half_even) and exact from there on; without `clip` points may be negative or above the maximum.
Source: contract, Rules, `linear`, Arithmetic 1; UNDP Human Development Report, technical note 1.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from ..exact import ln
from ..jsontypes import Choice, Flag, Number
from ..records import json_key
from .base import FieldSpec, Outcome, Problem, Rule, Step, register
from .cells import FLOAT_ERROR, Parameter


@register
@dataclass(frozen=True, kw_only=True)
class Linear(Rule):
    kind: ClassVar[str] = "linear"
    low: Decimal = json_key(Number())
    high: Decimal = json_key(Number())
    clip: bool = json_key(Flag(), True)
    transform: str = json_key(Choice("none", "ln"), "none")
    direction: int = json_key(Choice(1, -1), 1)

    def settled(self, spot):
        if self.low >= self.high:
            (spot / "low").fault("low phải nhỏ hơn high.", "low must be below high.")
        if self.transform == "ln" and self.low <= 0:
            (spot / "low").fault("Với ln, low phải lớn hơn 0.", "With ln, low must be above 0.")
        return self

    @property
    def specs(self):
        return (FieldSpec("value"),)

    def problems(self, answer, leaf, words):
        if self.transform != "ln" or answer["value"] > 0:
            return ()
        vi, en = words["vi"].number(answer["value"]), words["en"].number(answer["value"])
        return (
            Problem(
                "value",
                f"Giá trị {vi} phải lớn hơn 0 vì cách tính dùng lôgarit.",
                f"The value {en} must be above 0 because the rule takes its logarithm.",
            ),
        )

    def scaled(self, value: Fraction) -> Fraction:
        return ln(value) if self.transform == "ln" else value

    def work(self, answer, max_points, figures, rounding):
        low, high = self.scaled(Fraction(self.low)), self.scaled(Fraction(self.high))
        position = (self.scaled(answer["value"]) - low) / (high - low)
        steps = [Step("position", "(f(value) - f(low)) / (f(high) - f(low))", position)]
        share = position if self.direction == 1 else 1 - position
        if self.direction == -1:
            steps.append(Step("directed", "1 - position", share))
        held = min(Fraction(1), max(Fraction(0), share)) if self.clip else share
        if held != share:
            steps.append(Step("clipped", "within 0..1", held))
        points = held * max_points
        return Outcome(
            points, "clipped" if held != share else "", (*steps, Step("points", "share * max_points", points))
        )

    @property
    def cell_name(self):
        mark, clip = ("ln, " if self.transform == "ln" else ""), self.clip
        vi, en = ("thấp là tốt", "lower is better") if self.direction == -1 else ("cao là tốt", "higher is better")
        vi_end, en_end = ("", "") if clip else (", không chặn", ", not clipped")
        return f"Tuyến tính giữa hai mốc ({mark}{vi}{vi_end})", f"Between two bounds ({mark}{en}{en_end})"

    def cell_parameters(self):
        return (
            Parameter("low", "Mức thấp", "Low bound", self.low),
            Parameter("high", "Mức cao", "High bound", self.high),
        )

    def cell_formula(self, cells):
        x, low, high = cells.field("value"), cells.value("low"), cells.value("high")
        if self.transform == "ln":
            x, low, high = f"LN({x})", f"LN({low})", f"LN({high})"
        share = f"({x}-{low})/({high}-{low})" if self.direction == 1 else f"({high}-{x})/({high}-{low})"
        return f"{cells.maximum}*" + (f"MAX(0,MIN(1,{share}))" if self.clip else f"({share})")

    def cell_error(self, answer, outcome, max_points, figures, rounding):
        if outcome.points == 0:
            return Fraction(0)
        low, high, x = (self.scaled(Fraction(number)) for number in (self.low, self.high, answer["value"]))
        # Each of the three is a rounded number; their differences keep that error while they get smaller themselves.
        widest = max(abs(low), abs(high), abs(x)) + (self.transform == "ln")
        return max_points * FLOAT_ERROR * widest / (high - low) * (1 + abs(outcome.points) / max_points)

    def say(self, answer, leaf, outcome, words, figures):
        mark = "ln " if self.transform == "ln" else ""
        value, low, high = (f"{mark}{words.number(x)}" for x in (answer["value"], self.low, self.high))
        said = f"({value} − {low}) ÷ ({high} − {low}) = {words.points(outcome.value('position'))}"
        if self.direction == -1:
            turned = words.points(outcome.value("directed"))
            said += words.pick(
                f"; càng thấp càng tốt nên lấy 1 trừ đi, còn {turned}", f"; lower is better: 1 minus it is {turned}"
            )
        share = outcome.value("directed" if self.direction == -1 else "position")
        if outcome.case == "clipped":
            share = outcome.value("clipped")
            held = words.number(share)
            said += words.pick(f"; giữ trong khoảng từ 0 đến 1 nên tính là {held}", f"; held within 0 to 1: {held}")
        times = f"{words.number(share, 2)} × {words.points(leaf.max_points)} = {words.points(outcome.points)}"
        return said + words.pick(f"; được {times}", f"; {times}")
