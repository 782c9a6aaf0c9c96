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
    BALLOTS = "ballots"


class Result(StrEnum):
    CARRIED = "carried"
    NOT_CARRIED = "not_carried"
    NO_QUORUM = "no_quorum"


@dataclass(frozen=True)
class Rules:
    """`quorum_share` 0-1 of all members, `threshold_percent` 0-100 of the base, to be exceeded or only reached."""

    quorum_share: Fraction
    threshold_percent: Fraction
    must_exceed: bool
    base: Base

    def __post_init__(self):
        if not 0 < self.quorum_share <= 1:
            raise ValueError("The quorum is a share above 0 and up to 1.")
        if not 0 < self.threshold_percent <= 100 or (self.must_exceed and self.threshold_percent == 100):
            raise ValueError("The threshold must be a percentage that can be met.")


@dataclass(frozen=True)
class Votes:
    """Ballots cast, and the roll when voting opened. `barred` members (own unit) stand on the roll but cast no ballot."""

    members: int
    barred: int
    in_favour: int
    against: int
    abstained: int

    def __post_init__(self):
        if min(self.members - 1, self.barred, self.in_favour, self.against, self.abstained) < 0:
            raise ValueError("A roll has members and counts are not negative.")
        if self.cast > self.members - self.barred:
            raise ValueError("More ballots than members who may vote.")

    @property
    def cast(self) -> int:
        return self.in_favour + self.against + self.abstained


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
    quorum = ceil(rules.quorum_share * votes.members)
    base = votes.members if rules.base == Base.ALL_MEMBERS else votes.cast
    bar = rules.threshold_percent / 100 * base
    needed = floor(bar) + 1 if rules.must_exceed else ceil(bar)
    has_quorum = votes.cast >= quorum
    has_majority = base > 0 and votes.in_favour >= needed
    clauses = (
        Clause("quorum", has_quorum, {"cast": votes.cast, "quorum": quorum, "members": votes.members}),
        Clause(
            "threshold",
            has_majority,
            {"in_favour": votes.in_favour, "needed": needed, "percent": rules.threshold_percent},
        ),
        Clause("base", True, {"base": base, "abstained": votes.abstained}),
        Clause("barred", True, {"barred": votes.barred}),
    )
    return Tally(
        result=_result(has_quorum, has_majority),
        quorum=quorum,
        base=base,
        needed=needed,
        share=Fraction(votes.in_favour, base) if base else None,
        clauses=clauses,
    )


def _result(has_quorum: bool, has_majority: bool) -> Result:
    if not has_quorum:
        return Result.NO_QUORUM
    return Result.CARRIED if has_majority else Result.NOT_CARRIED
