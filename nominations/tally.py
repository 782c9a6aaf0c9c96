"""Quorum, threshold, outcome of an open vote. PURE: standard library, values in, values out.

No percentage for a provincial certificate of merit was found in the law, so every number here is a setting of the
council, frozen when a motion is opened. Exact fractions: two thirds of 15 are 10, never 9.999.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor


class Base(StrEnum):
    """What the threshold is a share of."""

    ALL_MEMBERS = "all_members"
    PRESENT = "present"
    BALLOTS = "ballots"


class Result(StrEnum):
    CARRIED = "carried"
    NOT_CARRIED = "not_carried"
    NO_QUORUM = "no_quorum"


@dataclass(frozen=True)
class Rules:
    """`quorum_share` 0-1 of all members, `threshold_percent` 0-100 of the base, to be exceeded or only reached.

    `recused_leave_base`: who takes no part is not counted in a base of members. `chair_breaks_tie`: as many in favour
    as not, and a majority asked for, is decided by the side of the chair.
    """

    quorum_share: Fraction
    threshold_percent: Fraction
    must_exceed: bool
    base: Base
    recused_leave_base: bool = False
    chair_breaks_tie: bool = False

    def __post_init__(self):
        if not 0 < self.quorum_share <= 1:
            raise ValueError("The quorum is a share above 0 and up to 1.")
        if not 0 < self.threshold_percent <= 100 or (self.must_exceed and self.threshold_percent == 100):
            raise ValueError("The threshold must be a percentage that can be met.")


@dataclass(frozen=True)
class Votes:
    """Ballots cast, and the roll when voting opened.

    `recused` members (own unit, or by own word) cast no ballot; `recused_present` of them are at the meeting.
    `chair_in_favour` is `None` while the chair has not voted for or against.
    """

    members: int
    present: int
    recused: int
    recused_present: int
    in_favour: int
    against: int
    abstained: int
    chair_in_favour: bool | None = None

    def __post_init__(self):
        counts = (self.recused, self.recused_present, self.in_favour, self.against, self.abstained)
        if min(self.members - 1, *counts) < 0:
            raise ValueError("A roll has members and counts are not negative.")
        if self.present > self.members or self.recused > self.members:
            raise ValueError("More members present or recused than there are members.")
        if self.recused_present > min(self.recused, self.present):
            raise ValueError("More recused members present than members present or recused.")
        if self.cast > self.present - self.recused_present:
            raise ValueError("More ballots than members present who may vote.")

    @property
    def cast(self) -> int:
        return self.in_favour + self.against + self.abstained

    @property
    def taking_part(self) -> int:
        """Members who count for the quorum: ballots, and members present who take no part in this one vote."""
        return self.cast + self.recused_present


@dataclass(frozen=True)
class Clause:
    """One reason for the outcome: which rule, whether it is met, and its figures. The page makes a sentence of it."""

    code: str
    is_met: bool
    figures: dict[str, int | Fraction]


@dataclass(frozen=True)
class Tally:
    """The outcome. `quorum` and `needed` are whole ballots; `share` is ballots for ÷ base, `None` without a base."""

    result: Result
    quorum: int
    base: int
    needed: int
    share: Fraction | None
    clauses: tuple[Clause, ...]


def count(rules: Rules, votes: Votes) -> Tally:
    """Whether the motion is carried. An abstention is a ballot: it counts towards quorum and base, not in favour."""
    quorum = quorum_of(rules, votes.members)
    base = base_of(rules, votes)
    bar = rules.threshold_percent / 100 * base
    needed = floor(bar) + 1 if rules.must_exceed else ceil(bar)
    has_quorum = votes.taking_part >= quorum
    is_tie = rules.chair_breaks_tie and rules.must_exceed and 0 < votes.in_favour == bar == Fraction(base, 2)
    has_majority = base > 0 and (votes.in_favour >= needed or (is_tie and votes.chair_in_favour is True))
    clauses = [
        Clause("quorum", has_quorum, {"taking_part": votes.taking_part, "quorum": quorum, "members": votes.members}),
        Clause(
            "threshold",
            has_majority,
            {"in_favour": votes.in_favour, "needed": needed, "percent": rules.threshold_percent},
        ),
        Clause("base", True, {"base": base, "abstained": votes.abstained}),
        Clause("recused", True, {"recused": votes.recused}),
    ]
    if is_tie:
        clauses.insert(2, Clause("tie", votes.chair_in_favour is True, {"in_favour": votes.in_favour, "base": base}))
    return Tally(
        result=_result(has_quorum, has_majority),
        quorum=quorum,
        base=base,
        needed=needed,
        share=Fraction(votes.in_favour, base) if base else None,
        clauses=tuple(clauses),
    )


def quorum_of(rules: Rules, members: int) -> int:
    """The fewest members that must take part: whole members, rounded up."""
    return ceil(rules.quorum_share * members)


def base_of(rules: Rules, votes: Votes) -> int:
    """What the threshold is a share of, in members or ballots."""
    if rules.base == Base.BALLOTS:
        return votes.cast
    if rules.base == Base.PRESENT:
        return votes.present - (votes.recused_present if rules.recused_leave_base else 0)
    return votes.members - (votes.recused if rules.recused_leave_base else 0)


def _result(has_quorum: bool, has_majority: bool) -> Result:
    if not has_quorum:
        return Result.NO_QUORUM
    return Result.CARRIED if has_majority else Result.NOT_CARRIED
