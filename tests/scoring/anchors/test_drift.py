"""The statistic alone: what it finds and when, how often it is wrong, and what it does not mistake for a drift.

`DRIFT_RUNS` sets the number of simulated appraisers (1000 take four minutes); with few of them the shares are held to within
two standard errors.
"""

import os
from decimal import Decimal
from fractions import Fraction
from math import sqrt
from random import Random

import pytest

from scoring.anchors.drift import (
    BesidePeers,
    Mark,
    Tendency,
    beside_anchors,
    beside_peers,
    last_files,
)

RUNS = int(os.environ.get("DRIFT_RUNS", "30"))
FILES, WITHIN, COLLEAGUES = 96, 30, 3
HALF_A_POINT, MOST = Decimal("0.5"), Decimal(5)


def some_are_cut(draw: Random) -> Decimal:
    """In quarters of a point on a scale of 5: half of the claims stand, the others lose up to all of it."""
    return Decimal(0) if draw.random() < 0.5 else Decimal(round(abs(draw.gauss(0, 0.8)) * 4)) / 4


def all_are_judged(draw: Random) -> Decimal:
    """Every claim is cut, by about a point, and two people differ by half a point on the same answer."""
    return max(Decimal(round(draw.gauss(1, 0.5) * 4)) / 4, Decimal(0))


def mark(person, file, taken, criterion="A", most=MOST) -> Mark:
    return Mark(person, criterion, file, min(Decimal(taken), most), most)


def first_told(draw: Random, cut, *, begins: int | None, until: int) -> int | None:
    """The file after which a drift is told to somebody who looks after each one; colleagues mark as fast."""
    own, peers = [], []
    for file in range(until):
        drifts = begins is not None and file >= begins
        own.append(mark("own", file, cut(draw) + (HALF_A_POINT if drifts else 0)))
        peers += [mark(person, file, cut(draw)) for person in range(COLLEAGUES)]
        if (begins is None or drifts) and beside_peers(own, peers).tendency.is_drift:
            return file + 1
    return None


def slack(share: float) -> float:
    return 0 if RUNS >= 400 else 2 * sqrt(share * (1 - share) * RUNS)


def is_mostly_told(count: int) -> bool:
    return count >= 0.9 * RUNS - slack(0.9)


def is_hardly_told(count: int) -> bool:
    return count < 0.05 * RUNS + slack(0.05)


class TestInjected:
    @pytest.mark.parametrize("cut", [some_are_cut, all_are_judged])
    @pytest.mark.parametrize("begins", [0, 40])
    def test_half_a_point_of_five_is_told_within_30_files(self, cut, begins):
        draw = Random(f"drift from {begins}")
        told = [first_told(draw, cut, begins=begins, until=begins + WITHIN) for _run in range(RUNS)]

        assert is_mostly_told(sum(one is not None for one in told))

    @pytest.mark.parametrize("cut", [some_are_cut, all_are_judged])
    def test_without_a_drift_hardly_anybody_is_named_over_96_files(self, cut):
        draw = Random("no drift")
        told = [first_told(draw, cut, begins=None, until=FILES) for _run in range(RUNS)]

        assert is_hardly_told(sum(one is not None for one in told))

    def test_units_that_claim_too_much_on_all_lines_are_no_drift_of_who_has_them(self):
        """Gone through unit by unit: the lines of a unit are as good as one."""
        named = sum(_by_unit(Random(f"units {run}")) for run in range(RUNS))

        assert is_hardly_told(named)

    def test_half_a_point_beside_reference_answers_is_told_within_30_and_nothing_without(self):
        draw, told = Random("anchors"), []
        for drift in (HALF_A_POINT, Decimal(0)):
            runs = [[Fraction(drift + _noise(draw)) / 5 for _mark in range(WITHIN)] for _run in range(RUNS)]
            told.append(sum(any(_told_after(gaps, n) for n in range(1, WITHIN + 1)) for gaps in runs))

        assert is_mostly_told(told[0])
        assert is_hardly_told(told[1])


def _by_unit(draw: Random, units: int = 40, lines: int = 8) -> bool:
    own, peers = [], []
    for unit in range(units):
        for person in ("own", *range(COLLEAGUES)):
            level = abs(draw.gauss(0, 0.7))
            taken = [max(Decimal(round(draw.gauss(level, 0.4) * 4)) / 4, Decimal(0)) for _line in range(lines)]
            given = [mark(person, (person, unit), cut, criterion) for criterion, cut in enumerate(taken)]
            (own if person == "own" else peers).extend(given)
    return beside_peers(own, peers).tendency.is_drift


def _noise(draw: Random) -> Decimal:
    return Decimal(round(draw.gauss(0, 0.4) * 4)) / 4


def _told_after(gaps: list[Fraction], n: int) -> bool:
    return beside_anchors(gaps[:n]).tendency.is_drift


class TestWhatIsTold:
    def test_too_few_on_either_side_tell_nothing_and_name_no_mean(self):
        own, peers = [mark("own", file, 3) for file in range(9)], [mark("x", file, 0) for file in range(9)]

        assert beside_peers(own, peers) == BesidePeers(9, 9, None, None, Tendency.TOO_FEW)
        assert beside_peers([*own, mark("own", 9, 3)], peers).tendency == Tendency.TOO_FEW
        assert beside_peers(own, [*peers, mark("x", 9, 0)]).tendency == Tendency.TOO_FEW
        assert beside_peers([*own, mark("own", 9, 3)], [*peers, mark("x", 9, 0)]).tendency == Tendency.STRICT

    def test_the_means_are_those_of_the_criteria_that_were_marked(self):
        """Colleagues are strict on B, where the person has one mark of eleven."""
        own = [mark("own", file, 1) for file in range(10)] + [mark("own", 10, 1, "B", Decimal(2))]
        peers = [mark("x", file, 1) for file in range(10)] + [mark("x", file, 2, "B", Decimal(2)) for file in range(90)]

        found = beside_peers(own, peers)

        assert found.own_share == (10 * Fraction(1, 5) + Fraction(1, 2)) / 11
        assert found.peers_share == (10 * Fraction(1, 5) + 1) / 11
        assert found.tendency == Tendency.EVEN

    def test_milder_is_told_as_milder(self):
        own, peers = [mark("own", file, 0) for file in range(20)], [mark("x", file, 1) for file in range(20)]

        assert beside_peers(own, peers).tendency == Tendency.MILD
        assert beside_anchors([Fraction(-1, 10)] * 12).tendency == Tendency.MILD

    def test_less_than_three_in_a_hundred_is_too_little_to_matter(self):
        """Every mark a hair above every colleague's: certain, and of no weight."""
        own = [mark("own", file, "1.1") for file in range(40)]

        assert beside_peers(own, [mark("x", file, 1) for file in range(40)]).tendency == Tendency.EVEN
        assert beside_anchors([Fraction(2, 100)] * 40).tendency == Tendency.EVEN

    def test_a_criterion_that_nobody_else_marked_is_not_compared(self):
        own = [mark("own", file, 5, "B") for file in range(40)]

        assert beside_peers(own, [mark("x", file, 0) for file in range(40)]).tendency == Tendency.TOO_FEW

    def test_a_file_is_a_run_of_lines_of_one_unit(self):
        marks = [mark("own", file, 0, criterion) for file in range(40) for criterion in "ABC"]

        assert last_files(marks) == marks[30:]
        assert last_files(sorted(marks, key=lambda one: one.criterion)) == [m for m in marks if m.criterion == "C"][10:]

    def test_no_reference_answer_is_no_gap_of_zero(self):
        assert beside_anchors([]).signed_share is None
        assert beside_anchors([Fraction(1, 10), Fraction(-1, 10)]).absolute_share == Fraction(1, 10)
        assert beside_anchors([Fraction(1, 2)] * 9).tendency == Tendency.TOO_FEW
