"""level: one of several levels, or the sum of parts done.

Fields: with `combine` one (default) `option` = the key of one option; with `combine` sum `part:KEY` yes / no for
every option. Points: max x the option's fraction, or max x the sum of the fractions of the parts done.
Units: fractions are shares 0..1; with `sum` they add up to at most 1, so that no answer passes the maximum.
Edge cases: keys are unique; with `sum` a part left out is an unfinished answer and is refused.
Source: contract, Rules, `level`; DTI criteria "head 1 / deputy 1/2 / none 0" and "two parts, half each".
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from ..containers import ListOf
from ..faults import quoted
from ..jsontypes import Choice, Number, Text
from ..records import Record, json_key
from ..titles import Title, title_in
from ..wording import LANGUAGES
from .base import FieldSpec, Outcome, Rule, Step, register, said_share, share_of_max
from .cells import Parameter


@dataclass(frozen=True, kw_only=True)
class Option:
    key: str = json_key(Text(filled=True))
    title: Title | None = json_key(Record(Title), None, omit=True)
    fraction: Decimal = json_key(Number("0", "1"))

    def named(self, lang: str) -> str:
        return title_in(self.title, lang) or self.key


@register
@dataclass(frozen=True, kw_only=True)
class Level(Rule):
    kind: ClassVar[str] = "level"
    options: tuple[Option, ...] = json_key(ListOf(Record(Option), at_least=1))
    combine: str = json_key(Choice("one", "sum"), "one")

    def settled(self, spot):
        keys = [option.key for option in self.options]
        for position, name in enumerate(keys):
            if name in keys[:position]:
                (spot / "options" / position / "key").fault(
                    f"Khóa phương án “{quoted(name)}” đứng hai lần.", f"The option key “{quoted(name)}” stands twice."
                )
        total = sum(Fraction(option.fraction) for option in self.options)
        if self.combine == "sum" and total > 1:
            (spot / "options").fault(
                "Tổng tỷ lệ của các phần không được lớn hơn 1.", "The fractions of the parts add up to more than 1."
            )
        return self

    @property
    def specs(self):
        if self.combine == "one":
            return (FieldSpec("option", "choice", allowed=tuple(option.key for option in self.options)),)
        return tuple(FieldSpec(f"part:{option.key}", "yes_no") for option in self.options)

    def chosen(self, answer) -> tuple[Option, ...]:
        if self.combine == "one":
            return tuple(option for option in self.options if option.key == answer["option"])
        return tuple(option for option in self.options if answer[f"part:{option.key}"] == "yes")

    def work(self, answer, max_points, figures, rounding):
        done = self.chosen(answer)
        if self.combine == "one":
            return share_of_max(done[0].fraction, max_points, "one")
        share = sum((Fraction(option.fraction) for option in done), Fraction(0))
        added = " + ".join(str(option.fraction) for option in done) or "0"
        return Outcome(
            share * max_points,
            "sum",
            (Step("share", added, share), Step("points", "share * max_points", share * max_points)),
        )

    @property
    def cell_name(self):
        return ("Mức", "One level") if self.combine == "one" else ("Mức: cộng các phần đã làm", "Sum of the parts done")

    def cell_parameters(self):
        words = ("Phương án", "Option") if self.combine == "one" else ("Phần việc", "Part")
        return [
            Parameter(
                "options", *(f"{word} “{option.named(lang)}”" for word, lang in zip(words, LANGUAGES, strict=True)),
                option.key, option.fraction,
            )
            for option in self.options
        ]  # fmt: skip

    def cell_formula(self, cells):
        if self.combine == "one":
            # EXACT tells capital letters apart, = does not.
            chosen = f"EXACT({cells.field('option')},{cells.values('options')})"
            share = f"SUMPRODUCT({chosen}*{cells.fractions('options')})"
            return f"IF(SUMPRODUCT(--{chosen})=1,{cells.maximum}*{share},NA())"
        fractions = cells.fractions("options")
        done = [
            f"({cells.field(spec.name)}={cells.yes})*INDEX({fractions},{place})"
            for place, spec in enumerate(self.specs, 1)
        ]
        said = f"COUNTIF({cells.fields()},{cells.yes})+COUNTIF({cells.fields()},{cells.no})"
        return f"IF({said}={len(done)},{cells.maximum}*({'+'.join(done)}),NA())"

    def say(self, answer, leaf, outcome, words, figures):
        done = self.chosen(answer)
        names = ", ".join(f"“{option.named(words.lang)}”" for option in done)
        if self.combine == "one":
            share = said_share(done[0].fraction, leaf, words)
            return words.pick(f"Mức {names} được {share}", f"The level {names} gives {share}")
        if not done:
            return words.pick("Không đạt phần nào nên được 0", "No part was done, which gives 0")
        added = " + ".join(words.number(option.fraction) for option in done)
        added = f"({added})" if len(done) > 1 else added
        share = f"{added} × {words.points(leaf.max_points)} = {words.points(outcome.points)}"
        counted = f"{len(done)}/{len(self.options)}"
        return words.pick(f"Đạt {counted} phần ({names}) nên được {share}", f"{counted} parts done ({names}): {share}")
