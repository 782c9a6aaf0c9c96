"""Rounding, aggregates, missing and not applicable values, totals: worked by hand."""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import pytest

from scoring.engine import score
from scoring.engine.exact import exact_column, geometric_mean, ln, rounded

from .builders import document, leaf, loaded, manual_results, node


def test_ln_is_rounded_to_50_significant_digits():
    two = "0.69314718055994530941723212145817656807550013436026"

    assert ln(Fraction(2)) == Fraction(two)
    assert ln(Fraction(1)) == 0
    assert ln(Fraction(1, 2)) == -Fraction(two)


@pytest.mark.parametrize(
    ("parts", "mean"),
    [
        ([("1", "10"), ("1", "10"), ("1", "10")], "10"),
        ([("1", "4"), ("1", "9")], "6"),
        ([("2", "8"), ("1", "1")], "4"),
        ([("0.5", "0"), ("1", "9")], "0"),
        ([("1", "0.000000000000000000000000000001")], "0.000000000000000000000000000001"),
        ([("1", "2"), ("1", "1")], "1.4142135623730950488016887242096980785696718753769"),
    ],
)
def test_geometric_mean_is_exact_where_it_can_be_else_50_digits(parts, mean):
    assert geometric_mean([(Fraction(weight), Fraction(value)) for weight, value in parts]) == Fraction(mean)


def test_geometric_mean_of_a_negative_is_an_error():
    with pytest.raises(ValueError, match="negative"):
        geometric_mean([(Fraction(1), Fraction(0)), (Fraction(1), Fraction(-1))])


MODES = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "down": ROUND_DOWN}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("text", ["1.925", "-1.925", "2.5", "-2.5", "0.005", "-0.004", "1.1349", "1.135", "7", "0"])
@pytest.mark.parametrize("places", [0, 2, 5])
def test_rounding_equals_the_decimal_module(mode, text, places):
    expected = Decimal(text).quantize(Decimal(1).scaleb(-places), rounding=MODES[mode], context=Context(prec=60))

    assert rounded(Fraction(text), places, mode) == expected
    assert rounded(Fraction(text), places, mode).as_tuple().exponent == -places


def test_exact_columns_have_at_most_20_decimals_and_no_zeros_behind():
    assert [exact_column(Fraction(text)) for text in ("2/3", "1/8", "20", "-1/3", "0")] == [
        "0.66666666666666666667",
        "0.125",
        "20",
        "-0.33333333333333333333",
        "0",
    ]
    assert exact_column(Fraction(-1, 10**25)) == "0"
    assert [exact_column(Fraction(units, 2 * 10**20)) for units in (1, 3)] == ["0", "0.00000000000000000002"]


def two_leaves(aggregate: str, weights: tuple[str, str] = ("1", "1"), **scoring):
    allowed = {"na_allowed": True}
    children = [
        leaf("A", "manual", "10", allowed, weight=weights[0]),
        leaf("B", "manual", "20", allowed, weight=weights[1]),
    ]
    return loaded(document(node("R", *children, aggregate=aggregate), **scoring))


AGGREGATES = [
    # aggregate, weights, points of A and B, base
    ("sum", ("1", "1"), ("4", "9"), "13"),
    ("mean", ("1", "1"), ("4", "9"), "6.5"),
    ("weighted_mean", ("3", "1"), ("4", "9"), "5.25"),
    ("geometric_mean", ("1", "1"), ("4", "9"), "6"),
    ("geometric_mean", ("1", "1"), ("0", "9"), "0"),
    ("sum", ("1", "1"), ("na", "9"), "13.5"),
    ("sum", ("1", "1"), ("4", "na"), "12"),
    ("mean", ("1", "1"), ("na", "9"), "9"),
    ("weighted_mean", ("3", "1"), ("4", "na"), "4"),
    ("geometric_mean", ("1", "1"), ("4", "na"), "4"),
]


@pytest.mark.parametrize(("aggregate", "weights", "points", "base"), AGGREGATES)
def test_root_of_each_aggregate(aggregate, weights, points, base):
    criteria_set = two_leaves(aggregate, weights)

    row = manual_results(criteria_set, {"u": dict(zip("AB", points, strict=True))}).rows[0]

    assert row.base_exact == Fraction(base)


@pytest.mark.parametrize(("policy", "base"), [("renormalise", "13.5"), ("full", "19"), ("zero", "9")])
def test_not_applicable_policies(policy, base):
    row = manual_results(two_leaves("sum", not_applicable=policy), {"u": {"A": "na", "B": "9"}}).rows[0]

    assert (row.base_exact, row.na, row.missing) == (Fraction(base), ("A",), ())


@pytest.mark.parametrize("aggregate", ["sum", "mean", "weighted_mean", "geometric_mean"])
def test_unit_with_nothing_applicable_has_no_rank(aggregate):
    row = manual_results(two_leaves(aggregate), {"u": {"A": "na", "B": "na"}}).rows[0]

    assert (row.base_exact, row.total_exact, row.total, row.rank, row.grade) == (None, None, None, None, "")
    assert (row.na, row.nodes) == (("A", "B"), {"R": None})
    assert row.applicable_max is None


def test_chain_of_sums_is_rescaled_once_at_its_top_and_shows_raw_points_below():
    allowed = {"na_allowed": True}
    inner = node("N", leaf("A", "manual", "10", allowed), leaf("B", "manual", "10", allowed))
    criteria_set = loaded(document(node("R", inner, leaf("C", "manual", "20"))))

    row = manual_results(criteria_set, {"u": {"A": "na", "B": "6", "C": "15"}}).rows[0]

    assert row.base_exact == Fraction(21, 30) * 40
    assert row.nodes == {"R": Decimal("21.00"), "N": Decimal("6.00")}
    assert (row.raw, row.applicable_max, row.maximum, row.is_rescaled) == (Decimal("21.00"), 30, 40, True)


def test_sum_under_a_mean_is_rescaled_and_passes_its_full_maximum():
    allowed = {"na_allowed": True}
    inner = node("N", leaf("A", "manual", "10", allowed), leaf("B", "manual", "10", allowed))
    criteria_set = loaded(document(node("R", inner, leaf("C", "manual", "20"), aggregate="mean")))

    row = manual_results(criteria_set, {"u": {"A": "na", "B": "6", "C": "8"}}).rows[0]

    assert row.base_exact == Fraction(12 + 8, 2)
    assert row.nodes == {"R": Decimal("10.00"), "N": Decimal("6.00")}


def test_mean_under_a_sum_passes_the_mean_of_the_applicable_maxima():
    allowed = {"na_allowed": True}
    inner = node("N", leaf("A", "manual", "10", allowed), leaf("B", "manual", "20", allowed), aggregate="mean")
    criteria_set = loaded(document(node("R", inner, leaf("C", "manual", "5"))))

    row = manual_results(criteria_set, {"u": {"A": "na", "B": "8", "C": "5"}}).rows[0]

    # Earned 8 + 5 of an applicable 20 + 5; the full maximum is 15 + 5.
    assert row.base_exact == Fraction(13, 25) * 20


def test_node_of_not_applicable_leaves_is_itself_not_applicable():
    allowed = {"na_allowed": True}
    inner = node("N", leaf("A", "manual", "10", allowed), aggregate="mean")
    criteria_set = loaded(document(node("R", inner, leaf("C", "manual", "5"))))

    row = manual_results(criteria_set, {"u": {"A": "na", "C": "4"}}).rows[0]

    assert (row.base_exact, row.nodes) == (12, {"R": Decimal("4.00"), "N": None})


def test_missing_line_counts_zero_against_the_full_maximum():
    row = manual_results(two_leaves("sum"), {"u": {"B": "9"}}).rows[0]

    assert (row.base_exact, row.missing, row.rank) == (9, ("A",), 1)


def test_missing_line_leaves_the_unit_unranked_where_the_set_says_so():
    row = manual_results(two_leaves("sum", missing="unranked"), {"u": {"B": "9"}}).rows[0]

    assert (row.base_exact, row.total, row.rank, row.nodes) == (None, None, None, {"R": None})


def test_leaf_overrides_the_missing_policy():
    root = node("R", leaf("A", missing="zero"), leaf("B"))

    row = manual_results(loaded(document(root, missing="unranked")), {"u": {"B": "9"}}).rows[0]

    assert (row.base_exact, row.missing) == (9, ("A",))


def test_rounding_of_leaves_makes_printed_lines_add_up():
    root = node("R", leaf("A"), leaf("B"), leaf("C"))
    points = {"u": dict.fromkeys("ABC", "1.115")}

    leaf_row = manual_results(loaded(document(root, round_at="leaf")), points).rows[0]
    total_row = manual_results(loaded(document(root, round_at="total")), points).rows[0]

    assert (leaf_row.base_exact, leaf_row.total) == (Fraction("3.36"), Decimal("3.36"))
    assert (total_row.base_exact, total_row.total) == (Fraction("3.345"), Decimal("3.35"))
    assert [line.points for line in total_row.lines.values()] == [Decimal("1.12")] * 3


def adjusted(**scoring):
    root = node("R", leaf("L", "manual", "20"))
    return loaded(document(root, leaf("B", "bonus", "5"), leaf("P", "penalty", "5"), **scoring))


TOTALS = [
    # limits, points, bonus items, penalty events -> bonus, penalty, total
    ({}, "10", "2", "1", "2.00", "1.00", "11.00"),
    ({}, "10", "9", "9", "5.00", "5.00", "10.00"),
    ({"max_bonus": "1.5", "max_penalty": "0"}, "10", "2", "1", "1.50", "0.00", "11.50"),
    ({"cap": "11"}, "10", "2", "0", "2.00", "0.00", "11.00"),
    ({}, "1", "0", "3", "0.00", "3.00", "0.00"),
    ({"cap": "0"}, "10", "0", "0", "0.00", "0.00", "0.00"),
]


@pytest.mark.parametrize(("limits", "points", "items", "events", "bonus", "penalty", "total"), TOTALS)
def test_total_after_bonus_penalty_floor_and_cap(limits, points, items, events, bonus, penalty, total):
    values = {"u": {"L": {"points": points}, "B": {"value": items}, "P": {"value": events}}}

    row = score(adjusted(**limits), values).rows[0]

    assert (row.bonus, row.penalty, row.total) == (Decimal(bonus), Decimal(penalty), Decimal(total))


def test_bonus_is_printed_for_an_unranked_unit():
    criteria_set = adjusted(missing="unranked", max_bonus="1.5")

    row = score(criteria_set, {"u": {"B": {"value": "2"}}}).rows[0]

    assert (row.rank, row.bonus, row.penalty) == (None, Decimal("1.50"), Decimal("0.00"))


def test_set_without_adjustments_keeps_a_negative_base():
    root = node("R", leaf("L", "linear", rule={"clip": False}))

    row = score(loaded(document(root)), {"u": {"L": {"value": "-50"}}}).rows[0]

    assert row.total == Decimal("-5.00")


def test_appraised_points_are_rounded_like_the_leaf():
    criteria_set = two_leaves("sum", round_at="leaf")

    row = score(criteria_set, {"u": {"A": {"appraised_points": "1.005"}, "B": {"points": "1.005"}}}).rows[0]

    assert row.base_exact == Fraction("2.02")
    assert (row.missing, row.na) == ((), ())
