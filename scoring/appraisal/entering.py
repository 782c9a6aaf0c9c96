"""Lines that the agency itself supplies (a survey, a system, its own mark), for many units in one act."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, locks
from core.audit.services import record
from core.cleaning import clean_text
from core.errors import Conflict, DomainError, Invalid
from scoring.appraisal.lines import corrected_values, points_of
from scoring.appraisal.permissions import can_appraise, can_enter
from scoring.appraisal.reading import READ, pin
from scoring.appraisal.services import REASON_LIMIT
from scoring.conflicts.selectors import conflicts_of
from scoring.enums import CorrectionKind, LineState, ReasonCode
from scoring.marking.comparing import compare
from scoring.models import Answer, Assessment, Correction, Criterion, Cycle


@dataclass(frozen=True)
class Entry:
    """What was typed for one unit: `version` is the line's when the table was read, `raw` its fields."""

    answer: int
    version: int
    raw: Mapping[str, str]

    @property
    def is_typed(self) -> bool:
        return any(text.strip() for text in self.raw.values())


def field_name(answer: int, name: str) -> str:
    """The table's name of one field of one unit."""
    return f"{answer}-{name}"


@transaction.atomic(durable=True)
def enter_lines(*, cycle: Cycle, criterion: Criterion, entries: Iterable[Entry], reason: str, actor: User) -> int:
    """Enter one criterion for many units as one act: one transaction, one audit entry. Returns how many.

    Units without figures are left as they are, and so are lines that somebody decided meanwhile. Any figure that cannot
    be read refuses the whole act and is named; so does an open line that changed since it was shown.
    """
    cycle = locks.shared(Cycle, cycle.pk)
    can_enter(actor, criterion, cycle).require()
    reason = clean_text(reason, limit=REASON_LIMIT)
    if not reason:
        raise Invalid(
            _("Say where the figures come from."),
            code="ERR-REQUIRED",
            fields={"reason": _("Say where the figures come from.")},
        )
    typed = {entry.answer: entry for entry in entries if entry.is_typed}
    if not typed:
        raise Invalid(_("Type the figures of at least one unit."), code="ERR-REQUIRED")
    answers = _held(cycle, criterion, typed, actor)
    values = _read(answers, typed)
    _store(answers, values, reason, actor)
    if answers:
        entered = {answer.assessment.unit_id: values[answer.pk] for answer in answers}
        details = {"year": cycle.year, "reason": reason, "values_by_unit": entered}
        record(actor=actor, action="criterion.enter_lines", obj=criterion, details=details)
    return len(answers)


def _held(cycle: Cycle, criterion: Criterion, typed: Mapping[int, Entry], actor: User) -> list[Answer]:
    """The open lines among those typed, their assessments locked in one order."""
    of_cycle = Answer.objects.filter(pk__in=typed, criterion=criterion, assessment__cycle=cycle)
    wanted = Assessment.objects.filter(pk__in=of_cycle.values("assessment")).order_by("pk")
    held = {one.pk: one for one in wanted.select_related("unit").select_for_update(of=("self",))}
    related = of_cycle.select_related("assignment__appraiser", "second_mark__draw")
    answers, known = list(related.filter(line_state=LineState.OPEN).order_by("assessment")), conflicts_of(actor)
    for answer in answers:
        answer.assessment, answer.criterion = held[answer.assessment_id], criterion
        can_appraise(actor, answer, cycle, known).require()
        if answer.version != typed[answer.pk].version:
            sentence = _("{unit}: the line changed after it was opened. Read it again, then decide.")
            raise Conflict(sentence.format(unit=answer.assessment.unit.label))
    return answers


def _read(answers: Iterable[Answer], typed: Mapping[int, Entry]) -> dict[int, dict[str, str]]:
    """The engine's values by line. Invalid names every field that cannot be read, with its unit."""
    values, faults = {}, {}
    for answer in answers:
        raw = typed[answer.pk].raw
        try:
            values[answer.pk] = corrected_values(answer, raw)
        except DomainError as refused:
            fields = refused.fields or dict.fromkeys([name for name in raw if not raw[name].strip()], refused.message)
            faults |= {field_name(answer.pk, name): sentence for name, sentence in fields.items()}
    if faults:
        raise Invalid(_("Some figures cannot be read; nothing was saved."), fields=faults)
    return values


def _store(answers: list[Answer], values: Mapping[int, dict[str, str]], reason: str, actor: User) -> None:
    now = clock.now()
    pin(answers)
    corrections = Correction.objects.bulk_create(
        Correction(
            answer=answer,
            kind=CorrectionKind.INPUTS,
            values=values[answer.pk],
            points=points_of(answer, values[answer.pk]),
            reason_code=ReasonCode.BY_APPRAISER,
            reason=reason,
            made_by=actor,
            made_at=now,
        )
        for answer in answers
    )
    for answer, correction in zip(answers, corrections, strict=True):
        answer.line_state, answer.correction = LineState.CORRECTED, correction
        answer.appraised_points, answer.appraised_by, answer.appraised_at = correction.points, actor, now
        answer.version += 1
    if answers:
        fields = ["line_state", "correction", "appraised_points", "appraised_by", "appraised_at", "version", READ]
        Answer.objects.store(answers, fields)
        compare(answers)
