"""The acts: bring in figures of one criterion for many units; say what speaks against one's own."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, locks
from core.audit.services import record
from core.cleaning import clean_name, clean_text
from core.errors import Conflict, Invalid
from scoring.filing.declaring import EXPLANATION_LIMIT
from scoring.measured.judging import Given, Row, judged, lines_by_unit
from scoring.measured.permissions import can_contest_values, can_import_values
from scoring.models import Answer, Assessment, Criterion, Cycle, Measurement, ValueImport

ORIGIN_LIMIT = 200


@transaction.atomic(durable=True)
def import_values(
    *,
    cycle: Cycle,
    criterion: Criterion,
    given: Sequence[Given],
    origin: str,
    measured_on: date,
    actor: User,
    file_sha256: str = "",
) -> int:
    """Take over the figures of one criterion for the units given: all or none, one audit entry. How many lines changed.

    Invalid names every row that cannot be taken (`fields`: place → sentences). What stands on a line already is not
    brought in again; without anything new nothing is written.
    """
    cycle = locks.shared(Cycle, cycle.pk)
    can_import_values(actor, criterion, cycle).require()
    origin = _checked_source(origin, measured_on)
    held = Assessment.objects.filter(cycle=cycle, criteria_set=criterion.criteria_set_id).order_by("pk")
    list(held.select_for_update(of=("self",)).values_list("pk"))
    rows = judged(given, lines_by_unit(cycle, criterion, actor), actor)
    _refuse_faults(rows)
    changed = [row for row in rows if row.is_new]
    if changed:
        source = ValueImport.objects.create(
            cycle=cycle,
            criterion=criterion,
            origin=origin,
            measured_on=measured_on,
            file_sha256=file_sha256,
            imported_by=actor,
            imported_at=clock.now(),
        )
        _store(source, changed)
        values = {row.given.unit: row.values for row in changed}
        details = {"year": cycle.year, "origin": origin, "measured_on": measured_on, "values_by_unit": values}
        record(actor=actor, action="criterion.import_values", obj=criterion, details=details)
    return len(changed)


def _checked_source(origin: str, measured_on: date) -> str:
    origin = clean_name(origin, limit=ORIGIN_LIMIT)
    faults = {}
    if not origin:
        faults["origin"] = _("Name the system or the survey that the figures come from.")
    if measured_on > clock.today():
        faults["measured_on"] = _("The date lies in the future.")
    if faults:
        raise Invalid(" ".join(faults.values()), fields=faults)
    return origin


def _refuse_faults(rows: Sequence[Row]) -> None:
    if not rows:
        raise Invalid(_("There are no figures of any unit."), code="ERR-REQUIRED")
    faults = {row.given.place: " ".join(sentence for _field, sentence in row.faults) for row in rows if row.faults}
    if faults:
        raise Invalid(_("Some figures cannot be taken over; nothing was saved."), fields=faults)


def _store(source: ValueImport, rows: Sequence[Row]) -> None:
    measurements = Measurement.objects.bulk_create(
        Measurement(source=source, answer=row.answer, values=row.values) for row in rows
    )
    answers = [row.answer for row in rows]
    for row, measurement in zip(rows, measurements, strict=True):
        answer = row.answer
        answer.values, answer.claimed_points, answer.measurement = row.values, row.points, measurement
        answer.updated_at, answer.updated_by = source.imported_at, source.imported_by
        answer.version += 1
    fields = ["values", "claimed_points", "measurement", "updated_at", "updated_by", "version"]
    Answer.objects.store(answers, fields)


@transaction.atomic(durable=True)
def contest_values(*, answer: Answer, grounds: str, version: int, actor: User) -> Answer:
    """What the unit holds against a figure it cannot edit; the appraiser reads it beside the line. Empty takes it back."""
    cycle = locks.shared(Cycle, answer.assessment.cycle_id)
    assessment = locks.exclusive(Assessment, answer.assessment_id)
    answer = Answer.objects.select_related("criterion__criteria_set").get(pk=answer.pk)
    answer.assessment = assessment
    can_contest_values(actor, answer, cycle).require()
    grounds = clean_text(grounds, limit=EXPLANATION_LIMIT)
    if grounds == answer.explanation:
        return answer
    if answer.version != version:
        raise Conflict(_("This line was changed meanwhile. Read it again, then write."))
    before, answer.explanation = answer.explanation, grounds
    answer.version += 1
    answer.save()
    details = {"before": before, "after": grounds}
    record(actor=actor, action="answer.contest_values", obj=answer, details=details)
    return answer
