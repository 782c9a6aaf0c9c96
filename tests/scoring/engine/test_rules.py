"""A table worked by hand for each rule kind: parameters, fields, points."""

from decimal import Decimal
from fractions import Fraction

import pytest

from scoring.engine import GroupEntry, score, score_line
from scoring.engine.rules import KINDS

from .builders import document, leaf, loaded, node, one_leaf

RATIO_100 = {"between": "over_100"}
RATIO_NONE = {"between": "none"}
LEVEL_SUM = {"combine": "sum", "options": [{"key": "a", "fraction": "0.5"}, {"key": "b", "fraction": "0.3"}]}
LATE = {"late": [{"days": 15, "fraction": "0.5"}, {"days": 30, "fraction": "0.25"}]}
LN = {"low": "1", "high": "100", "transform": "ln"}

# max_points is 10 everywhere.
WORKED = [
    ("boolean", {}, {"value": "yes"}, "10"),
    ("boolean", {}, {"value": "no"}, "0"),
    ("boolean", {"yes": "0.8", "no": "0.1"}, {"value": "no"}, "1"),
    ("level", {}, {"option": "high"}, "10"),
    ("level", {}, {"option": "low"}, "5"),
    ("level", LEVEL_SUM, {"part:a": "yes", "part:b": "yes"}, "8"),
    ("level", LEVEL_SUM, {"part:a": "no", "part:b": "yes"}, "3"),
    ("level", LEVEL_SUM, {"part:a": "no", "part:b": "no"}, "0"),
    ("ratio", {}, {"a": "80", "b": "100"}, "10"),
    ("ratio", {}, {"a": "100", "b": "100"}, "10"),
    ("ratio", {}, {"a": "60", "b": "100"}, "7.5"),
    ("ratio", {}, {"a": "40", "b": "100"}, "5"),
    ("ratio", {}, {"a": "39.999", "b": "100"}, "0"),
    ("ratio", RATIO_100, {"a": "60", "b": "100"}, "6"),
    ("ratio", RATIO_100, {"a": "80", "b": "100"}, "10"),
    ("ratio", RATIO_NONE, {"a": "79.9", "b": "100"}, "0"),
    ("ratio", RATIO_NONE, {"a": "80", "b": "100"}, "10"),
    ("ratio", {}, {"a": "0", "b": "0"}, "0"),
    ("ratio", {"b_zero": "full"}, {"a": "0", "b": "0"}, "10"),
    ("tiers", {}, {"value": "5"}, "10"),
    ("tiers", {}, {"value": "4"}, "10"),
    ("tiers", {}, {"value": "3.99"}, "5"),
    ("tiers", {}, {"value": "2"}, "5"),
    ("tiers", {}, {"value": "-1"}, "0"),
    ("count", {}, {"value": "0"}, "0"),
    ("count", {}, {"value": "3"}, "7.5"),
    ("count", {}, {"value": "3.0"}, "7.5"),
    ("count", {}, {"value": "9"}, "10"),
    ("count", {"max_items": 2}, {"value": "9"}, "5"),
    ("count", {"fraction_per_item": "0.4"}, {"value": "3"}, "10"),
    ("deadline", LATE, {"date": "2024-12-01"}, "10"),
    ("deadline", LATE, {"date": "2025-01-31"}, "10"),
    ("deadline", LATE, {"date": "2025-02-01"}, "5"),
    ("deadline", LATE, {"date": "2025-02-15"}, "5"),
    ("deadline", LATE, {"date": "2025-02-16"}, "2.5"),
    ("deadline", LATE, {"date": "2025-03-02"}, "2.5"),
    ("deadline", LATE, {"date": "2025-03-03"}, "0"),
    ("deadline", {"late": []}, {"date": "2025-02-01"}, "0"),
    ("formula", {}, {"a": "3", "b": "4"}, "7.5"),
    ("formula", {}, {"a": "5", "b": "4"}, "10"),
    ("formula", {}, {"a": "-1", "b": "4"}, "0"),
    ("formula", {"expression": "ROUND(a / b, 1)"}, {"a": "1", "b": "8"}, "0.1"),
    ("manual", {}, {"points": "0"}, "0"),
    ("manual", {}, {"points": "3.25"}, "3.25"),
    ("manual", {}, {"points": "10"}, "10"),
    ("carried", {}, {"points": "7.125"}, "7.125"),
    ("linear", {}, {"value": "25"}, "2.5"),
    ("linear", {}, {"value": "-5"}, "0"),
    ("linear", {}, {"value": "130"}, "10"),
    ("linear", {"clip": False}, {"value": "130"}, "13"),
    ("linear", {"clip": False}, {"value": "-5"}, "-0.5"),
    ("linear", {"direction": -1}, {"value": "25"}, "7.5"),
    ("linear", {"direction": -1}, {"value": "130"}, "0"),
    ("linear", LN, {"value": "1"}, "0"),
    ("linear", LN, {"value": "100"}, "10"),
    ("linear", LN, {"value": "0.5"}, "0"),
    ("bonus", {}, {"value": "3"}, "3"),
    ("bonus", {"per_item_points": "0.35"}, {"value": "3"}, "1.05"),
    ("bonus", {}, {"value": "25"}, "10"),
    ("bonus", {}, {}, "0"),
    ("penalty", {"per_item_points": "0.5"}, {"value": "1.5"}, "0.75"),
    ("penalty", {}, {}, "0"),
]


@pytest.mark.parametrize(("kind", "rule", "fields", "points"), WORKED)
def test_points_as_worked_by_hand(kind, rule, fields, points):
    criteria_set = one_leaf(kind, rule=rule, places=20)

    line = score_line(criteria_set, "P" if kind in ("bonus", "penalty") else "L", fields)

    assert (line.status, line.exact) == ("scored", Fraction(points))


# (parameters, values by unit, shares by unit)
POOLS = [
    ({}, {"u": "50", "v": "25", "w": "100"}, {"u": "1/2", "v": "1/4", "w": "1"}),
    ({}, {"u": "0", "v": "0"}, {"u": "1", "v": "1"}),
    ({"direction": -1}, {"u": "50", "v": "25", "w": "100"}, {"u": "1/2", "v": "1", "w": "1/4"}),
    ({"direction": -1}, {"u": "0", "v": "5"}, {"u": "1", "v": "0"}),
    ({"method": "min_max"}, {"u": "10", "v": "30", "w": "15"}, {"u": "0", "v": "1", "w": "1/4"}),
    ({"method": "min_max", "direction": -1}, {"u": "10", "v": "30", "w": "15"}, {"u": "1", "v": "0", "w": "3/4"}),
    ({"method": "min_max"}, {"u": "-3", "v": "-3"}, {"u": "1", "v": "1"}),
    ({"method": "min_max", "direction": -1}, {"u": "7"}, {"u": "1"}),
    ({"method": "rank"}, {"u": "9", "v": "7", "w": "7", "x": "1"}, {"u": "1", "v": "2/3", "w": "2/3", "x": "0"}),
    ({"method": "rank", "direction": -1}, {"u": "9", "v": "7", "w": "7"}, {"u": "0", "v": "1", "w": "1"}),
    ({"method": "rank"}, {"u": "9"}, {"u": "1"}),
]


@pytest.mark.parametrize(("rule", "values", "shares"), POOLS)
def test_relative_points_as_worked_by_hand(rule, values, shares):
    criteria_set = one_leaf("relative", rule=rule)

    results = score(criteria_set, {unit: {"L": {"value": text}} for unit, text in values.items()})

    points = {unit: row.lines["L"].exact for unit, row in results.by_unit.items()}
    assert points == {unit: Fraction(share) * 10 for unit, share in shares.items()}


def test_relative_pool_is_the_group_without_missing_na_and_points_set_units():
    criteria_set = one_leaf("relative", rule={"na_allowed": True})
    groups = {unit: GroupEntry("one", "") for unit in "uvwxy"} | {"z": GroupEntry("two", "")}
    values = {
        "u": {"L": {"value": "50"}},
        "v": {"L": {"value": "25"}},
        "w": {"L": {"na": "approved"}},
        "x": {"L": {"appraised_points": "10"}},
        "z": {"L": {"value": "1000"}},
    }

    lines = {unit: row.lines["L"] for unit, row in score(criteria_set, values, groups).by_unit.items()}

    assert {unit: (line.status, line.points) for unit, line in lines.items()} == {
        "u": ("scored", Decimal("10.00")),
        "v": ("scored", Decimal("5.00")),
        "w": ("not_applicable", None),
        "x": ("points_set", Decimal("10.00")),
        "y": ("missing", Decimal("0.00")),
        "z": ("scored", Decimal("10.00")),
    }


def test_values_of_an_unranked_unit_are_in_the_pool():
    root = node("R", leaf("L", "relative"), leaf("M", "manual", missing="unranked"))
    values = {"u": {"L": {"value": "5"}, "M": {"points": "1"}}, "gap": {"L": {"value": "10"}}}

    results = score(loaded(document(root)), values).by_unit

    assert (results["gap"].rank, results["u"].lines["L"].points) == (None, Decimal("5.00"))


def test_relative_line_alone_is_pending():
    line = score_line(one_leaf("relative"), "L", {"value": "5"})

    assert (line.status, line.points, line.exact) == ("pending", None, None)
    assert line.sentence("vi") != line.sentence("en")


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"bonus", "penalty"}))
def test_every_tree_kind_may_be_not_applicable_missing_or_set_by_an_appraiser(kind):
    criteria_set = one_leaf(kind, rule={"na_allowed": True})

    statuses = [
        score_line(criteria_set, "L", fields).status
        for fields in (None, {}, {"na": "approved"}, {"appraised_points": "2.5"})
    ]

    assert statuses == ["missing", "missing", "not_applicable", "points_set"]


@pytest.mark.parametrize("kind", ["bonus", "penalty"])
def test_adjustments_may_be_set_by_an_appraiser_and_are_never_missing(kind):
    criteria_set = one_leaf(kind, missing="unranked")

    row = score(criteria_set, {"u": {"L": {"points": "9"}, "P": {"appraised_points": "2.5"}}}).by_unit["u"]

    assert row.lines["P"].points == Decimal("2.50")
    assert score_line(criteria_set, "P", None).status == "scored"
    assert row.total == {"bonus": Decimal("11.50"), "penalty": Decimal("6.50")}[kind]


def test_ratio_without_denominator_is_not_applicable_where_the_set_says_so():
    criteria_set = one_leaf("ratio", rule={"b_zero": "na", "na_allowed": True})

    row = score(criteria_set, {"u": {"L": {"a": "0", "b": "0"}}}).by_unit["u"]

    assert (row.na, row.rank, row.base_exact) == (("L",), None, None)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_its_meaning_units_edge_cases_and_source(kind):
    module = __import__(KINDS[kind].__module__, fromlist=["__doc__"])

    for word in (f"{kind}:", "Field", "Points:", "Units:", "Edge cases:", "Source:"):
        assert word in module.__doc__


def test_all_kinds_of_the_contract_are_there_or_announced():
    contract = "boolean level ratio tiers count deadline manual formula linear relative carried bonus penalty"

    assert sorted(KINDS) == sorted(contract.split())


def test_fields_name_what_a_form_must_ask():
    asked = {kind: one_leaf(kind).leaf("P" if kind in ("bonus", "penalty") else "L").rule.fields for kind in KINDS}

    assert asked == {
        "boolean": ("value",),
        "level": ("option",),
        "ratio": ("a", "b"),
        "tiers": ("value",),
        "count": ("value",),
        "deadline": ("date",),
        "manual": ("points",),
        "formula": ("a", "b"),
        "linear": ("value",),
        "relative": ("value",),
        "carried": ("points",),
        "bonus": ("value",),
        "penalty": ("value",),
    }
    assert one_leaf("level", rule=LEVEL_SUM).leaf("L").rule.fields == ("part:a", "part:b")
