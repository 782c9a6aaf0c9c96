"""ratio: a out of b, compared with a percentage that earns full points.

Fields: `a`, `b`, not negative. Points: with p = a / b x 100, p >= `full_at`: max. p < `zero_below`: 0. In between
(`between`): `over_full` max x p / full_at, `over_100` max x p / 100, `none` 0.
Units: `full_at` and `zero_below` are percents 0..100.
Edge cases: a > b is refused, never cut. b = 0 wants a = 0 (else a > b) and gives, after `b_zero`, not applicable,
0 or max; `b_zero: na` needs `na_allowed`. p = zero_below is in between, p = full_at is full.
Source: contract, Rules, `ratio`; DTI criteria "from 80 % full points, below 40 % none, in between a/b x max".
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from ..jsontypes import Choice, Number
from ..records import json_key
from ..titles import title_in
from ..wording import as_count_title, in_sentence
from .base import FieldSpec, Outcome, Problem, Rule, Step, register
from .cells import Parameter, is_too_close


@register
@dataclass(frozen=True, kw_only=True)
class Ratio(Rule):
    kind: ClassVar[str] = "ratio"
    full_at: Decimal = json_key(Number(above="0", high="100"))
    zero_below: Decimal = json_key(Number("0", "100"))
    between: str = json_key(Choice("over_full", "over_100", "none"))
    b_zero: str = json_key(Choice("na", "zero", "full"))

    def settled(self, spot):
        if self.zero_below > self.full_at:
            (spot / "zero_below").fault(
                "zero_below không được lớn hơn full_at.", "zero_below must not be above full_at."
            )
        if self.b_zero == "na" and not self.na_allowed:
            (spot / "b_zero").fault("b_zero “na” cần na_allowed là true.", "b_zero “na” needs na_allowed to be true.")
        return self

    @property
    def specs(self):
        return (FieldSpec("a", at_least_zero=True), FieldSpec("b", at_least_zero=True))

    def problems(self, answer, leaf, words):
        a, b = answer["a"], answer["b"]
        if a <= b:
            return ()
        said = {}
        for lang, write in words.items():
            named_a = as_count_title(title_in(leaf.input_title("a"), lang), write) or write.pick("Số a", "The number a")
            titled_b = as_count_title(title_in(leaf.input_title("b"), lang), write)
            named_b = in_sentence(titled_b) or write.pick("số b", "the number b")
            said[lang] = write.pick(
                f"{named_a} ({write.number(a)}) lớn hơn {named_b} ({write.number(b)}). Sửa một trong hai số.",
                f"{named_a} ({write.number(a)}) is larger than {named_b} ({write.number(b)}). Correct one of the two.",
            )
        return (Problem("a", said["vi"], said["en"]),)

    def work(self, answer, max_points, figures, rounding):
        a, b = answer["a"], answer["b"]
        if b == 0:
            return Outcome({"na": None, "zero": Fraction(0), "full": max_points}[self.b_zero], f"b_zero_{self.b_zero}")
        percent = a / b * 100
        first = Step("percent", "a / b * 100", percent)
        if percent >= self.full_at:
            return Outcome(max_points, "full", (first, Step("points", "max_points", max_points)))
        if percent < self.zero_below or self.between == "none":
            case = "below" if percent < self.zero_below else "between_none"
            return Outcome(Fraction(0), case, (first, Step("points", "0", Fraction(0))))
        points = max_points * percent / self.divisor
        return Outcome(points, "between", (first, Step("points", f"percent / {self.divisor} * max_points", points)))

    @property
    def cell_name(self):
        below = {"over_full": ("chia mức đủ điểm", "over the full share"), "over_100": ("chia 100", "over 100")}
        vi, en = below.get(self.between, ("0 điểm khi chưa đủ", "nothing below full"))
        return f"Tỷ lệ a ÷ b ({vi})", f"Ratio a ÷ b ({en})"

    def cell_parameters(self):
        return (
            Parameter("full_at", "Đủ điểm từ (%)", "Full points from (%)", self.full_at),
            Parameter("zero_below", "Không điểm khi dưới (%)", "No points below (%)", self.zero_below),
        )

    def cell_formula(self, cells):
        a, b, full, low = (cells.field("a"), cells.field("b"), cells.value("full_at"), cells.value("zero_below"))
        zero = {"na": cells.not_applicable, "zero": "0", "full": cells.maximum}[self.b_zero]
        # One division, of whole numbers where a and b are whole: its quotient is the nearest that can be.
        share = f"{cells.maximum}*100*{a}/({full if self.between == 'over_full' else 100}*{b})"
        between = "0" if self.between == "none" else f"IF(100*{a}<{low}*{b},0,{share})"
        return f"IF({a}>{b},NA(),IF({b}=0,{zero},IF(100*{a}>={full}*{b},{cells.maximum},{between})))"

    def cell_error(self, answer, outcome, max_points, figures, rounding):
        a, b = 100 * answer["a"], answer["b"]
        if any(is_too_close(a, bound * b) for bound in (Fraction(self.full_at), Fraction(self.zero_below))):
            return None
        return super().cell_error(answer, outcome, max_points, figures, rounding)

    @property
    def divisor(self) -> Fraction:
        return Fraction(self.full_at) if self.between == "over_full" else Fraction(100)

    def say(self, answer, leaf, outcome, words, figures):
        maximum = words.points(leaf.max_points)
        counted = [words.counted(answer[name], *leaf.input_words(name, words.lang)) for name in ("a", "b")]
        if answer["b"] == 0:
            zero, points = named_zero(leaf, words), words.points(outcome.points)
            return words.pick(f"{zero} bằng 0 nên được {points}", f"{zero} is 0: {points}")
        full, low = words.number(self.full_at), words.number(self.zero_below)
        percent = words.percent(outcome.value("percent"))
        head = f"{counted[0]} ÷ {counted[1]} = {percent}%; "
        if outcome.case == "full":
            said = (
                f"đạt từ {full}% trở lên nên được mức tối đa {maximum}",
                f"at least {full}%, so the maximum {maximum}",
            )
        elif outcome.case == "below":
            said = (f"dưới {low}% nên được 0", f"below {low}%, so 0")
        elif outcome.case == "between_none":
            said = (f"chưa đạt {full}% nên được 0", f"below {full}%, so 0")
        else:
            divisor, points = words.number(self.divisor), words.points(outcome.points)
            share = f"{percent} ÷ {divisor} × {maximum} = {points}"
            if self.zero_below:
                said = (f"nằm từ {low}% đến dưới {full}% nên được {share}", f"from {low}% to below {full}%, so {share}")
            else:
                said = (f"dưới {full}% nên được {share}", f"below {full}%, so {share}")
        return head + words.pick(*said)


def named_zero(leaf, words) -> str:
    """What b counts, as the subject of a sentence; “Mẫu số” where the set gives no title."""
    return as_count_title(title_in(leaf.input_title("b"), words.lang), words) or words.pick("Mẫu số", "The denominator")
