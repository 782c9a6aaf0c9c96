"""Typed text becomes the engine's value, or a sentence."""

import json

import pytest

from scoring import engine
from scoring.inputs import parse
from scoring.models import Answer
from tests.factories.small_set import DOCUMENT, leaf

pytestmark = pytest.mark.django_db


def parsed(year, code: str, **raw: str):
    answer = Answer.objects.select_related("criterion__criteria_set").get(pk=year.answer(code).pk)
    return parse(answer.criterion.leaf, raw)


@pytest.mark.parametrize(("typed", "value"), [("9,5", "9.5"), ("9.5", "9.5"), (" 7 ", "7"), ("0009", "9"), ("-0", "0")])
def test_decimals_are_read_with_comma_or_point(year, typed, value):
    assert parsed(year, "A.3", value=typed) == ({"value": value}, {})


@pytest.mark.parametrize(
    "typed",
    [
        "1.234,5",
        "1_0",
        "１２",
        "٣",
        "1e1",
        "NaN",
        "Infinity",
        "0x10",
        "--5",
        "5%",
        "5/10",
        "=5",
        "9" * 401,
        "1\u00a0000",
    ],
)
def test_what_is_no_decimal_is_refused(year, typed):
    values, errors = parsed(year, "A.3", value=typed)

    assert values == {}
    assert set(errors) == {"value"}
    assert len(errors["value"]) < 200  # what was typed is echoed cut


@pytest.mark.parametrize("typed", ["9,5", "1.234", "12 000", "１２", "1e1", "-1", "9" * 401, "+5", "1_0"])
def test_a_count_takes_digits_only(year, typed):
    values, errors = parsed(year, "B.1", a=typed, b="100")

    assert values == {"b": "100"}
    assert set(errors) == {"a"}


@pytest.mark.parametrize(("typed", "taken"), [("999999999999", True), ("1000000000000", False), ("9" * 17, False)])
def test_more_than_any_count_can_be_is_refused(year, typed, taken):
    values, errors = parsed(year, "B.1", a=typed, b="100")

    assert ("a" in values, "a" in errors) == (taken, not taken)


def test_grouped_digits_are_answered_with_the_way_to_write_them(year):
    _values, errors = parsed(year, "B.1", a="1.234", b="2")

    assert "1234" in errors["a"]


@pytest.mark.parametrize("typed", ["maybe", "YES", "1 OR 1", "", " "])
def test_a_choice_is_one_of_those_offered(year, typed):
    values, errors = parsed(year, "A.1", value=typed)

    assert values == {}
    assert set(errors) == ({"value"} if typed.strip() else set())


@pytest.fixture
def dated() -> engine.Leaf:
    """A line of the kind `deadline`, which the small set has not."""
    rule = {"kind": "deadline", "due": "2026-01-31", "late": [{"days": 15, "fraction": "0.5"}]}
    root = DOCUMENT["root"] | {"children": [leaf("D.1", "Kế hoạch", "10", rule)]}
    scoring = DOCUMENT["scoring"] | {"tie_break": []}
    return engine.load_set(json.dumps(DOCUMENT | {"root": root, "scoring": scoring})).leaf("D.1")


@pytest.mark.parametrize(("typed", "value"), [("31/01/2026", "2026-01-31"), ("1/2/2026", "2026-02-01")])
def test_days_are_read_as_people_write_them(dated, typed, value):
    assert parse(dated, {"date": typed}) == ({"date": value}, {})


@pytest.mark.parametrize(
    "typed",
    ["31/02/2026", "29/02/2025", "00/00/2026", "2026-13-01", "01/01/0000", "01/01/9999", "01/02/26", "12/31/2026",
     "１/02/2026", "٠١/٠٢/٢٠٢٦", "2026-1-5", "01-02-2026", "9" * 401],
)  # fmt: skip
def test_days_that_do_not_exist_are_refused(dated, typed):
    values, errors = parse(dated, {"date": typed})

    assert values == {}
    assert set(errors) == {"date"}
