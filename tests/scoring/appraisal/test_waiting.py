"""What waits for whom."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.models import RoleMembership
from scoring.appraisal.explanations import decide_explanation, file_explanation
from scoring.appraisal.services import accept_lines
from scoring.appraisal.waiting import waiting_for
from scoring.models import Answer, Assessment
from tests.factories.year import EXPLAINED, OPENS
from tests.stages import correct

pytestmark = pytest.mark.django_db


def urls(year, person: str) -> list[str]:
    return [task.url for task in waiting_for(year.people[person])]


def test_lines_wait_for_the_agency_and_the_lead(appraising):
    for person in ("appraiser", "lead"):
        [task] = waiting_for(appraising.people[person])
        assert (task.url, task.until, "18" in task.title) == (
            reverse("appraisal"),
            appraising.cycle.appraisal_closes_at,
            True,
        )
    for person in ("other_appraiser", "secretary", "auditor", "head0", "officer0", "outsider"):
        assert urls(appraising, person) == []


def test_the_own_units_lines_do_not_wait_for_the_person(appraising):
    appraiser = appraising.people["appraiser"]
    RoleMembership.objects.create(user=appraiser, role=Role.AUDITOR, unit=appraising.units[0], from_on=OPENS.date())
    appraiser.forget_roles()

    [task] = waiting_for(appraiser)

    assert "12" in task.title


def test_decided_forms_wait_for_the_lead_to_close(appraising):
    correct(appraising, "B.3", points="0,5")
    answers = Answer.objects.filter(assessment=appraising.assessment())
    accept_lines(assessment=appraising.assessment(), answers=answers, actor=appraising.people["lead"])

    closing = reverse("appraisal_progress", args=[2026])
    assert urls(appraising, "lead") == [reverse("appraisal"), closing]
    assert urls(appraising, "appraiser") == [reverse("appraisal")]


def test_changed_lines_wait_for_the_head_until_the_last_day(explaining):
    [task] = waiting_for(explaining.head())

    assert (task.url, task.until) == (
        reverse("provisional", args=[explaining.assessment().pk]),
        explaining.cycle.explanation_closes_at,
    )
    assert "2" in task.title
    assert urls(explaining, "officer0") == []
    with explaining.on(EXPLAINED):
        assert urls(explaining, "head0") == []


def test_an_explained_line_waits_for_a_second_appraiser_no_longer_for_the_head(explaining):
    for code in ("B.1", "B.3"):
        file_explanation(answer=explaining.answer(code), grounds="Xem lại.", actor=explaining.head())

    assert urls(explaining, "head0") == []
    assert urls(explaining, "appraiser") == []
    assert urls(explaining, "other_appraiser") == []
    assert urls(explaining, "appraiser2") == urls(explaining, "lead") == [reverse("explanations")]
    for explanation in [explaining.answer(code).contest for code in ("B.1", "B.3")]:
        decide_explanation(
            explanation=explanation, action="reject", raw={}, reason="Không.", actor=explaining.people["lead"]
        )
    assert urls(explaining, "lead") == []


def test_waiting_costs_the_same_for_one_unit_and_for_three(appraising, django_assert_max_num_queries):
    lead, counted = appraising.people["lead"], []
    for state in ("draft", "under_appraisal"):
        Assessment.objects.exclude(pk=appraising.assessment().pk).update(state=state)
        lead.forget_roles()
        with django_assert_max_num_queries(7) as queries:
            waiting_for(lead)
        counted.append(len(queries))
    assert counted[0] == counted[1]
