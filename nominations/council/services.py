"""Set up the council, call a meeting, open a vote, vote, close."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import RoleMembership, User
from core import clock, locks
from core.audit.services import record
from core.cleaning import clean_name
from core.errors import Conflict, Invalid, WrongState
from core.lifecycle import advance
from nominations import tally
from nominations.council.permissions import can_call_meeting, can_close, can_open_motion, can_run_council, can_vote
from nominations.council.selectors import votes_on
from nominations.enums import Choice, MotionAction, NominationAction
from nominations.models import Ballot, Council, CouncilMember, Meeting, Motion, Nomination, RollEntry
from scoring.models import Cycle

FEWEST_MEMBERS = 3
_CLOSING = {
    tally.Result.CARRIED: (MotionAction.CARRY, NominationAction.APPROVE),
    tally.Result.NOT_CARRIED: (MotionAction.REJECT, NominationAction.NOT_APPROVE),
    tally.Result.NO_QUORUM: (MotionAction.LAPSE, NominationAction.TAKE_OFF_AGENDA),
}


@dataclass(frozen=True)
class WorkingRules:
    """How the council votes: `quorum` a share such as "2/3", `threshold_percent` 0-100 to be exceeded or only reached."""

    quorum: str = "2/3"
    threshold_percent: Decimal = Decimal(50)
    must_exceed: bool = True
    base: tally.Base = tally.Base.BALLOTS


@transaction.atomic(durable=True)
def set_up_council(
    *,
    name: str,
    founding_decision: str,
    members: Iterable[User],
    chair: User,
    rules: WorkingRules,
    actor: User,
) -> Council:
    """A new council takes the place of the one before; motions already open keep their roll and rules."""
    can_run_council(actor).require()
    members = {member.pk: member for member in members}
    council = Council(
        name=clean_name(name),
        founding_decision=clean_name(founding_decision),
        set_up_at=clock.now(),
        set_up_by=actor,
        **vars(rules),
    )
    _check_council(council, members, chair)
    council.save()
    CouncilMember.objects.bulk_create(
        CouncilMember(council=council, user=member, is_chair=member.pk == chair.pk) for member in members.values()
    )
    details = {"members": sorted(members), "chair": chair.pk} | vars(rules)
    record(actor=actor, action="council.set_up", obj=council, details=details)
    return council


def _check_council(council: Council, members: dict[int, User], chair: User) -> None:
    faults = {}
    if not council.name:
        faults["name"] = _("Give the name of the council.")
    if not council.founding_decision:
        faults["founding_decision"] = _("Give the decision that set up the council.")
    if len(members) < FEWEST_MEMBERS:
        faults["members"] = _("A council has at least {count} members.").format(count=FEWEST_MEMBERS)
    if chair.pk not in members:
        faults["chair"] = _("The chair must be one of the members.")
    seated = _holding_role(members)
    if others := sorted(member.full_name for pk, member in members.items() if pk not in seated):
        faults["members"] = _("These people do not hold the role of council member today: {names}.").format(
            names=", ".join(others)
        )
    if faults:
        raise Invalid(" ".join(faults.values()), fields=faults)
    try:
        council.rules  # noqa: B018 - read for its refusal
    except (ValueError, ZeroDivisionError) as error:
        raise Invalid(_("These voting rules cannot be met by any vote.")) from error


def _holding_role(users: Iterable[int]) -> set[int]:
    memberships = RoleMembership.objects.in_force(clock.today()).filter(
        role=Role.COUNCIL_MEMBER, user__in=users, user__is_active=True
    )
    return set(memberships.values_list("user", flat=True))


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
def open_motion(*, nomination: Nomination, meeting: Meeting, actor: User) -> Motion:
    """Put a nomination to the vote. Rules and roll are those of this moment; later changes of the council change nothing."""
    locks.shared(Cycle, nomination.cycle_id)
    meeting = locks.exclusive(Meeting, meeting.pk)
    nomination = locks.exclusive(Nomination, nomination.pk)
    can_open_motion(actor, nomination, meeting, clock.today()).require()
    council = meeting.council
    if council != Council.objects.current():
        raise WrongState(_("Another council has been set up since; call a meeting of that one."))
    motion = Motion.objects.create(
        meeting=meeting,
        nomination=nomination,
        number=(meeting.motions.aggregate(last=Max("number"))["last"] or 0) + 1,
        opened_at=clock.now(),
        opened_by=actor,
        quorum=council.quorum,
        threshold_percent=council.threshold_percent,
        must_exceed=council.must_exceed,
        base=council.base,
    )
    details = {"nomination": nomination.pk} | _call_the_roll(motion, council, nomination)
    advance(nomination, NominationAction.PUT_ON_AGENDA, actor=actor, details={"motion": motion.pk})
    advance(motion, MotionAction.OPEN, actor=actor, details=details)
    return motion


def _call_the_roll(motion: Motion, council: Council, nomination: Nomination) -> dict:
    """Every member in office today; who belongs to the nominated unit stands on the roll and may not vote."""
    seats = {seat.user_id: seat for seat in council.seats.all()}
    in_office = _holding_role(seats)
    barred = set(
        RoleMembership.objects.in_force(clock.today())
        .filter(unit=nomination.unit_id, user__in=in_office)
        .values_list("user", flat=True)
    )
    if not in_office - barred:
        raise WrongState(_("No member of the council may vote on this nomination."))
    RollEntry.objects.bulk_create(
        RollEntry(motion=motion, member_id=pk, is_chair=seats[pk].is_chair, is_barred=pk in barred)
        for pk in sorted(in_office)
    )
    return {"roll": sorted(in_office), "barred": sorted(barred)}


@transaction.atomic(durable=True)
def cast_vote(*, motion: Motion, choice: Choice, actor: User) -> Ballot:
    """One open ballot. The trail says that the person voted, never what."""
    motion = locks.exclusive(Motion, motion.pk)
    entry = motion.roll.filter(member=actor).first()
    has_voted = motion.ballots.filter(member=actor).exists()
    can_vote(actor, motion, entry, has_voted=has_voted).require()
    if choice not in Choice.values:
        raise Invalid(_("Choose in favour, against or no opinion."), fields={"choice": _("Choose one.")})
    ballot = Ballot.objects.create(motion=motion, member=actor, choice=choice)
    record(actor=actor, action="motion.vote", obj=motion)
    return ballot


@transaction.atomic(durable=True)
def close_motion(*, motion: Motion, actor: User) -> Motion:
    """Count, and let the count decide. Without a quorum the nomination goes back and may be put to another vote."""
    motion = locks.exclusive(Motion, motion.pk)
    votes = votes_on(motion)
    can_close(actor, motion, cast=votes.cast).require()
    result = tally.count(motion.rules, votes).result
    nomination = locks.exclusive(Nomination, motion.nomination_id)
    motion.in_favour, motion.against, motion.abstained = votes.in_favour, votes.against, votes.abstained
    motion.closed_at, motion.closed_by = clock.now(), actor
    move_motion, move_nomination = _CLOSING[result]
    counts = {"for": votes.in_favour, "against": votes.against, "abstain": votes.abstained}
    advance(motion, move_motion, actor=actor, details=counts)
    advance(nomination, move_nomination, actor=actor, details={"motion": motion.pk})
    return motion
