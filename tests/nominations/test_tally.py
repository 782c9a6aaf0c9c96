"""Quorum, threshold, outcome: against an independent reckoning, and at the edges."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nominations.tally import Base, Result, Rules, Votes, count

TWO_THIRDS, HALF = Fraction(2, 3), Fraction(50)


def rules(quorum=TWO_THIRDS, percent=HALF, must_exceed=True, base=Base.BALLOTS) -> Rules:
    return Rules(quorum, Fraction(percent), must_exceed, base)


def votes(members=15, in_favour=0, against=0, abstained=0, present=15, recused=0, **more) -> Votes:
    return Votes(members, present, recused, more.pop("recused_present", recused), in_favour, against, abstained, **more)


@st.composite
def some_rules(draw) -> Rules:
    whole = draw(st.integers(1, 12))
    percent = draw(st.just(HALF) | st.integers(1, 9999).map(lambda n: Fraction(n, 100)))
    must_exceed, base = draw(st.booleans()), draw(st.sampled_from(Base))
    leave, breaks = draw(st.booleans()), draw(st.booleans())
    return Rules(Fraction(draw(st.integers(1, whole)), whole), percent, must_exceed, base, leave, breaks)


@st.composite
def some_votes(draw) -> Votes:
    members = draw(st.integers(1, 40))
    present = draw(st.integers(0, members))
    recused_present = draw(st.integers(0, present))
    recused = recused_present + draw(st.integers(0, members - present))
    may_vote = present - recused_present
    in_favour = draw(st.integers(0, may_vote))
    against = draw(st.integers(0, may_vote - in_favour))
    abstained = draw(st.integers(0, may_vote - in_favour - against))
    chair = draw(st.sampled_from([None, True, False]))
    return Votes(members, present, recused, recused_present, in_favour, against, abstained, chair)


def reckoned_otherwise(rules: Rules, votes: Votes) -> Result:
    """By cross multiplication of whole numbers, with no rounding and no «needed» ballots."""
    cast = votes.in_favour + votes.against + votes.abstained
    share = rules.quorum_share
    if (cast + votes.recused_present) * share.denominator < share.numerator * votes.members:
        return Result.NO_QUORUM
    bases = {
        Base.BALLOTS: cast,
        Base.PRESENT: votes.present - votes.recused_present * rules.recused_leave_base,
        Base.ALL_MEMBERS: votes.members - votes.recused * rules.recused_leave_base,
    }
    base = bases[rules.base]
    left = votes.in_favour * 100 * rules.threshold_percent.denominator
    right = rules.threshold_percent.numerator * base
    carried = left > right if rules.must_exceed else left >= right
    is_tie = votes.in_favour > 0 and votes.in_favour * 2 == base and left == right
    if is_tie and rules.must_exceed and rules.chair_breaks_tie and votes.chair_in_favour:
        carried = True
    carried = carried and base > 0
    return Result.CARRIED if carried else Result.NOT_CARRIED


CASES, SEED = 10_000, 3_2026


def a_case(chance: Random) -> tuple[Rules, Votes]:
    """Rules and a vote drawn so that edges are common: the majorities in use, whole rolls, ties, shares reached exactly."""
    members = chance.randint(1, 24)
    present = chance.choice([members, chance.randint(0, members)])
    recused_present = min(present, chance.choice([0, 0, 1, chance.randint(0, present)]))
    recused = recused_present + chance.choice([0, chance.randint(0, members - present)])
    left = present - recused_present
    in_favour = chance.randint(0, left)
    against = chance.choice([min(in_favour, left - in_favour), chance.randint(0, left - in_favour)])
    abstained = chance.choice([0, 0, left - in_favour - against, chance.randint(0, left - in_favour - against)])
    whole = chance.choice([2, 3, chance.randint(1, 12)])
    percent = chance.choice([HALF, HALF, HALF, Fraction(80), Fraction(chance.randint(1, 9999), 100)])
    settings = (chance.random() < 0.5, chance.choice(list(Base)), chance.random() < 0.5, chance.random() < 0.5)
    quorum = Fraction(chance.randint(1, whole), whole)
    chair = chance.choice([None, True, False])
    vote = Votes(members, present, recused, recused_present, in_favour, against, abstained, chair)
    return Rules(quorum, percent, *settings), vote


def test_ten_thousand_votes_come_out_as_an_independent_reckoning_says():
    chance = Random(SEED)
    cases = [a_case(chance) for _ in range(CASES)]

    differing = [case for case in cases if count(*case).result != reckoned_otherwise(*case)]

    assert differing == []
    met = Counter(count(*case).result for case in cases)
    ties = sum("tie" in {clause.code for clause in count(*case).clauses} for case in cases)
    assert min(met[result] for result in Result) > CASES / 10
    assert ties > CASES / 100


@given(some_rules(), some_votes())
def test_the_outcome_is_that_of_an_independent_reckoning(rules, votes):
    assert count(rules, votes).result == reckoned_otherwise(rules, votes)


@given(some_rules(), some_votes())
def test_one_more_in_favour_never_turns_a_carried_motion(rules, votes):
    if count(rules, votes).result != Result.CARRIED or votes.cast == votes.present - votes.recused_present:
        return

    more = replace(votes, in_favour=votes.in_favour + 1)

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
        # Of the members present, an absent one does not count; one who casts no ballot does.
        ({"percent": 80, "must_exceed": False, "base": Base.PRESENT}, {"in_favour": 11, "present": 13}, Result.CARRIED),
        (
            {"percent": 90, "must_exceed": False, "base": Base.PRESENT},
            {"in_favour": 11, "present": 13},
            Result.NOT_CARRIED,
        ),
        ({"quorum": Fraction(1, 2)}, {"in_favour": 7}, Result.NO_QUORUM),
        ({"quorum": Fraction(1, 2)}, {"in_favour": 8}, Result.CARRIED),
        ({}, {}, Result.NO_QUORUM),
    ],
)
def test_edges(changes, given, expected):
    assert count(rules(**changes), votes(**given)).result == expected


@pytest.mark.parametrize(
    ("breaks", "chair", "expected"),
    [
        (True, True, Result.CARRIED),
        (True, False, Result.NOT_CARRIED),
        (True, None, Result.NOT_CARRIED),
        (False, True, Result.NOT_CARRIED),
    ],
)
def test_a_tie_is_decided_by_the_side_of_the_chair_where_the_rules_say_so(breaks, chair, expected):
    tied = votes(in_favour=6, against=6, chair_in_favour=chair)

    assert count(replace(rules(), chair_breaks_tie=breaks), tied).result == expected


@pytest.mark.parametrize(("leave", "expected"), [(True, Result.CARRIED), (False, Result.NOT_CARRIED)])
def test_who_takes_no_part_is_in_the_base_or_not(leave, expected):
    """7 of the 12 who take part, or of all 15."""
    seven = votes(in_favour=7, against=5, recused=3)

    assert count(replace(rules(base=Base.ALL_MEMBERS), recused_leave_base=leave), seven).result == expected


def test_figures_of_a_count():
    counted = count(rules(), votes(in_favour=11, against=1, recused=1))

    assert (counted.quorum, counted.base, counted.needed, counted.share) == (10, 12, 7, Fraction(11, 12))
    assert [(clause.code, clause.is_met) for clause in counted.clauses] == [
        ("quorum", True),
        ("threshold", True),
        ("base", True),
        ("recused", True),
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
    "given", [{"members": 0}, {"in_favour": -1}, {"in_favour": 16}, {"in_favour": 15, "recused": 1}]
)
def test_votes_that_cannot_be_are_refused(given):
    with pytest.raises(ValueError, match="members|negative"):
        votes(**given)
