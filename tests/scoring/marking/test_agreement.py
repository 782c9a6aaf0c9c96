"""Agreement against figures worked by hand, and what keeps quiet about too few marks."""

from decimal import Decimal
from fractions import Fraction
from random import Random

from scoring.marking.agreement import FEWEST, Pair, agreement, kappa
from scoring.marking.drawing import Line, markers_of, sample


def pairs(*marks: tuple) -> list[Pair]:
    return [Pair(*(None if mark is None else Fraction(mark, 3) for mark in both)) for both in marks]


def test_linear_kappa_of_a_table_worked_by_hand():
    """Rows first mark 0..2, columns second: 20 5 0 / 5 10 5 / 0 5 50, margins 25 20 55. Seen: 20 gaps of one in 100 pairs.
    By chance: (25·20 + 25·55·2 + 20·55) twice = 8,700 in 10,000."""
    table = {(0, 0): 20, (0, 1): 5, (1, 0): 5, (1, 1): 10, (1, 2): 5, (2, 1): 5, (2, 2): 50}
    every = pairs(*[both for both, count in table.items() for _ in range(count)])
    first, second = {0: 25, 1: 20, 2: 55}, {0: 25, 1: 20, 2: 55}
    by_chance = sum(first[a] * second[b] * abs(a - b) for a in first for b in second)
    assert by_chance == 2 * (25 * 20 + 25 * 55 * 2 + 20 * 55)
    assert kappa(every) == 1 - Fraction(100 * 20, by_chance) == 1 - Fraction(2000, 8700)


def test_what_is_said_of_ten_lines():
    """Eight alike, one a third apart, one not applicable for the second only."""
    found = agreement(pairs(*[(3, 3)] * 4, *[(0, 0)] * 4, (3, 2), (3, None)))
    assert (found.pairs, found.alike) == (10, 8)
    assert found.mean_gap == (Fraction(1, 3) + 1) / 10
    assert found.lean == Fraction(-1, 3) / 9
    shown = (found.mean_gap_percent, found.lean_percent, found.alike_percent)
    assert shown == (Decimal("13.3"), Decimal("-3.7"), 80)


def test_nothing_is_said_of_too_few_lines():
    found = agreement(pairs(*[(3, 0)] * (FEWEST - 1)))
    assert (found.pairs, found.mean_gap, found.lean, found.kappa) == (FEWEST - 1, None, None, None)
    assert agreement(pairs(*[(3, 0)] * FEWEST)).mean_gap == 1


def test_of_the_same_marks_everywhere_chance_says_as_much():
    assert agreement(pairs(*[(2, 2)] * 12)).kappa is None


def lines(units: int = 20, criteria: int = 3, first: str = "") -> list[Line]:
    return [
        Line(100 * unit + what, unit, f"U{unit:02}", f"C{what}", first)
        for unit in range(units)
        for what in range(criteria)
    ]


def test_the_same_seed_draws_the_same_lines_in_any_order_and_every_criterion_has_one():
    drawn = sample(lines(), share_percent=10, seed=7)
    mixed = lines()
    Random(1).shuffle(mixed)
    assert sample(mixed, share_percent=10, seed=7) == drawn
    assert sample(lines(), share_percent=10, seed=8) != drawn
    assert [line.criterion for line in drawn].count("C1") == 2
    assert {line.criterion for line in sample(lines(), share_percent=1, seed=7)} == {"C0", "C1", "C2"}


def test_the_second_marker_is_never_the_first_nor_has_a_conflict_and_loads_are_even():
    drawn = lines(first="an")
    who = markers_of(drawn, {"an": {}, "binh": {0: "own unit"}, "chi": {}}, seed=3)
    assert set(who.values()) == {"binh", "chi"}
    assert all(who[line.answer] == "chi" for line in drawn if line.unit == 0)
    assert abs(list(who.values()).count("binh") - list(who.values()).count("chi")) <= 1


def test_of_shared_lines_somebody_else_stays_who_marks_first():
    drawn = lines(units=1)
    assert set(markers_of(drawn, {"an": {}}, seed=1).values()) == {""}
    assert set(markers_of(drawn, {"an": {}, "binh": {0: "own unit"}}, seed=1).values()) == {""}
    assert set(markers_of(drawn, {"an": {}, "binh": {}}, seed=1).values()) <= {"an", "binh"}
