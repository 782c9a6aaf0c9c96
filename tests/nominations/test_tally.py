"""Quorum, threshold, outcome: against an independent reckoning, and at the edges."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nominations.tally import Base, Result, Rules, Votes, count

TWO_THIRDS, HALF = Fraction(2, 3), Fraction(50)


def rules(quorum=TWO_THIRDS, percent=HALF, must_exceed=True, base=Base.BALLOTS) -> Rules:
    return Rules(quorum, Fraction(percent), must_exceed, base)


def votes(members=15, in_favour=0, against=0, abstained=0, barred=0) -> Votes:
    return Votes(members, barred, in_favour, against, abstained)


@st.composite
def some_rules(draw) -> Rules:
    whole = draw(st.integers(1, 12))
    percent = Fraction(draw(st.integers(1, 9999)), 100)
    must_exceed, base = draw(st.booleans()), draw(st.sampled_from(Base))
    return Rules(Fraction(draw(st.integers(1, whole)), whole), percent, must_exceed, base)


@st.composite
def some_votes(draw) -> Votes:
    members = draw(st.integers(1, 40))
    barred = draw(st.integers(0, members))
    in_favour = draw(st.integers(0, members - barred))
    against = draw(st.integers(0, members - barred - in_favour))
    abstained = draw(st.integers(0, members - barred - in_favour - against))
    return Votes(members, barred, in_favour, against, abstained)


def reckoned_otherwise(rules: Rules, votes: Votes) -> Result:
    """By cross multiplication of whole numbers, with no rounding and no «needed» ballots."""
    cast = votes.in_favour + votes.against + votes.abstained
    share = rules.quorum_share
    if cast * share.denominator < share.numerator * votes.members:
        return Result.NO_QUORUM
    base = votes.members if rules.base == Base.ALL_MEMBERS else cast
    left = votes.in_favour * 100 * rules.threshold_percent.denominator
    right = rules.threshold_percent.numerator * base
    carried = left > right if rules.must_exceed else left >= right
    return Result.CARRIED if carried else Result.NOT_CARRIED


@given(some_rules(), some_votes())
def test_the_outcome_is_that_of_an_independent_reckoning(rules, votes):
    assert count(rules, votes).result == reckoned_otherwise(rules, votes)


@given(some_rules(), some_votes())
def test_one_more_in_favour_never_turns_a_carried_motion(rules, votes):
    if count(rules, votes).result != Result.CARRIED or votes.cast == votes.members - votes.barred:
        return

    more = Votes(votes.members, votes.barred, votes.in_favour + 1, votes.against, votes.abstained)

    assert count(rules, more).result == Result.CARRIED


@given(some_rules(), some_votes())
def test_the_clauses_say_what_the_outcome_says(rules, votes):
    counted = count(rules, votes)

    met = {clause.code: clause.is_met for clause in counted.clauses}
    assert (counted.result == Result.CARRIED) == (met["quorum"] and met["threshold"])
    assert (counted.result == Result.NO_QUORUM) == (not met["quorum"])


@pytest.mark.parametrize(
    ("changes", "given", "expected"),
    [
        # Two thirds of 15 are 10, exactly.
        ({}, {"in_favour": 9}, Result.NO_QUORUM),
        ({}, {"in_favour": 10}, Result.CARRIED),
        # Exactly half is not more than half; one more is.
        ({}, {"in_favour": 6, "against": 6}, Result.NOT_CARRIED),
        ({}, {"in_favour": 7, "against": 6}, Result.CARRIED),
        # An abstention counts towards the base.
        ({}, {"in_favour": 6, "against": 5, "abstained": 1}, Result.NOT_CARRIED),
        # At least 80 %: 12 of 15 reach it, 11 do not.
        ({"percent": 80, "must_exceed": False}, {"in_favour": 12, "against": 3}, Result.CARRIED),
        ({"percent": 80, "must_exceed": False}, {"in_favour": 11, "against": 4}, Result.NOT_CARRIED),
        # Of all members, absent ones count against.
        ({"percent": 80, "must_exceed": False, "base": Base.ALL_MEMBERS}, {"in_favour": 11}, Result.NOT_CARRIED),
        ({"quorum": Fraction(1, 2)}, {"in_favour": 7}, Result.NO_QUORUM),
        ({"quorum": Fraction(1, 2)}, {"in_favour": 8}, Result.CARRIED),
        ({}, {}, Result.NO_QUORUM),
    ],
)
def test_edges(changes, given, expected):
    assert count(rules(**changes), votes(**given)).result == expected


def test_figures_of_a_count():
    counted = count(rules(), votes(in_favour=11, against=1, barred=1))

    assert (counted.quorum, counted.base, counted.needed, counted.share) == (10, 12, 7, Fraction(11, 12))
    assert [(clause.code, clause.is_met) for clause in counted.clauses] == [
        ("quorum", True),
        ("threshold", True),
        ("base", True),
        ("barred", True),
    ]


def test_without_a_ballot_there_is_no_share():
    assert count(rules(), votes()).share is None


@pytest.mark.parametrize(
    "changes",
    [
        {"quorum": Fraction(0)},
        {"quorum": Fraction(4, 3)},
        {"percent": 0},
        {"percent": 101},
        {"percent": 100, "must_exceed": True},
    ],
)
def test_rules_that_no_vote_can_meet_are_refused(changes):
    with pytest.raises(ValueError, match="The "):
        rules(**changes)


@pytest.mark.parametrize(
    "given", [{"members": 0}, {"in_favour": -1}, {"in_favour": 16}, {"in_favour": 15, "barred": 1}]
)
def test_votes_that_cannot_be_are_refused(given):
    with pytest.raises(ValueError, match="members|negative"):
        votes(**given)
