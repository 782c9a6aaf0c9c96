"""Who calls meetings, votes and closes. Nobody votes on the own unit."""

from datetime import date

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from core.errors import Conflict, NotFound, WrongState
from core.verdict import Verdict, first_no
from nominations.enums import MotionState, NominationState
from nominations.models import Council, Meeting, Motion, Nomination, RollEntry
from nominations.models.ballot import SEES_MOTIONS


def can_see_council(user: User) -> Verdict:
    """The council's desk; for others there is no such page."""
    return Verdict(user.has_role(*SEES_MOTIONS), _("There is no such page."), NotFound)


def sees_ballots(user: User) -> bool:
    """Who voted what in an open vote: the council and its secretary. Auditors read all, ballots excepted."""
    return user.has_role(Role.COUNCIL_MEMBER, Role.EMULATION_SECRETARY)


def can_run_council(user: User) -> Verdict:
    return Verdict(
        user.has_role(Role.EMULATION_SECRETARY),
        _("Only the emulation secretary sets up the council, calls meetings, opens and closes votes."),
    )


def can_call_meeting(user: User, council: Council | None) -> Verdict:
    return first_no(can_run_council(user), Verdict(council is not None, _("Set up the council first."), WrongState))


def meeting_is_on(meeting: Meeting, today: date) -> Verdict:
    return Verdict(
        meeting.held_on <= today,
        _("The meeting is on {date:%d/%m/%Y}; votes are opened from that day on.").format(date=meeting.held_on),
        WrongState,
    )


def can_open_motion(user: User, nomination: Nomination, meeting: Meeting, today: date) -> Verdict:
    return first_no(
        can_run_council(user),
        meeting_is_on(meeting, today),
        Verdict(
            nomination.state == NominationState.COMPLETE,
            _("Only a complete dossier is put to the vote; this one is “{state}”.").format(
                state=nomination.get_state_display()
            ),
            WrongState,
        ),
    )


def can_vote(user: User, motion: Motion, entry: RollEntry | None, *, has_voted: bool) -> Verdict:
    """`entry` is the person's line on the roll, if there is one; `motion` brings its nomination."""
    return first_no(
        Verdict(
            user.has_role(Role.COUNCIL_MEMBER) and entry is not None,
            _("Only members who were on the council when the vote was opened may vote."),
        ),
        Verdict(
            entry is not None and not entry.is_barred and motion.nomination.unit_id not in user.own_units,
            _("Nobody votes on the own unit."),
        ),
        Verdict(not has_voted, _("Your vote is recorded already."), Conflict),
        vote_is_open(motion),
    )


def vote_is_open(motion: Motion) -> Verdict:
    if motion.is_closed:
        sentence = _("The vote was closed at {time:%H:%M:%S %d/%m/%Y}.")
        return Verdict(False, sentence.format(time=localtime(motion.closed_at)), WrongState)
    return Verdict(motion.state == MotionState.OPEN, _("The vote is not open."), WrongState)


def can_close(user: User, motion: Motion, *, cast: int) -> Verdict:
    """`cast` is the number of ballots. Too few for the quorum is an outcome; none at all is no vote."""
    return first_no(
        can_run_council(user),
        vote_is_open(motion),
        Verdict(cast > 0, _("Nobody has voted yet; there is nothing to count."), WrongState),
    )
