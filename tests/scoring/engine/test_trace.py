"""Traces and sentences: what an official reads, and that the printed inputs give the printed points."""

import json
from decimal import Decimal

import pytest

from scoring.engine import load_set, read_groups, read_values, recompute, score, score_line

from .builders import GOLDEN, RULES, document, leaf, loaded, node, one_leaf, titled

INPUTS = {
    "a": {"title": {"vi": "Số hồ sơ trực tuyến", "en": "Files online"}, "unit": "hồ sơ"},
    "b": {"title": {"vi": "Tổng số hồ sơ", "en": "Total number of files"}, "unit": "hồ sơ"},
}
RATIO = loaded(document(node("R", leaf("L", "ratio", "2.5", inputs=INPUTS, source="QĐ 1")), round_at="leaf"))


def test_trace_of_a_ratio_shows_rule_inputs_steps_rounding_and_source():
    line = score_line(RATIO, "L", {"a": "462", "b": "750"})

    assert line.points == Decimal("1.93")
    assert line.trace == {
        "criterion": "L",
        "status": "scored",
        "rule": {**RULES["ratio"], "na_allowed": False},
        "max_points": "2.5",
        "inputs": {"a": "462", "b": "750"},
        "group_figures": {},
        "case": "between",
        "steps": [
            {"step": "percent", "expression": "a / b * 100", "value": "61.6"},
            {"step": "points", "expression": "percent / 80 * max_points", "value": "1.925"},
        ],
        "policy": {"missing": "zero", "not_applicable": "renormalise"},
        "rounding": {"at": "leaf", "mode": "half_up", "places": 2, "before": "1.925"},
        "points": "1.93",
        "source_kind": "declared",
        "source": "QĐ 1",
        "provenance": None,
    }


SENTENCES = [
    (
        {"a": "462", "b": "750"},
        "462 hồ sơ trực tuyến ÷ 750 hồ sơ = 61,60%; nằm từ 40% đến dưới 80% nên được 61,60 ÷ 80 × 2,50 = 1,925, "
        "làm tròn thành 1,93 điểm.",
        "462 files online ÷ 750 files = 61.60%; from 40% to below 80%, so 61.60 ÷ 80 × 2.50 = 1.925, "
        "rounded to 1.93 points.",
    ),
    (
        {"a": "1280", "b": "1500"},
        "1.280 hồ sơ trực tuyến ÷ 1.500 hồ sơ = 85,3333…%; đạt từ 80% trở lên nên được mức tối đa 2,50 điểm.",
        "1,280 files online ÷ 1,500 files = 85.3333…%; at least 80%, so the maximum 2.50 points.",
    ),
    (
        {"a": "1", "b": "3"},
        "1 hồ sơ trực tuyến ÷ 3 hồ sơ = 33,3333…%; dưới 40% nên được 0 điểm.",
        "1 files online ÷ 3 files = 33.3333…%; below 40%, so 0 points.",
    ),
    (
        {},
        "Chưa kê khai nên tính 0 điểm trên tối đa 2,50.",
        "Not declared: 0 points out of 2.50.",
    ),
    (
        {"appraised_points": "1.255"},
        "Điểm thẩm định là 1,255 trên mức tối đa 2,50, làm tròn thành 1,26 điểm.",
        "Set by the appraiser: 1.255 out of 2.50, rounded to 1.26 points.",
    ),
]


@pytest.mark.parametrize(("fields", "vi", "en"), SENTENCES)
def test_sentence_of_a_line(fields, vi, en):
    line = score_line(RATIO, "L", fields)

    assert (line.sentence("vi"), line.sentence("en")) == (vi, en)


@pytest.mark.parametrize("kind", RULES)
@pytest.mark.parametrize("round_at", ["leaf", "total"])
def test_every_kind_says_its_printed_points_in_both_languages(kind, round_at):
    fields = {
        "boolean": {"value": "yes"}, "level": {"option": "low"}, "ratio": {"a": "1", "b": "2"}, "tiers": {"value": "2"},
        "count": {"value": "3"}, "deadline": {"date": "2025-02-01"}, "manual": {"points": "3.5"},
        "formula": {"a": "1", "b": "8"}, "linear": {"value": "33"}, "relative": {"value": "3"},
        "carried": {"points": "3.5"}, "bonus": {"value": "2"},
        "penalty": {"value": "2"},
    }[kind]  # fmt: skip
    criteria_set = one_leaf(kind, round_at=round_at)

    row = score(criteria_set, {"u": {"P" if kind in ("bonus", "penalty") else "L": fields}}).rows[0]
    line = row.lines["P" if kind in ("bonus", "penalty") else "L"]

    vi, en = line.sentence("vi"), line.sentence("en")
    assert f"{line.points} " in en
    assert f"{line.points} ".replace(".", ",") in vi
    assert vi.endswith(" điểm.")
    assert en.endswith(" points.")


@pytest.mark.parametrize(
    ("rule", "expression"),
    [
        ({}, "value / largest"),
        ({"direction": -1}, "smallest / value"),
        ({"method": "rank"}, "(units - rank) / (units - 1)"),
        ({"method": "min_max"}, "(value - smallest) / (largest - smallest)"),
        ({"method": "min_max", "direction": -1}, "1 - (value - smallest) / (largest - smallest)"),
    ],
)
def test_trace_of_a_place_in_the_group_shows_the_method_s_own_arithmetic(rule, expression):
    results = score(one_leaf("relative", rule=rule), {"u": {"L": {"value": "3"}}, "v": {"L": {"value": "4"}}})

    assert results.by_unit["u"].lines["L"].trace["steps"][0]["expression"] == expression


def test_what_is_cut_is_marked_and_never_contradicts_the_rounding():
    criteria_set = one_leaf("linear", "1", {"low": "0", "high": "300"}, round_at="leaf")

    line = score_line(criteria_set, "L", {"value": "1.49"})

    assert line.points == Decimal("0.00")
    assert "= 0,0049…, làm tròn thành 0,00 điểm." in line.sentence("vi")


def test_node_sentence_tells_the_sum_what_was_left_out_and_the_rescaling():
    allowed = {"na_allowed": True}
    root = node("R", leaf("A", "manual", "10", allowed), leaf("B", "manual", "20"), leaf("C", "manual", "20"))
    values = {"u": {"A": {"na": "approved"}, "B": {"points": "9"}, "C": {"points": "15"}}}

    row = score(loaded(document(root)), values).rows[0]

    assert row.node_sentence("R", "vi") == (
        "R: 9,00 + 15,00 = 24,00 điểm (không tính A: không áp dụng); "
        "điểm tối đa áp dụng là 40,00 trên 50,00 nên quy đổi thành 24,00 ÷ 40,00 × 50,00 = 30,00 điểm."
    )
    assert row.node_trace("R")["value"] == "30"
    assert row.node_trace("R")["raw"] == "24"


def test_total_sentence_tells_bonus_penalty_limits_rounding_and_rank():
    root = node("R", leaf("L", "manual", "20"))
    grades = [{"code": "a", "title": titled("Tốt"), "from": "5"}]
    criteria_set = loaded(
        document(root, leaf("B", "bonus", "5"), leaf("P", "penalty", "5"), grades=grades, max_bonus="1.5", cap="10")
    )
    values = {
        "u": {"L": {"points": "10.125"}, "B": {"value": "3"}, "P": {"value": "1"}},
        "v": {"L": {"points": "1"}, "P": {"value": "3"}},
    }

    rows = score(criteria_set, values).by_unit

    assert rows["u"].total_sentence("vi") == (
        "Điểm tiêu chí 10,125 + điểm thưởng 1,50 (giới hạn từ 3,00) − điểm trừ 1,00 = 10,625; "
        "không vượt mức trần nên lấy 10,00; tổng điểm 10,00. Xếp thứ 1; xếp loại Tốt."
    )
    assert rows["v"].total_sentence("en") == (
        "Criteria points 1.00 + bonus 0.00 − penalty 3.00 = -2.00; never below 0, so 0; total 0.00 points. Rank 2."
    )
    assert rows["u"].total_trace["exact"] == "10"


@pytest.mark.parametrize("name", ["index", *(f"random/{number:02}" for number in range(16))])
def test_every_printed_point_of_the_golden_files_is_recomputed_from_its_trace(name):
    criteria_set = load_set((GOLDEN / f"{name}.set.json").read_bytes())
    values = read_values((GOLDEN / f"{name}.values.csv").read_bytes())
    results = score(criteria_set, values, read_groups((GOLDEN / f"{name}.groups.csv").read_bytes()))

    for row in results.rows:
        for line in row.lines.values():
            trace = json.loads(json.dumps(line.trace))
            assert recompute(criteria_set, trace) == line.points
            assert trace["points"] == (None if line.points is None else str(line.points))
        for sentence in [row.total_sentence("vi"), *(row.node_sentence(code, "vi") for code in row.nodes)]:
            assert sentence.endswith(".")


def test_a_changed_input_changes_what_is_recomputed():
    trace = score_line(RATIO, "L", {"a": "462", "b": "750"}).trace

    assert recompute(RATIO, {**trace, "inputs": {"a": "461", "b": "750"}}) == Decimal("1.92")
