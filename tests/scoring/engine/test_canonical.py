"""Canonical form, identity, and the tables' own round trips."""

import hashlib
import json
import unicodedata

import pytest

from scoring.engine import (
    GroupEntry,
    canonical_bytes,
    identity,
    load_set,
    read_groups,
    read_values,
    to_document,
    write_groups,
    write_values,
)
from scoring.engine.codec import rfc8785

from .builders import GOLDEN, PROJECT, SETS, document, leaf, loaded, node

SETS_SHIPPED = sorted([*GOLDEN.rglob("*.set.json"), *SETS.glob("*.json"), *(PROJECT / "data/criteria").glob("*.json")])


@pytest.mark.parametrize("path", SETS_SHIPPED, ids=lambda path: path.name)
def test_canonical_form_reads_back_as_itself(path):
    criteria_set = load_set(path.read_bytes())

    again = load_set(canonical_bytes(criteria_set))

    assert again == criteria_set
    assert identity(again) == identity(criteria_set) == hashlib.sha256(canonical_bytes(criteria_set)).hexdigest()


def test_defaults_are_filled_in_and_decimals_plain():
    criteria_set = loaded(document(node("R", leaf("L", "ratio", "010.50", inputs={"a": {}})), cap="-0.0"))

    assert to_document(criteria_set)["scoring"] == {
        "places": 2,
        "rounding": "half_up",
        "round_at": "total",
        "rank_on": "rounded",
        "not_applicable": "renormalise",
        "missing": "zero",
        "tie_break": [],
        "max_bonus": None,
        "max_penalty": None,
        "cap": "0",
    }
    assert to_document(criteria_set)["root"]["children"] == [
        {
            "code": "L",
            "title": {"vi": "L", "en": "L"},
            "max_points": "10.5",
            "rule": {
                "kind": "ratio",
                "na_allowed": False,
                "full_at": "80",
                "zero_below": "40",
                "between": "over_full",
                "b_zero": "zero",
            },
            "weight": "1",
            "source_kind": "declared",
            "inputs": {"a": {"type": "decimal", "unit": ""}},
            "evidence": {"required": False, "note": ""},
            "appraiser": "",
            "source": "",
            "provenance": None,
        }
    ]


def test_spelling_of_the_same_set_does_not_change_its_identity():
    short = document(node("R", leaf("L", "linear", "10")))
    short["title"] = {"vi": "Tỉnh"}
    del short["grades"], short["adjustments"]
    full = to_document(loaded(short))
    full["title"] = {"en": "Tỉnh", "vi": unicodedata.normalize("NFD", "Tỉnh")}
    full["root"]["children"][0]["max_points"] = "0010.000"

    assert identity(load_set(json.dumps(full, indent=3))) == identity(loaded(short))


def test_another_value_changes_the_identity():
    assert identity(loaded(document(node("R", leaf("L"))))) != identity(loaded(document(node("R", leaf("M")))))


def test_json_is_written_as_rfc_8785_asks():
    value = {"\u20ac": '\u20ac$\u000f\nA\'B"\\\\"/', "\U0001f600": 1, "\ufb33": None, "1": [True, -5], "\r": {}}

    expected = '{"\\r":{},"1":[true,-5],"€":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/","😀":1,"\ufb33":null}'
    assert rfc8785(value) == expected


def test_values_and_groups_read_back_and_come_sorted():
    values = {"v": {"4.10": {"a": "1", "b": "2"}, "4.2": {"value": 'x, "y"\nz'}}, "u": {"L": {"points": "1"}}}
    groups = {"v": GroupEntry("cụm 1", ""), "u": GroupEntry("", "2025-12-05T09:00:00+07:00")}

    assert read_values(write_values(values)) == values
    assert read_groups(write_groups(groups)) == groups
    assert write_values(values).decode().splitlines() == [
        "unit,criterion,field,value",
        "u,L,points,1",
        'v,4.2,value,"x, ""y""',
        'z"',
        "v,4.10,a,1",
        "v,4.10,b,2",
    ]


def test_equal_values_give_equal_bytes_in_any_order():
    one = {"u": {"A": {"a": "1", "b": "2"}}, "v": {"A": {"value": "1"}}}
    other = {"v": {"A": {"value": "1"}}, "u": {"A": {"b": "2", "a": "1"}}}

    assert write_values(one) == write_values(other)
