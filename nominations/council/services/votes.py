"""Open a vote, take no part, vote, close."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, locks
from core.audit.services import record
from core.cleaning import clean_name
from core.errors import Invalid
from core.lifecycle import advance
from nominations import tally
from nominations.council.permissions import can_close, can_open_motion, can_recuse, can_vote
from nominations.council.rolls import line_of, roll_today, voters_among, votes_on
from nominations.council.selectors import sitting_of
from nominations.council.services.meetings import locked_motion
from nominations.enums import Choice, MotionAction, NominationAction
from nominations.models import Ballot, Meeting, Motion, Nomination, Recusal, RollEntry
from nominations.nominating.quotas import take_place

_CLOSING = {
    tally.Result.CARRIED: (MotionAction.CARRY, NominationAction.APPROVE),
    tally.Result.NOT_CARRIED: (MotionAction.REJECT, NominationAction.NOT_APPROVE),
    tally.Result.NO_QUORUM: (MotionAction.LAPSE, NominationAction.TAKE_OFF_AGENDA),
}


@transaction.atomic(durable=True)
def open_motion(*, motion: Motion, actor: User) -> Motion:
    """Open the vote. Rules and roll are those of this moment; later changes of the council change nothing."""
    meeting = locks.exclusive(Meeting, motion.meeting_id)
    motion = locked_motion(motion)
    roll, recused = roll_today(motion), set(motion.recusals.values_list("member", flat=True))
    voters = voters_among(roll, recused)
    can_open_motion(actor, motion, sitting_of(meeting), clock.today(), voters=len(voters)).require()
    RollEntry.objects.bulk_create(roll)
    motion.opened_at, motion.opened_by = clock.now(), actor
    details = {
        "nomination": motion.nomination_id,
        "roll": [entry.member_id for entry in roll],
        "present": [entry.member_id for entry in roll if entry.is_present],
        "barred": [entry.member_id for entry in roll if entry.is_barred],
        "recused": sorted(recused),
    }
    advance(motion, MotionAction.OPEN, actor=actor, details=details)
    return motion


@transaction.atomic(durable=True)
def recuse(*, motion: Motion, reason: str, actor: User) -> Recusal:
    """A member declares to take no part; it cannot be taken back and stands in the minutes."""
    motion = locked_motion(motion)
    can_recuse(actor, motion, line_of(motion, actor)).require()
    reason = clean_name(reason, limit=Recusal._meta.get_field("reason").max_length)
    if not reason:
        sentence = _("Give the reason; it stands in the minutes.")
        raise Invalid(sentence, fields={"reason": sentence})
    recusal = Recusal.objects.create(motion=motion, member=actor, reason=reason, declared_at=clock.now())
    record(actor=actor, action="motion.recuse", obj=motion, details={"reason": reason})
    return recusal


@transaction.atomic(durable=True)
def cast_vote(*, motion: Motion, choice: Choice, actor: User) -> Ballot:
    """One open ballot. The trail says that the person voted, never what."""
    motion = locked_motion(motion)
    can_vote(actor, motion, line_of(motion, actor)).require()
    if choice not in Choice.values:
        raise Invalid(_("Choose in favour, against or no opinion."), fields={"choice": _("Choose one.")})
    ballot = Ballot.objects.create(motion=motion, member=actor, choice=choice)
    record(actor=actor, action="motion.vote", obj=motion)
    return ballot


@transaction.atomic(durable=True)
def close_motion(*, motion: Motion, actor: User) -> Motion:
    """Count, and let the count decide. Without a quorum the nomination goes back and may be put to another vote."""
    motion = locked_motion(motion)
    can_close(actor, motion, cast=motion.ballots.count()).require()
    votes = votes_on(motion)
    result = tally.count(motion.rules, votes).result
    nomination = locks.exclusive(Nomination, motion.nomination_id)
    if result == tally.Result.CARRIED:
        take_place(nomination)
    motion.in_favour, motion.against, motion.abstained = votes.in_favour, votes.against, votes.abstained
    motion.closed_at, motion.closed_by = clock.now(), actor
    move_motion, move_nomination = _CLOSING[result]
    counts = {"for": votes.in_favour, "against": votes.against, "abstain": votes.abstained}
    advance(motion, move_motion, actor=actor, details=counts)
    advance(nomination, move_nomination, actor=actor, details={"motion": motion.pk})
    return motion
