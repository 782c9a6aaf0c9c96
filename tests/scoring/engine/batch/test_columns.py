"""Packs and columns: what they hold, what they refuse, and that spans, order, process and locale do not matter."""

import os
import random
import subprocess
import sys
from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from scoring.engine import FieldSpec, GroupEntry, batch, load_set, read_groups, read_values, score, write_results
from scoring.engine.batch import evaluator
from scoring.engine.batch.kinds import many_of
from scoring.engine.batch.lines import value_of
from scoring.engine.batch.whole import divided

from ..builders import GOLDEN, PROJECT, document, leaf, loaded, node, one_leaf

ROUND_LEAVES = {"round_at": "leaf"}


def golden():
    read = [(GOLDEN / f"commune.{end}").read_bytes() for end in ("set.json", "values.csv", "groups.csv")]
    return load_set(read[0]), read_values(read[1]), read_groups(read[2])


def test_pack_keeps_state_number_and_decimals_of_each_field():
    criteria_set = loaded(
        document(node("R", leaf("A", "ratio"), leaf("B", "boolean"), leaf("C", "manual")), **ROUND_LEAVES)
    )
    layout = batch.Layout(criteria_set)
    answers = {"A": {"a": Fraction(3, 2), "b": Fraction(4)}, "C": {"appraised_points": Fraction(25, 100)}}

    columns = batch.columns_of_packs(layout, [layout.pack(answers)], {"u": GroupEntry("g", "")})

    assert len(layout.pack(answers)) == layout.size == 3 + 4 + 4 * 8
    assert columns.state[:, 0].tolist() == [0, 1, 3]
    assert columns.number[:, 0].tolist() == [15, 4, 0, 0]
    assert columns.decimals == [1, 0, 0, 0]
    assert [(row.tolist(), places) for row, places in columns.given.values()] == [([25], 2)]


def test_rows_of_one_field_are_brought_to_the_same_decimals():
    criteria_set = one_leaf("tiers", **ROUND_LEAVES)
    values = {unit: {"L": {"value": text}} for unit, text in (("u", "2"), ("v", "1.25"), ("w", "0"))}

    columns = batch.columns_of(criteria_set, values)

    assert (columns.number.tolist(), columns.decimals) == ([[200, 125, 0]], [2])


@pytest.mark.parametrize("text", ["99999999999999999999", "0.0000000000000000001", "-99999999999999999999"])
def test_what_64_bits_do_not_hold_goes_to_the_readable_evaluator(text):
    criteria_set = one_leaf("tiers", **ROUND_LEAVES)
    values = {"u": {"L": {"value": text}}, "v": {"L": {"value": "4"}}}

    with pytest.raises(batch.Unpackable):
        batch.columns_of(criteria_set, values)
    assert write_results(batch.score(criteria_set, values)) == write_results(score(criteria_set, values))


def test_products_beyond_64_bits_are_reckoned_in_full():
    criteria_set = one_leaf("ratio", max_points="9.99", rule={"full_at": "99.7", "zero_below": "0.3"}, **ROUND_LEAVES)
    values = {f"u{n}": {"L": {"a": str(10**18 // 3 + n), "b": str(10**18)}} for n in range(5)}

    found = batch.score(criteria_set, values)

    assert isinstance(found, batch.Scores)
    assert write_results(found) == write_results(score(criteria_set, values))


def test_sums_that_outgrow_64_bits_though_each_line_fits_are_reckoned_in_full():
    rule = {"low": "0", "high": "1", "clip": False}
    root = node("R", *(leaf(code, "linear", rule=rule) for code in "ABCD"))
    criteria_set = loaded(document(root, **ROUND_LEAVES))
    values = {"u": {code: {"value": "6000000000000000"} for code in "ABCD"}}

    assert write_results(batch.score(criteria_set, values)) == write_results(score(criteria_set, values))


def test_packs_of_another_set_are_refused():
    layout = batch.Layout(one_leaf("ratio", **ROUND_LEAVES))
    other = batch.Layout(one_leaf("tiers", **ROUND_LEAVES))

    with pytest.raises(ValueError, match="pack|size|multiple"):
        batch.columns_of_packs(layout, [other.pack({})], {"u": GroupEntry("", "")})


def test_lines_worked_one_by_one_are_told_apart_by_each_of_their_fields():
    formula = {"expression": "a / b", "inputs": [{"name": "a"}, {"name": "b"}]}
    criteria_set = loaded(document(node("R", leaf("L"), leaf("F", "formula", rule=formula)), **ROUND_LEAVES))
    values = {
        unit: {"L": {"points": "1"}, "F": {"a": a, "b": b}}
        for unit, a, b in (("u", "1", "2"), ("v", "1", "4"), ("w", "3", "4"))
    }

    found = batch.score(criteria_set, values)

    assert [str(found.by_unit[unit].lines["F"].points) for unit in "uvw"] == ["0.50", "0.25", "0.75"]


@pytest.mark.parametrize("span", [1, 2, 3, 1000])
def test_span_does_not_matter(span, monkeypatch):
    criteria_set, values, groups = golden()
    monkeypatch.setattr(evaluator, "SPAN", span)

    assert write_results(batch.score(criteria_set, values, groups)) == (GOLDEN / "commune.results.csv").read_bytes()


def test_order_of_units_and_lines_does_not_matter():
    criteria_set, values, groups = golden()
    chance = random.Random(5)

    def shuffled(mapping):
        items = [*mapping.items()]
        chance.shuffle(items)
        return dict(items)

    mixed = shuffled({unit: shuffled(lines) for unit, lines in values.items()})

    assert (
        write_results(batch.score(criteria_set, mixed, shuffled(groups)))
        == (GOLDEN / "commune.results.csv").read_bytes()
    )


@pytest.mark.parametrize(
    "surroundings", [{"PYTHONHASHSEED": "1", "LC_ALL": "C"}, {"PYTHONHASHSEED": "2", "LC_ALL": "vi_VN.UTF-8"}]
)
def test_process_and_locale_do_not_matter(surroundings):
    code = (
        "import sys; from pathlib import Path; from scoring.engine import *; from scoring.engine import batch\n"
        "read = [Path(path).read_bytes() for path in sys.argv[1:]]\n"
        "found = batch.score(load_set(read[0]), read_values(read[1]), read_groups(read[2]))\n"
        "assert isinstance(found, batch.Scores); sys.stdout.buffer.write(write_results(found))"
    )
    files = [str(GOLDEN / f"commune.{end}") for end in ("set.json", "values.csv", "groups.csv")]

    done = subprocess.run(
        [sys.executable, "-c", code, *files],
        cwd=PROJECT,
        env=os.environ | surroundings,
        capture_output=True,
        check=True,
    )

    assert done.stdout == (GOLDEN / "commune.results.csv").read_bytes()


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("half_up", [-3, -2, -1, 0, 1, 2, 3]),
        ("half_even", [-2, -2, 0, 0, 0, 2, 2]),
        ("down", [-2, -1, 0, 0, 0, 1, 2]),
    ],
)
@pytest.mark.parametrize("kind", [np.int64, object])
def test_divided_rounds_halves_as_the_set_says(mode, expected, kind):
    numbers = np.array([-5, -3, -1, 0, 1, 3, 5], kind)

    assert divided(numbers, 2, mode).tolist() == expected


def test_sets_with_means_or_rounded_at_the_end_are_left_to_the_readable_evaluator():
    mean = loaded(document(node("R", leaf("A"), aggregate="mean"), **ROUND_LEAVES))
    at_end = one_leaf("manual")

    assert not batch.is_suited(mean)
    assert not batch.is_suited(at_end)
    assert batch.is_suited(one_leaf("manual", **ROUND_LEAVES))


def test_a_column_form_serves_what_has_few_outcomes_or_whole_numbers():
    """What has none is worked one by one: right, but slower."""
    rules = [
        ("boolean", {}), ("level", {}), ("ratio", {}), ("tiers", {}), ("count", {}), ("deadline", {}), ("manual", {}),
        ("carried", {}), ("linear", {}), ("bonus", {}), ("penalty", {}),
    ]  # fmt: skip
    slower = [
        ("formula", {}), ("relative", {}), ("linear", {"transform": "ln", "low": "1"}), ("count", {"max_items": 10_000}),
        ("deadline", {"due": "9999-12-31", "late": [{"days": 1, "fraction": "0.5"}]}),
    ]  # fmt: skip

    def has_form(kind, rule):
        criteria_set = one_leaf(kind, rule=rule, **ROUND_LEAVES)
        return many_of(criteria_set.lines[-1], criteria_set.scoring) is not None

    assert [has_form(*one) for one in rules] == [True] * len(rules)
    assert [has_form(*one) for one in slower] == [False] * len(slower)


@pytest.mark.parametrize(
    ("spec", "number", "decimals", "value"),
    [
        (FieldSpec("x"), 125, 2, Fraction(5, 4)),
        (FieldSpec("x", "date"), 738_000, 0, date.fromordinal(738_000)),
        (FieldSpec("x", "yes_no"), 1, 0, "yes"),
        (FieldSpec("x", "yes_no"), 0, 0, "no"),
        (FieldSpec("x", "choice", allowed=("a", "b")), 1, 0, "b"),
    ],
)
def test_a_packed_number_is_a_value_again(spec, number, decimals, value):
    assert value_of(spec, number, decimals) == value
