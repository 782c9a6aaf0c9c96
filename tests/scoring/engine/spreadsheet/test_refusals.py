"""What a spreadsheet cannot hold or might decide otherwise is refused in a sentence, and nothing is written."""

import json
from fractions import Fraction

import pytest

from scoring.engine import GroupEntry, Refused, score
from scoring.engine.commands import main
from scoring.engine.rules.cells import is_too_close
from scoring.engine.spreadsheet import limits, workbook

from ..builders import document, leaf, loaded, node, places_of

RATIO = {"full_at": "100", "zero_below": "0"}


def places_refused(root: dict, *adjustments: dict, fields: dict, groups=None, **scoring) -> list[str]:
    criteria_set = loaded(document(root, *adjustments, **scoring))
    values = fields if groups else {"u": fields}
    results = score(criteria_set, values, groups)
    return places_of(lambda: workbook(results, values, groups))


def test_number_of_more_digits_than_a_spreadsheet_keeps():
    root = node("R", leaf("L", "tiers"))

    assert places_refused(root, fields={"L": {"value": "123456789012345"}}) == ["u/L/value"]
    assert places_refused(root, fields={"L": {"value": "12345678901234"}}) == []
    assert places_refused(root, fields={"L": {"value": "12300000000000000000"}}) == []


def test_parameter_of_more_digits_is_named_in_the_set():
    tiers = [{"min": "0.123456789012345", "fraction": "1"}]

    assert places_refused(node("R", leaf("L", "tiers", rule={"tiers": tiers})), fields={"L": {"value": "1"}}) == [
        "set:/root/children/0/rule/tiers"
    ]


@pytest.mark.parametrize("limit", ["max_bonus", "max_penalty", "cap"])
def test_limit_of_more_digits_is_named_too(limit):
    root, long = node("R", leaf("L")), {limit: "9.12345678901234"}

    assert places_refused(root, leaf("B", "bonus"), fields={"L": {"points": "1"}}, **long) == [f"set:/scoring/{limit}"]


def test_weight_of_more_digits_is_named_by_its_node():
    heavy = node("P", leaf("L"), weight="0.123456789012345")

    root = node("R", heavy, leaf("M"), aggregate="weighted_mean")

    assert places_refused(root, fields={"L": {"points": "1"}}) == ["set:/root/children/0/weight"]


def test_value_at_a_half_is_exported_and_one_just_beside_it_is_refused():
    root = node("R", leaf("L", "ratio", "1", RATIO))

    def refused(a: str, **scoring) -> list[str]:
        return places_refused(root, fields={"L": {"a": a, "b": "10000000000000"}}, round_at="leaf", **scoring)

    assert refused("1250000000000") == []
    assert refused("1250000000001") == ["u/L"]
    assert refused("1250000000001", rounding="down") == []
    assert refused("1199999999999", rounding="down") == ["u/L"]


def test_bounds_so_near_to_each_other_that_the_difference_keeps_few_digits():
    def refused(low: str, value: str, high: str) -> list[str]:
        rule = {"low": low, "high": high, "clip": False}
        return places_refused(node("R", leaf("L", "linear", rule=rule)), fields={"L": {"value": value}})

    assert refused("158", "159", "160") == []
    assert refused("198", "199", "200") == ["u/L"]


def test_error_that_only_the_rescaling_of_a_small_applicable_maximum_makes_too_large():
    near = leaf("L", "linear", "1", {"low": "1000", "high": "1003"})
    root = node("R", near, leaf("M", max_points="99", rule={"na_allowed": True}))

    assert places_refused(root, fields={"L": {"value": "1001.3"}, "M": {"points": "50"}}) == []
    assert places_refused(root, fields={"L": {"value": "1001.3"}, "M": {"na": "approved"}}) == ["u"]


def test_error_within_a_chain_of_sums_is_rescaled_once_as_the_points_are():
    near = leaf("L", "linear", "1", {"low": "10000", "high": "10003"})
    pillar = node("P", near, leaf("M", max_points="99", rule={"na_allowed": True}))
    fields = {"L": {"value": "10001.3"}, "M": {"na": "approved"}, "O": {"points": "450"}}

    assert places_refused(node("R", pillar, leaf("O", max_points="900")), fields=fields) == []
    assert places_refused(pillar, fields={code: fields[code] for code in "LM"}) == ["u"]


@pytest.mark.parametrize("aggregate", ["sum", "mean", "geometric_mean"])
def test_error_of_a_node_is_its_lines_and_its_own(aggregate):
    """A line may be off by 25 in 10**13; of the second it is a little less, and the node adds to it."""

    def refused(low: str, value: str, high: str) -> list[str]:
        root = node("R", leaf("L", "linear", rule={"low": low, "high": high}), aggregate=aggregate)
        return places_refused(root, fields={"L": {"value": value}})

    assert refused("92.4", "92.9", "93.4") == []
    assert refused("92.7", "93.2", "93.7") == ["u"]
    assert refused("93", "93.5", "94") == ["u/L"]


def test_pillar_that_breaks_ties_just_beside_a_half():
    root = node("R", node("P", leaf("L")), leaf("M"))
    fields = {"L": {"points": "1.00500000001"}, "M": {"points": "0.001"}}

    assert places_refused(root, fields=fields) == []
    assert places_refused(root, fields=fields, tie_break=["pillar:P"]) == ["u"]


def test_ratio_that_a_spreadsheet_may_take_for_its_bound():
    one, apart = Fraction(1), Fraction(1, 10**13)

    assert is_too_close(one, one - apart)
    assert not is_too_close(one, one - apart * 2)
    assert not is_too_close(one, one)


def test_unit_or_group_longer_than_a_cell_holds():
    def refused(unit: str, group: str) -> list[str]:
        fields, groups = {unit: {"L": {"points": "1"}}}, {unit: GroupEntry(group, "")}
        return places_refused(node("R", leaf()), fields=fields, groups=groups)

    most = "x" * 32_767
    assert refused(most, most) == []
    assert len(refused(most + "x", "g")) == len(refused("u", most + "x")) == 1


def test_totals_that_only_exact_numbers_tell_apart():
    root = node("R", leaf("L", "ratio", "1", RATIO))
    fields = {
        unit: {"L": {"a": a, "b": "90000000000000"}} for unit, a in (("u", "30000000000001"), ("w", "30000000000002"))
    }
    groups = {unit: GroupEntry("", "") for unit in fields}

    assert places_refused(root, fields=fields, groups=groups, rank_on="exact") == ["w"]
    assert places_refused(root, fields=fields, groups=groups) == []


def test_comparison_in_a_formula_that_binary_numbers_may_miss():
    def refused(expression: str) -> list[str]:
        rule = {"expression": expression, "inputs": [{"name": "a"}, {"name": "b"}]}
        return places_refused(node("R", leaf("L", "formula", rule=rule)), fields={"L": {"a": "1", "b": "3"}})

    assert refused("IF(a / b > 0.33333333333333, 1, 0)") == ["u/L"]
    assert refused("IF(a / b * 3 = 1, 1, 0)") == []
    assert refused("IF(a / b > 0.3333, 1, 0)") == []


def test_formula_longer_than_a_cell_holds():
    rule = {"expression": " + ".join(["a"] * 240), "inputs": [{"name": "a"}]}

    assert places_refused(node("R", leaf("L", "formula", rule=rule)), fields={"L": {"a": "0"}}) == []
    rule = {"expression": "ROUND(ROUND(ROUND(ROUND(a, 1), 1), 1), 1)", "inputs": [{"name": "a"}]}
    root = node("R", leaf("L", "formula", rule=rule))
    assert places_refused(root, fields={"L": {"a": "1"}}, rounding="half_even") == ["set:/root/children/0"]


def test_formula_that_rounds_the_points_is_measured_like_that_of_the_rule(monkeypatch):
    """Today none comes near the limit, so the limit comes near it."""
    monkeypatch.setattr(limits, "LONGEST_FORMULA", 120)

    def refused(rounding: str) -> list[str]:
        return places_refused(node("R", leaf()), fields={"L": {"points": "1"}}, round_at="leaf", rounding=rounding)

    assert refused("down") == []
    assert refused("half_even") == ["set:/root/children/0"]


def test_more_decimals_than_binary_numbers_have():
    assert places_refused(node("R", leaf()), fields={"L": {"points": "1"}}, places=12) == ["set:/scoring/places"]


def test_days_that_spreadsheets_count_differently():
    root = node("R", leaf("L", "deadline"))

    assert places_refused(root, fields={"L": {"date": "1899-12-31"}}) == ["u/L/date"]


def test_submissions_too_near_to_each_other():
    groups = {"u": GroupEntry("", "2025-12-05T09:00:00.000001Z"), "w": GroupEntry("", "2025-12-05T09:00:00.000002Z")}
    fields = {unit: {"L": {"points": "1"}} for unit in groups}

    assert places_refused(node("R", leaf()), fields=fields, groups=groups, tie_break=["submitted_at"]) == [
        "w/submitted_at"
    ]


def test_no_unit():
    with pytest.raises(Refused):
        workbook(score(loaded(document(node("R", leaf()))), {}), {})


@pytest.fixture
def files(tmp_path, monkeypatch):
    (tmp_path / "set.json").write_text(json.dumps(document(node("R", leaf("L", "tiers")))), "utf-8")
    (tmp_path / "values.csv").write_text("unit,criterion,field,value\nu,L,value,5\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_command_writes_the_workbook_and_nothing_else(files, capfd):
    assert main(["export", "set.json", "values.csv", "--xlsx", "out.xlsx"]) == 0
    assert sorted(path.name for path in files.iterdir()) == ["out.xlsx", "set.json", "values.csv"]
    assert (files / "out.xlsx").read_bytes().startswith(b"PK")
    assert capfd.readouterr() == ("", "")


REFUSED = {
    "as score refuses": ("u,L,value,x\n", "values.csv:2:11: "),
    "by the spreadsheet": ("u,L,value,1.23456789012345678\n", "values.csv:2:11: "),
}


@pytest.mark.parametrize(("lang", "word"), [("vi", "Số|số"), ("en", "number")])
@pytest.mark.parametrize("name", REFUSED)
def test_command_refuses_with_place_and_writes_nothing(files, capfd, name, lang, word):
    row, place = REFUSED[name]
    (files / "values.csv").write_text("unit,criterion,field,value\n" + row, "utf-8")

    assert main(["export", "set.json", "values.csv", "--xlsx", "out.xlsx", "--lang", lang]) == 2

    said = capfd.readouterr().err
    assert said.startswith(place)
    assert any(one in said for one in word.split("|"))
    assert not (files / "out.xlsx").exists()
