"""Formulas as lines of a set: points of other leaves, their order, what has no value, and the words."""

from decimal import Decimal

import pytest

from scoring.engine import Refused, recompute, score, score_line

from ..builders import document, leaf, loaded, node, one_leaf


def formula(code: str, expression: str, *inputs: str, **keys) -> dict:
    rule = {"expression": expression, "inputs": [{"name": name} for name in inputs]}
    return leaf(code, "formula", rule=rule, **keys)


def lines_of(root: dict, fields: dict, **scoring) -> dict:
    return score(loaded(document(root, **scoring)), {"u": fields}).by_unit["u"].lines


def test_points_of_other_leaves_are_taken_after_leaf_rounding_whatever_their_order():
    root = node("R", formula("C", "[B] / 3"), formula("B", "[A] * 2"), leaf("A"))

    at_leaf = lines_of(root, {"A": {"points": "1.115"}}, round_at="leaf")
    at_total = lines_of(root, {"A": {"points": "1.115"}}, round_at="total")

    assert [at_leaf[code].points for code in "ABC"] == [Decimal("1.12"), Decimal("2.24"), Decimal("0.75")]
    assert [at_total[code].points for code in "ABC"] == [Decimal("1.12"), Decimal("2.23"), Decimal("0.74")]
    assert list(at_leaf) == ["C", "B", "A"]


@pytest.mark.parametrize("policy", ["renormalise", "full", "zero"])
def test_a_line_that_is_not_applicable_counts_nothing_in_a_formula(policy):
    root = node("R", leaf("A", rule={"na_allowed": True}), formula("B", "[A] + 1"))

    assert lines_of(root, {"A": {"na": "approved"}}, not_applicable=policy)["B"].points == 1


def test_a_missing_line_counts_zero_or_leaves_the_formula_without_a_value():
    root = node("R", leaf("A"), formula("B", "[A] + 1"))

    zero, unranked = (lines_of(root, {}, missing=policy)["B"] for policy in ("zero", "unranked"))

    assert (zero.status, zero.points) == ("scored", 1)
    assert (unranked.status, unranked.points) == ("pending", None)
    assert score(loaded(document(root, missing="unranked")), {"u": {}}).by_unit["u"].rank is None


def test_a_formula_without_inputs_is_never_missing():
    assert score_line(loaded(document(node("R", formula("B", "1.5 + 1")))), "B", None).points == Decimal("2.50")


def test_what_rests_on_other_lines_is_pending_alone():
    criteria_set = loaded(document(node("R", leaf("A"), formula("B", "[A] + a", "a"))))

    line = score_line(criteria_set, "B", {"a": "1"})

    assert line.status == "pending"
    assert line.sentence("vi") == "Điểm của tiêu chí này tính từ điểm của A, trong đó có điểm chưa biết."


def test_a_circle_is_refused_with_every_leaf_on_it():
    root = node("R", formula("A", "[B]"), formula("B", "[C] + 1"), formula("C", "[A]"), leaf("D"))

    with pytest.raises(Refused) as refused:
        loaded(document(root))

    assert [fault.place.rpartition(":")[2] for fault in refused.value.faults] == [
        f"/root/children/{n}/rule/expression" for n in range(3)
    ]
    assert "vòng tròn qua: B" in refused.value.faults[0].vi


def test_a_division_by_zero_refuses_the_run_naming_unit_criterion_and_place():
    criteria_set = loaded(document(node("R", formula("B", "1 +\n a / b", "a", "b"))))
    values = {"xa-1": {"B": {"a": "1", "b": "1"}}, "xa-2": {"B": {"a": "1", "b": "0"}}}

    with pytest.raises(Refused) as refused:
        score(criteria_set, values)

    (fault,) = refused.value.faults
    assert fault.place == "xa-2/B"
    assert fault.vi == "Đơn vị xa-2, tiêu chí B, công thức dòng 2, ký tự 4: phép chia cho 0; đặt NẾU để tránh."
    with pytest.raises(Refused, match="division by zero"):
        score_line(criteria_set, "B", values["xa-2"]["B"])


def test_inputs_stand_in_the_rule_and_not_in_the_criterion():
    with pytest.raises(Refused, match="stand in its rule"):
        loaded(document(node("R", formula("B", "a", "a", inputs={"a": {"unit": "xã"}}))))


def test_a_whole_input_is_whole():
    rule = {"expression": "a", "inputs": [{"name": "a", "type": "integer"}]}
    with pytest.raises(Refused):
        score_line(one_leaf("formula", rule=rule), "L", {"a": "1.5"})


def test_the_sentence_shows_the_formula_its_numbers_and_the_limit():
    rule = {
        "expression": "IF(b = 0, 0, 20 * a / b)",
        "inputs": [{"name": "a", "title": {"vi": "Số hồ sơ", "en": "Files"}}, {"name": "b"}],
    }
    line = score_line(one_leaf("formula", rule=rule), "L", {"a": "3", "b": "4"})

    assert line.sentence("vi") == (
        "Công thức NẾU(b = 0; 0; 20 × a ÷ b) với a = 3 (số hồ sơ); b = 4 cho 15,00; "
        "giữ trong khoảng từ 0 đến 10,00 nên được 10,00 điểm."
    )
    assert line.sentence("en") == (
        "The formula IF(b = 0, 0, 20 * a / b) with a = 3 (files); b = 4 gives 15.00; "
        "held within 0 to 10.00, which is 10.00 points."
    )


def test_the_trace_alone_gives_the_points_again():
    criteria_set = loaded(document(node("R", leaf("A"), formula("B", "[A] / 3 + a", "a")), round_at="leaf"))
    row = score(criteria_set, {"u": {"A": {"points": "2"}, "B": {"a": "0.5"}}}).by_unit["u"]

    trace = row.lines["B"].trace

    assert trace["group_figures"] == {"[A]": "2"}
    assert recompute(criteria_set, trace) == row.lines["B"].points == Decimal("1.17")
