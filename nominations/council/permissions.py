"""Who calls meetings, votes and closes. Nobody votes on the own unit."""

from collections.abc import Iterable
from datetime import date

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from core.errors import Conflict, NotFound, WrongState
from core.verdict import YES, Verdict, first_no
from nominations.council.rolls import RollLine
from nominations.council.selectors import Sitting
from nominations.enums import MotionState, NominationState
from nominations.models import Council, Meeting, Motion, Nomination
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


def council_is_in_office(in_office: bool) -> Verdict:
    return Verdict(in_office, _("Another council has been set up since; call a meeting of that one."), WrongState)


def can_put_on_agenda(
    user: User, nominations: Iterable[Nomination], meeting: Meeting, today: date, *, council_in_office: bool
) -> Verdict:
    """Before the day of the meeting and on it; each nomination must be eligible."""
    other = next((one for one in nominations if one.state != NominationState.ELIGIBLE), None)
    return first_no(
        can_run_council(user),
        council_is_in_office(council_in_office),
        Verdict(
            today <= meeting.held_on,
            _("The meeting was on {date:%d/%m/%Y}; call another one.").format(date=meeting.held_on),
            WrongState,
        ),
        YES if other is None else Verdict(False, _only_eligible(other), WrongState),
    )


def _only_eligible(nomination: Nomination) -> str:
    return _("Only an eligible nomination is put on the agenda; {name} is “{state}”.").format(
        name=nomination.recipient_name, state=nomination.get_state_display()
    )


def can_take_off_agenda(user: User, motion: Motion) -> Verdict:
    return first_no(
        can_run_council(user),
        Verdict(
            motion.state == MotionState.PREPARED,
            _("The vote was opened; the motion stays on the agenda."),
            WrongState,
        ),
    )


def meeting_is_on(meeting: Meeting, today: date) -> Verdict:
    return Verdict(
        meeting.held_on <= today,
        _("The meeting is on {date:%d/%m/%Y}; attendance is recorded and votes are opened from that day on.").format(
            date=meeting.held_on
        ),
        WrongState,
    )


def can_record_attendance(user: User, meeting: Meeting, sitting: Sitting, today: date) -> Verdict:
    return first_no(
        can_run_council(user),
        council_is_in_office(sitting.council_in_office),
        meeting_is_on(meeting, today),
        Verdict(
            not sitting.has_begun, _("A vote has been opened; attendance stays as it was recorded then."), WrongState
        ),
    )


def can_open_motion(user: User, motion: Motion, sitting: Sitting, today: date, *, voters: int) -> Verdict:
    """`voters` is how many members are present and take part in this vote; `motion` brings its meeting."""
    return first_no(
        can_run_council(user),
        Verdict(motion.state == MotionState.PREPARED, _("The vote was opened already."), WrongState),
        council_is_in_office(sitting.council_in_office),
        meeting_is_on(motion.meeting, today),
        quorum_is_there(sitting),
        Verdict(voters > 0, _("No member who is present may vote on this nomination."), WrongState),
    )


def quorum_is_there(sitting: Sitting) -> Verdict:
    if not sitting.is_recorded:
        return Verdict(False, _("Record first which members are present."), WrongState)
    sentence = _("{present} of {members} members are present; a vote is opened with at least {quorum}.")
    counts = {"present": sitting.present, "members": sitting.members, "quorum": sitting.quorum}
    return Verdict(sitting.has_quorum, sentence.format(**counts), WrongState)


def can_recuse(user: User, motion: Motion, line: RollLine | None) -> Verdict:
    """`line` is the person's own on the roll, or on the roll as it would be today."""
    if not user.has_role(Role.COUNCIL_MEMBER) or line is None:
        return Verdict(False, _("Only a member of this council may declare to take no part."))
    return first_no(
        vote_is_not_closed(motion),
        Verdict(not line.entry.is_barred, _("You belong to the nominated unit and do not vote as it is."), WrongState),
        Verdict(line.recusal is None, _("It is recorded already that you take no part."), Conflict),
        Verdict(not line.has_voted, _("You have voted; a vote is not taken back."), WrongState),
    )


def can_vote(user: User, motion: Motion, line: RollLine | None) -> Verdict:
    """`line` is the person's own on the roll, if there is one; `motion` brings its nomination."""
    if not user.has_role(Role.COUNCIL_MEMBER) or line is None:
        return Verdict(False, _("Only members who were on the council when the vote was opened may vote."))
    if motion.state == MotionState.PREPARED:
        return vote_is_open(motion)
    own_unit = line.entry.is_barred or motion.nomination.unit_id in user.own_units
    return first_no(
        Verdict(not own_unit, _("Nobody votes on the own unit.")),
        Verdict(line.recusal is None, _("You declared to take no part in this vote.")),
        Verdict(line.entry.is_present, _("You are recorded as absent from this meeting; only members present vote.")),
        Verdict(not line.has_voted, _("Your vote is recorded already."), Conflict),
        vote_is_open(motion),
    )


def vote_is_not_closed(motion: Motion) -> Verdict:
    if not motion.is_closed:
        return YES
    sentence = _("The vote was closed at {time:%H:%M:%S %d/%m/%Y}.")
    return Verdict(False, sentence.format(time=localtime(motion.closed_at)), WrongState)


def vote_is_open(motion: Motion) -> Verdict:
    return first_no(
        vote_is_not_closed(motion),
        Verdict(motion.state == MotionState.OPEN, _("The vote is not open yet."), WrongState),
    )


def can_close(user: User, motion: Motion, *, cast: int) -> Verdict:
    """`cast` is the number of ballots. Too few for the quorum is an outcome; none at all is no vote."""
    return first_no(
        can_run_council(user),
        vote_is_open(motion),
        Verdict(cast > 0, _("Nobody has voted yet; there is nothing to count."), WrongState),
    )
