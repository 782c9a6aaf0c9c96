"""Reads of the council's pages."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from accounts.enums import Role
from accounts.models import RoleMembership, User
from core import clock
from nominations import tally
from nominations.enums import CLOSED, Choice, NominationState
from nominations.models import Ballot, Council, Meeting, Motion, Nomination, RollEntry


def votes_on(motion: Motion) -> tally.Votes:
    """The ballots so far, beside the roll: two queries."""
    roll = list(motion.roll.values_list("is_barred", flat=True))
    cast = Counter(motion.ballots.values_list("choice", flat=True))
    return tally.Votes(
        members=len(roll),
        barred=sum(roll),
        in_favour=cast[Choice.FOR],
        against=cast[Choice.AGAINST],
        abstained=cast[Choice.ABSTAIN],
    )


@dataclass(frozen=True)
class RollLine:
    """A member beside the ballot. `ballot` is `None` while there is none, or for who may not see ballots."""

    entry: RollEntry
    has_voted: bool
    ballot: Ballot | None


def roll_of(motion: Motion, *, with_ballots: bool) -> list[RollLine]:
    ballots = {ballot.member_id: ballot for ballot in motion.ballots.all()}
    return [
        RollLine(entry, entry.member_id in ballots, ballots.get(entry.member_id) if with_ballots else None)
        for entry in motion.roll.select_related("member")
    ]


def own_line(user: User, lines: list[RollLine]) -> RollLine | None:
    return next((line for line in lines if line.entry.member_id == user.pk), None)


def candidates() -> QuerySet[User]:
    """Who may sit on a council: people with the role today."""
    seated = RoleMembership.objects.in_force(clock.today()).filter(role=Role.COUNCIL_MEMBER)
    return User.objects.filter(pk__in=seated.values("user"), is_active=True)


def meetings_with_counts(council: Council | None) -> QuerySet[Meeting]:
    is_closed = Q(motions__state__in=CLOSED)
    return Meeting.objects.filter(council=council).annotate(
        motion_count=Count("motions"), closed_count=Count("motions", filter=is_closed)
    )


def ready_for_vote() -> QuerySet[Nomination]:
    """Complete dossiers that no council has before it."""
    return Nomination.objects.in_state(NominationState.COMPLETE).select_related("unit", "cycle")


def agenda_of(meeting: Meeting) -> list[Motion]:
    """The motions in their order, each with its number of ballots."""
    motions = meeting.motions.select_related("nomination").annotate(cast=Count("ballots")).order_by("number")
    return list(motions)
