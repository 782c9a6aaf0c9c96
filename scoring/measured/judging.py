"""The dry run: what figures would do to each unit, and what stands against it. Reads, writes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import DomainError
from scoring.appraisal.lines import corrected_values, points_of
from scoring.appraisal.value_words import said_claim, said_values
from scoring.measured.permissions import can_take_values
from scoring.models import Answer, Conflict, Criterion, Cycle


@dataclass(frozen=True)
class Given:
    """The figures of one unit as they came. `place` is where they stand for people, such as a row of a sheet.

    `faults` are found while reading: (field, or empty for the unit, and the sentence).
    """

    place: str
    unit: str
    raw: Mapping[str, str]
    faults: Sequence[tuple[str, str]] = ()


@dataclass
class Row:
    """One unit's figures with the verdict on them: `answer` is the line they are for, `values` what the engine would get."""

    given: Given
    answer: Answer | None = None
    values: dict[str, str] = field(default_factory=dict)
    points: Decimal | None = None
    faults: list[tuple[str, str]] = field(default_factory=list)

    @property
    def before_words(self) -> str:
        return said_claim(self.answer)

    @property
    def new_words(self) -> str:
        return said_values(self.answer.criterion.leaf, self.values)

    @property
    def is_new(self) -> bool:
        return self.answer is not None and self.values != self.answer.values


def lines_by_unit(cycle: Cycle, criterion: Criterion, user: User) -> dict[str, Answer]:
    """The line of every unit without a conflict of interest, by the unit's code: one query. The own unit is there, so that
    the refusal can name it."""
    lines = Answer.objects.filter(assessment__cycle=cycle, criterion=criterion)
    lines = lines.exclude(assessment__unit__in=Conflict.objects.barred_units(user))
    lines = lines.select_related("assessment__unit", "correction").order_by("assessment__unit__name_sort")
    found = {}
    for answer in lines:
        answer.criterion, answer.assessment.cycle = criterion, cycle
        found[answer.assessment.unit.code] = answer
    return found


def judged(given: Iterable[Given], lines: Mapping[str, Answer], actor: User) -> list[Row]:
    """A row for everything given, in its order. Units that are not given are not touched."""
    rows, first = [], {}
    for one in given:
        row = Row(one, lines.get(one.unit), faults=list(one.faults))
        rows.append(row)
        if row.answer is None:
            if not row.faults:
                row.faults.append(("", _("No unit “{text}” is scored by this criterion.").format(text=one.unit[:80])))
            continue
        if (before := first.setdefault(one.unit, one.place)) != one.place:
            row.faults.append(("", _("The unit stands there already: {place}.").format(place=before)))
        if not row.faults:
            _read(row, actor)
    return rows


def _read(row: Row, actor: User) -> None:
    if not (verdict := can_take_values(actor, row.answer)):
        row.faults.append(("", verdict.reason))
        return
    try:
        row.values = corrected_values(row.answer, row.given.raw)
        row.points = points_of(row.answer, row.values)
    except DomainError as refused:
        row.faults += list(refused.fields.items()) or [("", str(refused.message))]
        return
    if not row.values:
        row.faults.append(("", _("There are no figures.")))
