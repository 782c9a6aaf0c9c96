"""The filing board: who stands where, whom to call, at a cost that does not grow."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from core import clock
from scoring.cycles.board import SORTS, Flag, board_rows, counts_of, flags_of, narrowed
from scoring.extending.services import ask_extension, give_extension
from scoring.filing.checks import findings
from scoring.filing.evidence import attach_evidence, remove_evidence
from scoring.filing.services import AnswerInput, import_form, prepare, save_answer
from scoring.models import Assessment, Reminder
from tests.factories.people import make_unit, make_user
from tests.factories.year import CLOSES, LOCKS, OPENS
from tests.scoring.filing.conftest import upload
from tests.scoring.measured.conftest import bring_in

pytestmark = pytest.mark.django_db


def row_of(year, index=0):
    code = year.units[index].code
    return next(row for row in board_rows(year.cycle, clock.now()) if row.assessment.unit.code == code)


def standings(year) -> dict[str, str]:
    return {row.assessment.unit.code: row.standing.value for row in board_rows(year.cycle, clock.now())}


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
        row = row_of(year)
        assert (row.saved, row.lines) == (5, 5)  # as the form counts: bonus lines are nobody's duty
        year.assessment(0).answers.update(values={}, explanation="")
        row = row_of(year)
        assert (row.saved, row.standing) == (0, "not_begun")


def test_figures_that_somebody_brought_in_are_no_act_of_the_unit(year):
    with year.on(OPENS.replace(day=12)):
        bring_in(year, "secretary", u0="3")
        assert year.answer("P.2").values == {"value": "3"}
        assert (row_of(year).last_at, row_of(year).standing) == (None, "not_begun")


def test_a_reminder_is_offered_for_whoever_may_still_file(year, desk):
    year.hand_in(0)
    page = reverse("board", args=[2026])
    with year.filing():
        assert desk.get(page).context["to_remind"] == 2
    with year.on(LOCKS + timedelta(days=1)):
        assert desk.get(page).context["to_remind"] == 0
        assert b"?unit=" not in desk.get(page).content


def test_groups_are_counted(year):
    with year.filing():
        year.fill(0)
        (line,) = counts_of(board_rows(year.cycle, clock.now()))
    assert (line.group.code, line.total) == ("commune", 3)
    assert {standing.value: number for standing, number in line.cells if number} == {"draft": 1, "not_begun": 2}


def test_names_are_found_without_tone_marks_and_sorted_in_vietnamese(year):
    with year.filing():
        rows = board_rows(year.cycle, clock.now())
    assert [row.assessment.unit.short_name for row in narrowed(rows)] == ["Đoàn Kết", "Ngọc Chiến", "Tô Hiệu"]
    assert [row.assessment.unit.short_name for row in narrowed(rows, q="doan ket")] == ["Đoàn Kết"]
    assert narrowed(rows, q="%") == []
    assert narrowed(rows, group="nowhere") == []


@pytest.mark.parametrize("key", SORTS)
def test_every_order_can_be_turned_round(year, key):
    year.hand_in(0)
    with year.filing():
        year.fill(1)
        rows = board_rows(year.cycle, clock.now())
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
        first, second = row_of(year), row_of(year, 1)
    assert [person.phone for person in first.officers] == ["0212 385 1234"]
    assert (second.officers, second.heads, Flag.UNREACHABLE in second.flags) == ([], [year.head(1)], True)
    assert Flag.UNREACHABLE not in first.flags


def test_a_closed_account_is_nobody_to_call(year):
    User.objects.filter(pk=year.head().pk).update(is_active=False)
    with year.filing():
        assert (row_of(year).heads, Flag.UNREACHABLE in row_of(year).flags) == ([], True)


def test_missing_evidence_is_counted_as_the_check_before_submission_counts_it(year):
    with year.filing():
        given = {
            "A.1": AnswerInput(raw={"value": "yes"}),
            "B.1": AnswerInput(raw={"a": "90", "b": "100"}),
            "A.2": AnswerInput(raw={"option": "head"}),
        }
        import_form(assessment=year.assessment(), given=given, actor=year.officer())
        checks = [finding.check.id for finding in findings(year.assessment(), clock.now())]
        assert row_of(year).missing == checks.count("evidence-missing") == 2
        file = attach_evidence(answers=[year.answer("A.1")], upload=upload(), title="", actor=year.officer())
        assert row_of(year).missing == 1
        remove_evidence(answer=year.answer("A.1"), evidence=file, actor=year.officer())
        assert row_of(year).missing == 2
        import_form(
            assessment=year.assessment(),
            given={
                "A.1": AnswerInput(raw={"value": "no"}),
                "B.1": AnswerInput(raw={"a": "9", "b": "10"}, explanation="x"),
            },
            actor=year.officer(),
        )
        assert row_of(year).missing == 0


def test_the_last_act_is_a_saved_line_or_a_file_whichever_is_later(year):
    with year.filing():
        assert (row_of(year).last_at, row_of(year).last_by) == (None, "")
        year.fill()
    with year.on(OPENS + timedelta(days=11)):
        attach_evidence(answers=[year.answer("A.1")], upload=upload(), title="", actor=year.head())
        assert (row_of(year).last_at, row_of(year).last_by) == (clock.now(), year.head().full_name)
    with year.on(OPENS + timedelta(days=12)):
        answer = year.answer("A.3")
        save_answer(answer=answer, given=AnswerInput(raw={"value": "7"}), version=answer.version, actor=year.officer())
        assert row_of(year).last_by == year.officer().full_name
    assert row_of(year, 1).last_at is None


def test_what_somebody_has_to_see_to_is_flagged(year):
    day = timedelta(days=1)
    year.hand_in(2)
    with year.filing():
        ask_extension(assessment=year.assessment(), until=CLOSES + day, reason="x", actor=year.officer())
        give_extension(assessment=year.assessment(1), until=CLOSES + day, reason="x", actor=year.people["secretary"])
        assert [row_of(year, index).flags for index in range(3)] == [{Flag.ASKED}, {Flag.EXTENDED}, set()]
        assert row_of(year).asked.asked_until == CLOSES + day
    with year.on(CLOSES):
        assert [Flag.OVERDUE in row_of(year, index).flags for index in range(3)] == [True, False, False]
    with year.on(CLOSES + day):
        assert Flag.OVERDUE in row_of(year, 1).flags
        rows = board_rows(year.cycle, clock.now())
        assert flags_of(rows) == [(Flag.OVERDUE, 2), (Flag.ASKED, 1), (Flag.EXTENDED, 1)]
        assert [row.assessment.unit.code for row in narrowed(rows, flag="asked")] == ["11111"]


@pytest.mark.parametrize("name", ["cycle", "board", "board_remind", "board_file"])
def test_the_pages_cost_the_same_for_few_and_for_many(year, desk, name):
    """A query per unit would fail here; how many the frame of the page needs is not this desk's."""
    costs = []
    with year.filing():
        for count in (0, 30):
            for number in range(count):
                unit = make_unit(f"9{number:04}", f"Xã Thứ {number}", group=year.group)
                officer = make_user(f"o{number}", (Role.UNIT_OFFICER, unit))
                one = Assessment.objects.create(
                    cycle=year.cycle, unit=unit, group=year.group, criteria_set=year.criteria_set
                )
                Reminder.objects.create(assessment=one, person=officer, sent_by=year.people["secretary"], sent_at=OPENS)
            with CaptureQueriesContext(connection) as queries:
                assert desk.get(reverse(name, args=[2026])).status_code == 200
            costs.append(len(queries))
    assert costs[0] == costs[1] <= 20
