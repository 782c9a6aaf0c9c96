"""The filing board: who stands where, whom to call, at a cost that does not grow."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from scoring.cycles.board import SORTS, board_rows, counts_of, narrowed
from scoring.filing.services import prepare
from scoring.models import Assessment
from tests.factories.people import make_unit, make_user
from tests.factories.year import CLOSES, OPENS

pytestmark = pytest.mark.django_db


def standings(year) -> dict[str, str]:
    return {row.assessment.unit.code: row.standing.value for row in board_rows(year.cycle)}


def test_every_unit_stands_where_it_is(year):
    with year.filing():
        prepare(assessment=year.fill(0), actor=year.officer(0))
        year.fill(1)
        assert standings(year) == {"11111": "prepared", "22222": "draft", "33333": "not_begun"}
    with year.on(CLOSES + timedelta(days=1)):
        year.sign()
    year.hand_in(1)
    with year.filing():
        assert standings(year) == {"11111": "late", "22222": "on_time", "33333": "not_begun"}
        Assessment.objects.filter(pk=year.assessment(1).pk).update(state="returned")
        assert standings(year)["22222"] == "returned"


def test_lines_that_were_emptied_again_do_not_count(year):
    with year.filing():
        year.fill(0)
        row = next(row for row in board_rows(year.cycle) if row.assessment.unit.code == "11111")
        assert (row.saved, row.lines) == (5, 5)  # as the form counts: bonus lines are nobody's duty
        year.assessment(0).answers.update(values={}, explanation="")
        row = next(row for row in board_rows(year.cycle) if row.assessment.unit.code == "11111")
        assert (row.saved, row.standing) == (0, "not_begun")


def test_groups_are_counted(year):
    with year.filing():
        year.fill(0)
        (line,) = counts_of(board_rows(year.cycle))
    assert (line.group.code, line.total) == ("commune", 3)
    assert {standing.value: number for standing, number in line.cells if number} == {"draft": 1, "not_begun": 2}


def test_names_are_found_without_tone_marks_and_sorted_in_vietnamese(year):
    with year.filing():
        rows = board_rows(year.cycle)
    assert [row.assessment.unit.short_name for row in narrowed(rows)] == ["Đoàn Kết", "Ngọc Chiến", "Tô Hiệu"]
    assert [row.assessment.unit.short_name for row in narrowed(rows, q="doan ket")] == ["Đoàn Kết"]
    assert narrowed(rows, q="%") == []
    assert narrowed(rows, group="nowhere") == []


@pytest.mark.parametrize("key", SORTS)
def test_every_order_can_be_turned_round(year, key):
    year.hand_in(0)
    with year.filing():
        year.fill(1)
        rows = board_rows(year.cycle)
    assert {row.assessment.pk for row in narrowed(rows, sort=f"-{key}")} == {row.assessment.pk for row in rows}
    assert narrowed(rows, sort=key)[0].assessment.pk != narrowed(rows, sort=f"-{key}")[0].assessment.pk


def test_the_officer_of_today_is_the_one_to_call(year):
    officer = year.officer(0)
    officer.phone = "0212 385 1234"
    officer.save()
    membership = year.officer(1).memberships.get()
    membership.to_on = OPENS.date()
    membership.save()
    with year.filing():
        rows = {row.assessment.unit.code: row.officers for row in board_rows(year.cycle)}
    assert [person.phone for person in rows["11111"]] == ["0212 385 1234"]
    assert rows["22222"] == []


def test_the_page_costs_the_same_for_few_and_for_many(year, desk):
    """A query per unit would fail here; how many the frame of the page needs is not this desk's."""
    costs = []
    with year.filing():
        for count in (0, 30):
            for number in range(count):
                unit = make_unit(f"9{number:04}", f"Xã Thứ {number}", group=year.group)
                make_user(f"o{number}", (Role.UNIT_OFFICER, unit))
                Assessment.objects.create(cycle=year.cycle, unit=unit, group=year.group, criteria_set=year.criteria_set)
            with CaptureQueriesContext(connection) as queries:
                response = desk.get(reverse("cycle", args=[2026]))
            assert len(response.context["rows"]) == 3 + count
            costs.append(len(queries))
    assert costs[0] == costs[1] <= 14
