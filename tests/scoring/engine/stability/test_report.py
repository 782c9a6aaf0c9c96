"""The table, its shares that add up, the units without a rank, and the sentences."""

import csv
import io
import json
import sys
from decimal import Decimal
from fractions import Fraction

import pytest

from scoring.engine import load_set
from scoring.engine.stability import CAUSES, Options, study, unit_sentence, write_facts, write_study
from scoring.engine.stability.variance import shares_of
from tests.scoring.engine.builders import PROJECT, document, leaf, loaded, node, places_of

from .builders import random_results, studied, two_lines

COMMUNE = load_set((PROJECT / "data/criteria/dti-commune.json").read_bytes())


@pytest.fixture(scope="module")
def found():
    results, claimed = random_results(COMMUNE, units=20), random_results(COMMUNE, units=20, seed=6)
    gaps = {one.code: Fraction(1, 4) for one in COMMUNE.leaves}
    return study(COMMUNE, results, claimed=claimed, gaps=gaps, options=Options(draws=300))


def table(study) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(write_study(study).decode("utf-8"))))


def test_shares_of_grades_and_of_causes_add_up_to_exactly_one(found):
    rows = table(found)

    grades = [name for name in rows[0] if name.startswith("grade:")]
    assert grades == [*(f"grade:{grade.code}" for grade in COMMUNE.grades), "grade:"]
    for row in rows:
        assert sum(Decimal(row[name]) for name in grades) == 1
        assert sum(Decimal(row[f"share_{cause}"]) for cause in CAUSES) == 1
        assert all(len(row[name].partition(".")[2]) == 4 for name in grades)
        assert int(row["rank_p05"]) <= int(row["rank_median"]) <= int(row["rank_p95"])
    assert sum(found.shares.values()) == 1
    assert all(share > 0 for share in found.shares.values())


def test_printed_shares_add_up_where_thirds_do_not():
    assert shares_of([1, 1, 1]) == (Decimal("0.3333"), Decimal("0.3334"), Decimal("0.3333"))
    assert shares_of([0, 5, 0]) == (Decimal("0.0000"), Decimal("1.0000"), Decimal("0.0000"))
    assert shares_of([0, 0]) == ()


def test_rows_stand_as_in_the_results_with_the_published_rank(found):
    results = random_results(COMMUNE, units=20)

    assert [(row.unit, row.group, row.total, row.rank, row.grade) for row in found.rows] == [
        (row.unit, row.group, row.total, row.rank, row.grade) for row in results.rows
    ]


def test_variance_by_cause_is_that_of_the_points():
    """u: a claim 2 points away has variance 4/12; an error of ±1.5 gaps of one point 9/12, in both lines."""
    points, claimed = {"u": {"L1": "4", "L2": "5"}}, {"u": {"L1": "6", "L2": "5"}}
    gaps = {"L1": Decimal(1), "L2": Fraction(1)}

    row = studied(two_lines(), points, claimed=claimed, gaps=gaps, draws=20_000, spread=0).by_unit["u"]

    assert row.shares["weights"] == 0
    assert abs(row.shares["disputed"] - Decimal("0.1818")) < Decimal("0.01")


def test_units_without_a_rank_keep_their_row_and_nothing_is_drawn_for_them():
    points = {"u": {"L1": "4", "L2": "5"}, "w": {"L1": "4"}}

    found = studied(two_lines(missing="unranked"), points)

    assert write_study(found).decode().splitlines() == [
        "unit,group,total,rank,rank_p05,rank_median,rank_p95,cluster,not_told_apart,share_weights,share_disputed,"
        "share_gaps,grade:A,grade:B,grade:",
        "u,,9.00,1,1,1,1,1,,1.0000,0.0000,0.0000,0.0000,0.0000,1.0000",
        "w,,,,,,,,,,,,,,",
    ]
    assert "không được xếp hạng" in unit_sentence(found, "w")
    assert found.facts["ranked_units"] == 1


def test_a_set_where_nobody_is_ranked_gives_empty_rows():
    found = studied(two_lines(missing="unranked"), {"u": {"L1": "4"}})

    assert write_study(found).decode().splitlines()[1] == "u,,,,,,,,,,,,,,"
    assert found.shares == {}


def test_one_line_alone_has_no_weight_that_could_move():
    criteria_set = loaded(document(node("R", leaf("L")), round_at="leaf"))

    found = studied(criteria_set, {"u": {"L": "4"}, "w": {"L": "5"}})

    assert found.facts["causes"] == []
    assert [(row.rank, row.rank_p05, row.rank_p95) for row in found.rows] == [(1, 1, 1), (2, 2, 2)]


def test_facts_say_how_the_study_was_made(found):
    facts = json.loads(write_facts(found))

    assert {name: facts[name] for name in ("seed", "draws", "spread", "level", "generator", "causes", "arithmetic")} == {
        "seed": 2025, "draws": 300, "spread": "0.1", "level": "leaves", "generator": "Philox",
        "causes": list(CAUSES), "arithmetic": "exact",
    }  # fmt: skip
    assert facts["lines_with_gap"] == len(COMMUNE.leaves)
    assert facts["disputed_cells"] > 20


SAID = {
    "vi": "Hạng 1; trong ít nhất 90% số lần thử, hạng nằm trong khoảng 1–2, ở giữa là 1. Chưa đủ căn cứ để phân biệt với "
    "Xã Mường La. Dưới mọi mức xếp loại trong {share} số lần thử. Điểm dao động chủ yếu do trọng số (100%).",
    "en": "Rank 1; in at least 90% of the draws the rank lies within 1–2, median 1. It cannot be told apart from "
    "Xã Mường La. Below all grades in {share} of the draws. The total moves mainly by the weights (100%).",
}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_one_unit_in_words(lang):
    found = studied(two_lines(), {"u": {"L1": "9.9", "L2": "0"}, "w": {"L1": "0", "L2": "9.5"}})

    share = f"{round(found.by_unit['u'].grades[''] * 100)}%"
    assert unit_sentence(found, "u", lang, {"w": "Xã Mường La"}) == SAID[lang].format(share=share)


def test_words_name_few_neighbours_and_count_the_rest():
    points = {f"u{number}": {"L1": "5", "L2": "5"} for number in range(9)}

    said = unit_sentence(studied(two_lines(), points), "u3")

    assert "Chưa đủ căn cứ để phân biệt với u0, u1, u2, u4, u5 và 3 đơn vị khác." in said


def test_words_for_a_unit_that_stands_alone_and_firm():
    found = studied(two_lines(), {"u": {"L1": "10", "L2": "10"}, "w": {"L1": "0", "L2": "0"}})

    assert unit_sentence(found, "u", "en") == (
        "Rank 1; in at least 90% of the draws the unit stands at rank 1. It is told apart from every unit that stands "
        "near. Grade Tốt holds in 100% of the draws."
    )


def test_gaps_of_no_line_or_above_its_maximum_are_refused_also_without_a_file():
    gaps = {"X": Fraction(1), "L1": Fraction(11), "L2": Fraction(10)}

    assert places_of(lambda: studied(two_lines(), {"u": {"L1": "1", "L2": "1"}}, gaps=gaps)) == ["X", "L1"]


def test_without_numpy_a_study_is_refused_in_a_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "numpy", None)

    assert places_of(lambda: studied(two_lines(), {"u": {"L1": "1", "L2": "1"}})) == ["numpy"]
