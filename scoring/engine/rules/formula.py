"""formula: the points as an expression of the criterion's own inputs and of other leaves' points.

Fields: one per input. Points: the value of `expression`, clipped to 0..max.
Units: as the inputs say; `[CODE]` is the points of another leaf of the tree after leaf rounding.
Edge cases: a formula without inputs is never missing; a not-applicable leaf counts 0 in it; where a leaf that it takes
has no value (missing and unranked), the line has none either; a division by zero refuses the run, naming unit and
criterion, unless IF guards it; leaves that take each other's points in a circle are refused when the set is read.
Source: contract, Rules, `formula`, Formula language.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import ClassVar

from ..containers import ListOf
from ..faults import quoted
from ..formula import FormulaFault, Known, Node, as_cells, error_of, parse, points_of, value_of, written
from ..formula.tokens import RESERVED
from ..jsontypes import Choice, Text
from ..records import Record, json_key
from ..titles import Title, title_in
from ..wording import LANGUAGES, in_sentence
from .base import FieldSpec, Outcome, Rule, Step, register

NAME = re.compile(r"[^\W\d]\w*")


class InputName(Text):
    def read(self, value, spot):
        name = super().read(value, spot)
        if not NAME.fullmatch(name) or name in RESERVED:
            raise spot.fault(
                f"Tên đầu vào “{quoted(name)}” không hợp lệ: chữ cái hoặc _ rồi chữ, số, _; không trùng tên hàm.",
                f"The input's name “{quoted(name)}” is not valid: a letter or _, then letters, digits, _; no function.",
            )
        return name


@dataclass(frozen=True, kw_only=True)
class FormulaInput:
    name: str = json_key(InputName())
    title: Title | None = json_key(Record(Title), None, omit=True)
    type: str = json_key(Choice("decimal", "integer"), "decimal")
    unit: str = json_key(Text(), "")


@register
@dataclass(frozen=True, kw_only=True)
class Formula(Rule):
    kind: ClassVar[str] = "formula"
    expression: str = json_key(Text())
    inputs: tuple[FormulaInput, ...] = json_key(ListOf(Record(FormulaInput)), ())

    @cached_property
    def tree(self) -> Node:
        return parse(self.expression, list(self.own_inputs))

    @cached_property
    def own_inputs(self) -> dict[str, FormulaInput]:
        return {one.name: one for one in self.inputs}

    @cached_property
    def takes_points_of(self) -> frozenset[str]:
        return points_of(self.tree)

    def settled(self, spot):
        names = [one.name for one in self.inputs]
        for position, one in enumerate(self.inputs):
            if one.name in names[:position]:
                (spot / "inputs" / position / "name").fault(
                    f"Đầu vào “{one.name}” đứng hai lần.", f"The input “{one.name}” stands twice."
                )
        try:
            _ = self.tree
        except FormulaFault as fault:
            (spot / "expression").fault(fault.vi, fault.en)
        return self

    @property
    def specs(self):
        return tuple(FieldSpec(one.name) for one in self.inputs)

    def work(self, answer, max_points, figures, rounding):
        points = {name.strip("[]"): value for name, value in figures.items()}
        value = value_of(self.tree, Known(answer, points, rounding))
        held = min(max_points, max(Fraction(0), value))
        steps = [Step("value", written(self.tree), value)]
        if held != value:
            steps.append(Step("points", "within 0..max_points", held))
        return Outcome(held, "clipped" if held != value else "", tuple(steps))

    @property
    def cell_name(self):
        return tuple(written(self.tree, lang) for lang in LANGUAGES)

    def cell_formula(self, cells):
        return f"MAX(0,MIN({cells.maximum},{as_cells(self.tree, cells)}))"

    def cell_error(self, answer, outcome, max_points, figures, rounding):
        points = {name.strip("[]"): value for name, value in figures.items()}
        error, value = error_of(self.tree, Known(answer, points, rounding)), outcome.value("value")
        if error is not None and not -error <= value <= max_points + error:
            return Fraction(0)  # cut to a bound
        return error

    def say(self, answer, leaf, outcome, words, figures):
        known = [
            (name, words.number(answer[name]), title_in(one.title, words.lang)) for name, one in self.own_inputs.items()
        ]
        known += [(code, words.points(value), "") for code, value in figures.items()]
        given = "; ".join(
            f"{name} = {shown}" + (f" ({in_sentence(title)})" if title else "") for name, shown, title in known
        )
        formula = written(self.tree, words.lang)
        said = words.pick(f"Công thức {formula}", f"The formula {formula}")
        if given:
            said += words.pick(f" với {given}", f" with {given}")
        said += words.pick(" cho ", " gives ") + words.points(outcome.value("value"))
        if outcome.case == "clipped":
            most, held = words.points(leaf.max_points), words.points(outcome.points)
            said += words.pick(
                f"; giữ trong khoảng từ 0 đến {most} nên được {held}", f"; held within 0 to {most}, which is {held}"
            )
        return said
