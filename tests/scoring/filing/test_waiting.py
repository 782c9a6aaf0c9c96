"""What waits for officers and heads."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.models import RoleMembership
from scoring.appraisal.services import return_assessment
from scoring.filing.services import AnswerInput, import_form, prepare
from scoring.filing.waiting import waiting_for
from tests.factories.year import CLOSES, LOCKS, OPENS

pytestmark = pytest.mark.django_db


def icons(user) -> list[tuple[str, bool]]:
    return [(task.icon, bool(task.locked)) for task in waiting_for(user)]


def test_an_empty_form_waits_to_be_declared_and_the_last_step_is_locked(year):
    with year.filing():
        tasks = waiting_for(year.officer())

    assert [(task.icon, bool(task.locked)) for task in tasks] == [("pencil-square", False), ("pen", True)]
    assert "5" in tasks[0].title
    assert tasks[0].url.endswith(f"#line-{year.answer('A.1').pk}")
    assert tasks[0].until == CLOSES


def test_each_kind_of_gap_is_a_task_of_its_own(year):
    given = {
        "A.1": AnswerInput(raw={"value": "yes"}),
        "B.1": AnswerInput(raw={"a": "3"}),
        "B.2": AnswerInput(asks_not_applicable=True),
    }
    with year.filing():
        import_form(assessment=year.assessment(), given=given, actor=year.officer())
        assert icons(year.officer()) == [
            ("pencil-square", False),
            ("exclamation-octagon", False),
            ("chat-left-text", False),
            ("paperclip", False),
            ("pen", True),
        ]


def test_a_finished_form_waits_to_be_put_forward_then_for_the_head(year):
    with year.filing():
        year.fill()
        assert icons(year.officer()) == [("pen", False)]
        prepare(assessment=year.assessment(), actor=year.officer())
        assert icons(year.head()) == [("pen", False)]
        # To the reading first; the submission stands there.
        assert waiting_for(year.head())[0].url == reverse("assessment", args=[year.assessment().pk])
        assert icons(year.officer()) == [("pen", True)]


def test_nothing_waits_after_submission_nor_for_people_of_other_desks(year):
    year.hand_in()
    with year.filing():
        assert waiting_for(year.head()) == waiting_for(year.officer()) == []
        for person in ("secretary", "appraiser", "administrator", "outsider"):
            assert waiting_for(year.people[person]) == []


def test_a_returned_form_says_why_and_until_when(year):
    year.to_appraisal()
    with year.on(LOCKS + timedelta(days=1)):
        return_assessment(assessment=year.assessment(), reason="Bổ sung B.1\nvà B.2", actor=year.people["lead"])
        first = waiting_for(year.officer())[0]

    assert (first.icon, first.where) == ("arrow-counterclockwise", "Bổ sung B.1")
    assert first.until == year.cycle.appraisal_closes_at


@pytest.mark.parametrize("moment", [OPENS - timedelta(days=1), LOCKS])
def test_outside_the_time_one_locked_task_says_so(year, moment):
    with year.on(moment):
        assert icons(year.officer()) == [("lock-fill", True)]


def test_the_list_costs_the_same_for_one_unit_and_for_three(year, django_assert_num_queries):
    person = year.officer()
    with year.filing():
        with django_assert_num_queries(7):
            waiting_for(person)
        for unit in year.units[1:]:
            RoleMembership.objects.create(user=person, role=Role.UNIT_HEAD, unit=unit, from_on=OPENS.date())
        person.forget_roles()
        with django_assert_num_queries(7):
            assert len(waiting_for(person)) == 6
