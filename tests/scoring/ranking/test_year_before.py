"""The criterion of the year before on the page of a unit, under whatever code it had then."""

from decimal import Decimal

import pytest

from scoring.ranking.reading import read_run
from scoring.ranking.unit_page import EarlierLine, YearBefore, unit_page

pytestmark = pytest.mark.django_db


def lines(reading, codes) -> dict:
    page = unit_page(reading, reading.results.by_unit["11111"], YearBefore(reading, "11111", codes))
    return {line.code: line.earlier for section in page.sections for line in section.lines}


def test_a_criterion_stands_beside_the_one_it_continues(published):
    reading = read_run(published)
    given = reading.results.by_unit["11111"].lines["A.2"].points

    found = lines(reading, {"A.1": "A.2", "A.3": "A.3"})

    assert found["A.1"] == EarlierLine(2026, given, Decimal(2), "A.2")
    assert (found["A.3"].code, found["A.2"]) == ("", None)


def test_without_a_map_equal_codes_are_the_same_criterion(published):
    reading = read_run(published)

    assert {code for code, line in lines(reading, None).items() if line} >= {"A.1", "A.2", "A.3", "B.1"}


def test_a_unit_that_was_not_there_has_no_year_before(published):
    assert YearBefore(read_run(published), "99999", None).line("A.1") is None
