"""The year's calendar: each step, each refusal, under the database's clock."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from core.errors import Conflict, Invalid, NotAllowed, WrongState
from scoring.criteria.services import clone_set, import_set
from scoring.cycles.selectors import filing_board
from scoring.cycles.services import (
    change_calendar,
    close_filing,
    create_cycle,
    open_filing,
    release_provisional,
    settle,
)
from scoring.cycles.steps import next_step
from scoring.cycles.waiting import waiting_for
from scoring.enums import CycleAction, CycleState
from scoring.models import Answer, Assessment
from tests.factories.small_set import small_set
from tests.factories.year import APPRAISED, CALENDAR, CLOSES, LOCKS, OPENS

pytestmark = pytest.mark.django_db


def later_year(at, **changes):
    given = {
        "movement": "Phong trào",
        "founding_decision": "1/QĐ",
        "year": 2027,
        "calendar": CALENDAR,
        "sets": [(at.group, clone_set(source=at.criteria_set, year=2027, actor=at.people["secretary"]))],
        "legal_basis": "",
        "is_sample": True,
        "actor": at.people["secretary"],
    }
    return create_cycle(**given | changes)


def test_opening_lays_out_one_empty_line_per_unit_and_criterion(year):
    assert Assessment.objects.filter(cycle=year.cycle).count() == 3
    assert Answer.objects.filter(assessment__cycle=year.cycle, values={}).count() == 3 * 8


def test_a_draft_set_keeps_the_filing_shut(year):
    with year.filing():
        cycle = later_year(year)

        assert "small 2027" in next_step(cycle, OPENS).locked
        with pytest.raises(WrongState, match="small 2027"):
            open_filing(cycle=cycle, actor=year.people["secretary"])


def test_a_second_cycle_of_a_year_is_refused(year):
    with year.filing(), pytest.raises(Conflict):
        later_year(year, year=2026)


def test_dates_must_rise(year):
    with year.filing(), pytest.raises(Invalid):
        later_year(year, calendar=replace(CALENDAR, appraisal_closes_at=CLOSES - timedelta(days=1)))


def test_a_cycle_needs_a_group(year):
    with year.filing(), pytest.raises(Invalid):
        later_year(year, sets=[])


@pytest.mark.parametrize("person", ["officer0", "lead", "administrator", "auditor"])
def test_only_the_scoring_secretary_moves_the_year(year, person):
    with year.on(LOCKS), pytest.raises(NotAllowed):
        close_filing(cycle=year.cycle, actor=year.people[person])


def test_filing_is_not_closed_a_millisecond_early(year):
    secretary = year.people["secretary"]
    with year.on(CLOSES - timedelta(milliseconds=1)), pytest.raises(WrongState):
        close_filing(cycle=year.cycle, actor=secretary)
    with year.on(CLOSES):
        assert close_filing(cycle=year.cycle, actor=secretary).state == CycleState.APPRAISAL


def test_the_provisional_result_waits_for_the_appraisal(year):
    year.to_appraisal()
    with year.on(APPRAISED):
        assert next_step(year.cycle, APPRAISED).locked
        with pytest.raises(WrongState):
            release_provisional(cycle=year.cycle, actor=year.people["secretary"])


def test_scores_are_not_settled_before_the_time_for_explanations_is_over(year):
    year.to_appraisal().appraise().to_explanation()
    with year.on(APPRAISED + timedelta(days=1)):
        assert next_step(year.cycle, APPRAISED).action == CycleAction.SETTLE
        with pytest.raises(WrongState):
            settle(cycle=year.cycle, actor=year.people["secretary"])


def test_new_dates_need_a_reason(year):
    with year.filing(), pytest.raises(Invalid):
        change_calendar(cycle=year.cycle, calendar=CALENDAR, reason="", actor=year.people["secretary"])


def test_the_board_tells_who_has_not_begun(year):
    with year.filing():
        year.fill(0)
        rows = {row.assessment.unit.code: (row.standing, row.saved, row.lines) for row in filing_board(year.cycle)}

    assert rows == {"11111": ("draft", 5, 6), "22222": ("not_begun", 0, 6), "33333": ("not_begun", 0, 6)}


def test_the_board_finds_without_tone_marks_and_sorts_in_vietnamese(year):
    with year.filing():
        names = [row.assessment.unit.short_name for row in filing_board(year.cycle)]
        found = [row.assessment.unit.short_name for row in filing_board(year.cycle, search="doan ket")]

    assert names == ["Đoàn Kết", "Ngọc Chiến", "Tô Hiệu"]
    assert found == ["Đoàn Kết"]


def test_the_board_costs_the_same_for_one_unit_and_for_three(year, client, django_assert_num_queries):
    client.force_login(year.people["secretary"])
    with year.filing():
        with django_assert_num_queries(9):
            client.get(reverse("cycle", args=[2026]), {"q": "doan"})
        with django_assert_num_queries(9):
            client.get(reverse("cycle", args=[2026]), {"q": "o"})


@pytest.mark.parametrize("query", [{"standing": "x"}, {"sort": "password"}, {"group": "no"}])
def test_an_unknown_filter_is_refused(year, client, query):
    client.force_login(year.people["secretary"])
    with year.filing():
        assert client.get(reverse("cycle", args=[2026]), query).status_code == 400


def test_setting_up_a_year_on_screen(year, client):
    secretary = year.people["secretary"]
    client.force_login(secretary)
    with year.filing():
        draft = clone_set(source=year.criteria_set, year=2027, actor=secretary)
        form = {
            "year": "2027",
            "movement_title": "Chuyển đổi số",
            "founding_decision": "253/QĐ-UBND",
            "legal_basis": "Căn cứ",
            "filing_from": "01/11/2027",
            "filing_to": "10/12/2027",
            "locked_after": "10/01/2028",
            "appraisal_to": "05/02/2028",
            "explanation_to": "13/02/2028",
            "set_commune": str(draft.pk),
        }
        answer = client.post(reverse("cycle_new"), form)

        assert answer.status_code == 302
        page = client.get(reverse("cycle", args=[2027]))
    assert page.context["cycle"].filing_closes_at.isoformat() == "2027-12-10T17:00:00+00:00"
    assert page.context["step"].locked


def test_the_secretary_is_told_who_has_not_submitted(year):
    with year.filing():
        titles = [task.title for task in waiting_for(year.people["secretary"])]
        others = waiting_for(year.people["officer0"])

    assert len(titles) == 2
    assert "3" in titles[0]
    assert others == []


def test_a_set_with_an_unknown_agency_is_not_published(year):
    from scoring.criteria.services import publish_set  # noqa: PLC0415 - beside its only use

    data = small_set(code="other").replace("Sở Khoa học và Công nghệ".encode(), "Sở Không có".encode())
    with year.filing():
        secretary = year.people["secretary"]
        with pytest.raises(Invalid, match=r"A\.1"):
            publish_set(criteria_set=import_set(data=data, place="x", actor=secretary), actor=secretary)
