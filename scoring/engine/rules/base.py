"""What every rule kind offers, and how a kind is registered.

A rule is a frozen dataclass of its parameters. It names the fields it needs (`specs`), computes exact points from
their parsed values (`work`) and says the same in words (`say`). It never rounds and never sees another unit:
a rule that compares units or takes other lines' points gets them as `figures`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

from ..jsontypes import Flag
from ..records import Spot, json_key
from ..wording import Words
from .cells import FLOAT_ERROR, Cells, Parameter

KINDS: dict[str, type["Rule"]] = {}


@dataclass(frozen=True)
class FieldSpec:
    """One field of an answer. `type` is decimal, whole, date, yes_no or choice; `allowed` are the keys of a choice.
    `at_least_zero` refuses negatives, `at_most_max` what is above the leaf's max_points."""

    name: str
    type: str = "decimal"
    at_least_zero: bool = False
    at_most_max: bool = False
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """One step of the arithmetic: what it is called, how it is written, what it gives."""

    name: str
    expression: str
    value: Fraction


@dataclass(frozen=True)
class Outcome:
    """Points before rounding, or None where the line is not applicable; `case` names the branch taken."""

    points: Fraction | None
    case: str = ""
    steps: tuple[Step, ...] = ()

    def value(self, name: str) -> Fraction:
        return next(step.value for step in self.steps if step.name == name)


Answer = Mapping[str, Fraction | date | str]
Figures = Mapping[str, Fraction]


@dataclass(frozen=True)
class Problem:
    """Why a rule refuses an answer whose fields are each well formed."""

    field: str
    vi: str
    en: str


@dataclass(frozen=True, kw_only=True)
class Rule:
    kind: ClassVar[str] = ""
    is_adjustment: ClassVar[bool] = False
    is_relative: ClassVar[bool] = False
    na_allowed: bool = json_key(Flag(), False)

    @property
    def takes_points_of(self) -> frozenset[str]:
        """Codes of the leaves whose points `work` gets as the figures “[CODE]”."""
        return frozenset()

    @property
    def own_inputs(self) -> Mapping[str, Any]:
        """How each field is asked for, where the rule and not the leaf says it."""
        return {}

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields that one answer must hold, all of them."""
        return tuple(spec.name for spec in self.specs)

    @property
    def specs(self) -> tuple[FieldSpec, ...]:
        raise NotImplementedError

    def settled(self, spot: Spot) -> "Rule":
        """Report parameters that contradict each other; called once when the set is read."""
        return self

    def problems(self, answer: Answer, leaf, words: Mapping[str, Words]) -> Sequence[Problem]:
        return ()

    def work(self, answer: Answer, max_points: Fraction, figures: Figures, rounding: str) -> Outcome:
        raise NotImplementedError

    def say(self, answer: Answer, leaf, outcome: Outcome, words: Words, figures: Figures) -> str:
        """The arithmetic in words, up to the points before rounding; the caller adds rounding and the word points."""
        raise NotImplementedError

    @property
    def cell_name(self) -> tuple[str, str]:
        """The way of reckoning in a few words, Vietnamese and English; what a parameter cannot change belongs here."""
        raise NotImplementedError

    def cell_parameters(self) -> Sequence[Parameter]:
        """The rule's parameters as the cells of a workbook, in the order in which they are shown."""
        return ()

    def cell_formula(self, cells: Cells) -> str:
        """The points before rounding as a spreadsheet's formula, for a unit that has declared every field."""
        raise NotImplementedError

    def cell_error(
        self, answer: Answer, outcome: Outcome, max_points: Fraction, figures: Figures, rounding: str
    ) -> Fraction | None:
        """How far a spreadsheet's points may lie from the exact ones; None where it may even take another branch."""
        return abs(outcome.points) * FLOAT_ERROR


@dataclass(frozen=True, kw_only=True)
class GivenPoints(Rule):
    """The points themselves are the answer; where they come from is the kind's to say."""

    @property
    def specs(self):
        return (FieldSpec("points", at_least_zero=True, at_most_max=True),)

    def work(self, answer, max_points, figures, rounding):
        return Outcome(answer["points"], "", (Step("points", "points", answer["points"]),))

    def cell_formula(self, cells):
        return f"{cells.field('points')}+0"


def register(cls: type[Rule]) -> type[Rule]:
    KINDS[cls.kind] = cls
    return cls


def share_of_max(fraction: Decimal | Fraction, max_points: Fraction, case: str = "") -> Outcome:
    """max x fraction, the commonest last step."""
    points = Fraction(fraction) * max_points
    return Outcome(points, case, (Step("points", "fraction * max_points", points),))


def said_share(fraction: Decimal | Fraction, leaf, words: Words) -> str:
    """“0,5 × 2,50 = 1,25”."""
    maximum = Fraction(leaf.max_points)
    return f"{words.number(fraction)} × {words.points(maximum)} = {words.points(Fraction(fraction) * maximum)}"
