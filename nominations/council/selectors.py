"""Reads of the council's pages."""

from collections import Counter
from dataclasses import dataclass

from accounts.models import User
from nominations import tally
from nominations.enums import Choice
from nominations.models import Ballot, Motion, RollEntry


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
