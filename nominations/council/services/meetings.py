"""Call a meeting, set its agenda, record who is there."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, locks
from core.audit.services import record
from core.errors import Conflict, Invalid, NotFound
from core.lifecycle import advance, advance_all
from nominations.council.permissions import (
    can_call_meeting,
    can_put_on_agenda,
    can_record_attendance,
    can_take_off_agenda,
)
from nominations.council.selectors import is_in_office, sitting_of
from nominations.enums import NominationAction
from nominations.models import Attendance, Council, Meeting, Motion, Nomination
from nominations.models.council import VotingRules

RULES = [field.name for field in VotingRules._meta.get_fields()]


@transaction.atomic(durable=True)
def call_meeting(*, held_on: date, actor: User) -> Meeting:
    """A meeting of the council in office, today or later."""
    council = Council.objects.select_for_update(of=("self",)).current()
    can_call_meeting(actor, council).require()
    if held_on < clock.today():
        sentence = _("A meeting is called for today or a later day.")
        raise Invalid(sentence, fields={"held_on": sentence})
    if council.meetings.filter(held_on=held_on).exists():
        sentence = _("There is a meeting on {date:%d/%m/%Y} already.").format(date=held_on)
        raise Conflict(sentence, code="ERR-DONE", fields={"held_on": sentence})
    meeting = Meeting.objects.create(council=council, held_on=held_on, called_at=clock.now(), called_by=actor)
    record(actor=actor, action="meeting.call", obj=meeting, details={"held_on": held_on})
    return meeting


@transaction.atomic(durable=True)
def put_on_agenda(*, nominations: Iterable[Nomination], meeting: Meeting, actor: User) -> list[Motion]:
    """Eligible nominations become the next motions of the meeting, in the order given: all of them or none."""
    wanted = list(dict.fromkeys(nomination.pk for nomination in nominations))
    meeting = locks.exclusive(Meeting, meeting.pk)
    held = {one.pk: one for one in Nomination.objects.select_for_update(of=("self",)).filter(pk__in=sorted(wanted))}
    nominations = [held[pk] for pk in wanted]
    in_office = is_in_office(meeting.council)
    can_put_on_agenda(actor, nominations, meeting, clock.today(), council_in_office=in_office).require()
    if not nominations:
        sentence = _("Choose at least one nomination.")
        raise Invalid(sentence, fields={"nominations": sentence})
    last = meeting.motions.aggregate(last=Max("number"))["last"] or 0
    rules = {name: getattr(meeting.council, name) for name in RULES}
    motions = Motion.objects.bulk_create(
        Motion(meeting=meeting, nomination=nomination, number=number, **rules)
        for number, nomination in enumerate(nominations, last + 1)
    )
    details = {"nominations": wanted, "numbers": [motion.number for motion in motions]}
    advance_all(nominations, NominationAction.PUT_ON_AGENDA, actor=actor, about=meeting, details=details)
    return motions


@transaction.atomic(durable=True)
def take_off_agenda(*, motion: Motion, actor: User) -> Nomination:
    """Remove a motion whose vote was not opened, with what was declared on it; its nomination is eligible as before."""
    meeting = locks.exclusive(Meeting, motion.meeting_id)
    motion = locked_motion(motion)
    nomination = locks.exclusive(Nomination, motion.nomination_id)
    can_take_off_agenda(actor, motion).require()
    details = {"meeting": meeting.pk, "number": motion.number}
    motion.recusals.all().delete()
    motion.delete()
    advance(nomination, NominationAction.TAKE_OFF_AGENDA, actor=actor, details=details)
    return nomination


@transaction.atomic(durable=True)
def record_attendance(*, meeting: Meeting, present: Iterable[User], actor: User) -> None:
    """Who of the members in office is at the meeting; the rest are absent. May be done again until a vote is opened."""
    meeting = locks.exclusive(Meeting, meeting.pk)
    sitting = sitting_of(meeting)
    can_record_attendance(actor, meeting, sitting, clock.today()).require()
    present = {person.pk: person for person in present}
    members = {line.member.pk for line in sitting.lines}
    if strangers := sorted(person.full_name for pk, person in present.items() if pk not in members):
        sentence = _("These people are not members of this council today: {names}.").format(names=", ".join(strangers))
        raise Invalid(sentence, fields={"present": sentence})
    meeting.attendance.all().delete()
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, member_id=pk, is_present=pk in present) for pk in sorted(members)
    )
    details = {"present": sorted(present), "absent": sorted(members - set(present))}
    record(actor=actor, action="meeting.attendance", obj=meeting, details=details)


def locked_motion(motion: Motion) -> Motion:
    """The motion, held for change; NotFound when it was taken off the agenda in the meantime."""
    try:
        return locks.exclusive(Motion, motion.pk)
    except Motion.DoesNotExist as error:
        raise NotFound(_("This motion was taken off the agenda.")) from error
