"""Everything that the checks look at, read before they run: the lines, last year's, what is usual in the group."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from django.utils.timezone import localtime

from core.numbers import format_number
from scoring.filing.backing import is_backed
from scoring.filing.selectors import LastYear
from scoring.inputs import Input, inputs_of, is_complete
from scoring.models import Answer, Assessment, Citation, Criterion, Evidence

_NUMBERS = ("decimal", "whole")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def recognised(answer: Answer) -> Mapping[str, str]:
    """What counted in the end: as corrected, else as declared."""
    return answer.correction.values if answer.correction else answer.values


def numbers_in(criterion: Criterion, values: Mapping[str, str]) -> dict[str, Decimal]:
    """The numbers among the values of a line, by field; what is none is another check's business."""
    names = [spec.name for spec in criterion.leaf.rule.specs if spec.type in _NUMBERS]
    return {name: Decimal(values[name]) for name in names if _NUMBER.fullmatch(values.get(name, ""))}


@dataclass(frozen=True)
class Line:
    """One line that the unit declares; `before` is last year's, `usual` the group's median of each field last year."""

    answer: Answer
    before: Answer | None = None
    usual: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def criterion(self) -> Criterion:
        return self.answer.criterion

    @property
    def code(self) -> str:
        return self.criterion.code

    @cached_property
    def leaf(self):
        return self.criterion.leaf

    @cached_property
    def rule(self):
        return self.leaf.rule

    @property
    def values(self) -> Mapping[str, str]:
        return self.answer.values

    @cached_property
    def inputs(self) -> dict[str, Input]:
        return {one.name: one for one in inputs_of(self.leaf)}

    @cached_property
    def is_declared(self) -> bool:
        """Complete, and to be scored."""
        return not self.answer.asks_not_applicable and is_complete(self.leaf, self.values)

    @property
    def points(self) -> Decimal | None:
        return self.answer.claimed_points if self.is_declared else None

    @property
    def is_full(self) -> bool:
        return self.points is not None and self.points >= self.criterion.max_points

    @cached_property
    def is_explained(self) -> bool:
        return bool(self.answer.explanation)

    @cached_property
    def files(self) -> list[Evidence]:
        return list(self.answer.evidence.all())

    @cached_property
    def documents(self) -> list[Evidence | Citation]:
        """Files and what is cited."""
        return [*self.files, *self.answer.citations.all()]

    @cached_property
    def is_backed(self) -> bool:
        return is_backed(self.answer)

    @cached_property
    def numbers(self) -> dict[str, Decimal]:
        return numbers_in(self.criterion, self.values) if self.is_declared else {}

    @cached_property
    def numbers_before(self) -> dict[str, Decimal]:
        """Last year's numbers, as they were recognised."""
        return numbers_in(self.before.criterion, recognised(self.before)) if self.before else {}

    @property
    def share(self) -> Decimal | None:
        """Claimed points out of the line's maximum."""
        return None if self.points is None else self.points / self.criterion.max_points

    @property
    def share_before(self) -> Decimal | None:
        """Last year's points, appraised where they are, out of the maximum of that year."""
        if self.before is None:
            return None
        had = self.before.appraised_points if self.before.appraised_by_id else self.before.claimed_points
        return None if had is None else had / self.before.criterion.max_points

    @property
    def says_no(self) -> bool:
        """Declares that nothing was done: “no”, the lowest level, no item."""
        if self.rule.kind == "level" and self.rule.combine != "sum":
            return self.is_declared and self.points == 0
        return self.is_declared and set(self.values.values()) <= {"no", "0"}

    def known(self, name: str) -> list[Decimal]:
        """What the number of that field is likely to be near: last year's own, and the group's."""
        return [one[name] for one in (self.numbers_before, self.usual) if one.get(name)]

    def say(self, name: str) -> str:
        """The number of a field for a sentence."""
        return format_number(self.numbers[name])

    def title(self, name: str) -> str:
        return self.inputs[name].title


@dataclass(frozen=True)
class Facts:
    """One form at one moment. Without `last` nothing is compared; what blocks is found all the same."""

    assessment: Assessment
    lines: list[Line]
    now: datetime | None = None
    last: LastYear | None = None

    @property
    def year(self) -> int:
        return self.assessment.cycle.year

    @property
    def last_year(self) -> int:
        return self.last.year

    @property
    def today(self) -> date:
        return localtime(self.now).date()

    @cached_property
    def by_file(self) -> dict[Evidence, list[Line]]:
        """Each file in force with the lines it stands behind, in the order of the form."""
        behind: dict[Evidence, list[Line]] = {}
        for line in self.lines:
            for file in line.files:
                behind.setdefault(file, []).append(line)
        return behind

    @cached_property
    def files_before(self) -> dict[str, Evidence]:
        """Last year's files by their hash."""
        return {file.sha256: file for file in (self.last.files if self.last else ())}
