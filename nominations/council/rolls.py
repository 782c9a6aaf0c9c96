"""Who stands on the roll of a vote, who takes no part and why, who voted, and the count."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from accounts.models import RoleMembership, User
from core import clock
from nominations import tally
from nominations.council.selectors import seats_in_office
from nominations.enums import Choice, MotionState
from nominations.models import Ballot, Meeting, Motion, Recusal, RollEntry


def roll_today(motion: Motion) -> list[RollEntry]:
    """The roll, unsaved, as it would be fixed if the vote were opened now; `motion` brings meeting and nomination.

    Who belongs to the nominated unit stands on it and is barred; who is not at the meeting stands on it as absent.
    """
    seats = seats_in_office(motion.meeting.council)
    present = dict(motion.meeting.attendance.values_list("member", "is_present"))
    of_the_unit = RoleMembership.objects.in_force(clock.today()).filter(unit=motion.nomination.unit_id)
    barred = set(of_the_unit.filter(user__in=[seat.user_id for seat in seats]).values_list("user", flat=True))
    return [
        RollEntry(
            motion=motion,
            member=seat.user,
            is_chair=seat.is_chair,
            is_barred=seat.user_id in barred,
            is_present=present.get(seat.user_id, False),
        )
        for seat in seats
    ]


def voters_among(roll: Iterable[RollEntry], recused: Collection[int]) -> list[RollEntry]:
    """Who may vote: present, not of the nominated unit, and taking part."""
    return [entry for entry in roll if entry.is_present and not entry.is_barred and entry.member_id not in recused]


@dataclass(frozen=True)
class RollLine:
    """A member on the roll. `ballot` is `None` while there is none, or for who may not see ballots."""

    entry: RollEntry
    recusal: Recusal | None
    has_voted: bool
    ballot: Ballot | None

    @property
    def takes_part(self) -> bool:
        return not self.entry.is_barred and self.recusal is None


def roll_of(motion: Motion, *, with_ballots: bool) -> list[RollLine]:
    """The roll with what each member did; before the vote is opened, the roll as it would be today."""
    is_prepared = motion.state == MotionState.PREPARED
    roll = roll_today(motion) if is_prepared else motion.roll.select_related("member")
    recusals = {recusal.member_id: recusal for recusal in motion.recusals.all()}
    ballots = {ballot.member_id: ballot for ballot in motion.ballots.all()}
    return [
        RollLine(
            entry,
            recusals.get(entry.member_id),
            entry.member_id in ballots,
            ballots.get(entry.member_id) if with_ballots else None,
        )
        for entry in roll
    ]


def own_line(user: User, lines: list[RollLine]) -> RollLine | None:
    return next((line for line in lines if line.entry.member_id == user.pk), None)


def line_of(motion: Motion, user: User) -> RollLine | None:
    """The person's own line on the roll."""
    return own_line(user, roll_of(motion, with_ballots=False))


def votes_on(motion: Motion) -> tally.Votes:
    """The ballots so far, beside the roll: three queries. The vote is open or closed."""
    roll = list(motion.roll.all())
    by_own_word = set(motion.recusals.values_list("member", flat=True))
    recused = [entry for entry in roll if entry.is_barred or entry.member_id in by_own_word]
    choices = dict(motion.ballots.values_list("member", "choice"))
    cast = Counter(choices.values())
    chair = next((entry.member_id for entry in roll if entry.is_chair), None)
    return tally.Votes(
        members=len(roll),
        present=sum(entry.is_present for entry in roll),
        recused=len(recused),
        recused_present=sum(entry.is_present for entry in recused),
        in_favour=cast[Choice.FOR],
        against=cast[Choice.AGAINST],
        abstained=cast[Choice.ABSTAIN],
        chair_in_favour={Choice.FOR: True, Choice.AGAINST: False}.get(choices.get(chair)),
    )


def recused_in(meeting: Meeting) -> dict[int, list[str]]:
    """By motion, the names of who takes no part in it, of the nominated unit or by own word: two queries."""
    barred = RollEntry.objects.filter(motion__meeting=meeting, is_barred=True)
    by_own_word = Recusal.objects.filter(motion__meeting=meeting)
    names: dict[int, list[str]] = defaultdict(list)
    for rows in (barred, by_own_word):
        for motion, name in rows.values_list("motion", "member__full_name"):
            names[motion].append(name)
    return names
