"""The secretary's own reminder, to one unit or to many as one act."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, locks
from core.audit.services import record
from core.cleaning import clean_name
from core.errors import Invalid
from scoring.cycles.permissions import can_run_cycle
from scoring.filing.permissions import may_file
from scoring.models import Assessment, Cycle, Reminder
from scoring.models.assessment import FILES
from scoring.reminding.selectors import people_of

AGAIN_AFTER = timedelta(hours=24)
NOTE_LIMIT = 300


@dataclass
class Outcome:
    """What became of each form that was to be reminded of; `people` counts those who were reminded."""

    reminded: list[Assessment] = field(default_factory=list)
    recent: list[Assessment] = field(default_factory=list)
    unreachable: list[Assessment] = field(default_factory=list)
    closed: list[Assessment] = field(default_factory=list)
    people: int = 0


def plan(assessments: Iterable[Assessment], cycle: Cycle, now: datetime, *, again: bool) -> Outcome:
    """What `remind` would do: for the page that asks first. Three queries, whatever the number."""
    assessments = list(assessments)
    ids = [one.pk for one in assessments]
    sent = Reminder.objects.filter(assessment__in=ids, sent_at__gt=now - AGAIN_AFTER)
    recent = set(sent.values("assessment").annotate(last=Max("sent_at")).values_list("assessment", flat=True))
    people, outcome = people_of(one.unit_id for one in assessments), Outcome()
    for one in assessments:
        reached = {person.pk for role in FILES for person in people.get((one.unit_id, role), [])}
        if one.is_handed_in or not may_file(one, cycle, now):
            outcome.closed.append(one)
        elif not reached:
            outcome.unreachable.append(one)
        elif one.pk in recent and not again:
            outcome.recent.append(one)
        else:
            outcome.reminded.append(one)
            outcome.people += len(reached)
    return outcome


@transaction.atomic(durable=True)
def remind(*, cycle: Cycle, assessments: Iterable[Assessment], note: str, again: bool, actor: User) -> Outcome:
    """Remind officers and heads of forms that are not handed in; whoever was reminded within a day only `again`.

    One act: one transaction, one audit entry. Two clicks at once remind once.
    """
    can_run_cycle(actor).require()
    note = clean_name(note, limit=NOTE_LIMIT)
    cycle = locks.shared(Cycle, cycle.pk)
    wanted = [one.pk for one in assessments]
    held = cycle.assessments.select_for_update(of=("self",)).filter(pk__in=wanted).select_related("unit")
    now, forms = clock.now(), list(held.order_by("pk"))
    outcome = plan(forms, cycle, now, again=again)
    if not outcome.reminded:
        raise Invalid(_("There is nobody to remind now."))
    people = people_of(one.unit_id for one in outcome.reminded)
    rows = {
        (one.pk, person.pk): Reminder(assessment=one, person=person, note=note, sent_by=actor, sent_at=now)
        for one in outcome.reminded
        for role in FILES
        for person in people.get((one.unit_id, role), [])
        if person.pk != actor.pk
    }
    Reminder.objects.bulk_create(rows.values(), batch_size=500)
    details = {"units": [one.unit.code for one in outcome.reminded], "note": note}
    record(actor=actor, action="cycle.remind", obj=cycle, details=details)
    return outcome
