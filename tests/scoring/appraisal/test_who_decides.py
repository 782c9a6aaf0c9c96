"""Who decides on a line, and when: everybody else is refused."""

from decimal import Decimal

import pytest

from accounts.enums import Role
from accounts.models import RoleMembership
from core.errors import NotAllowed, WrongState
from scoring.appraisal import services
from scoring.models import Answer, Cycle
from tests.factories.year import OPENS

pytestmark = pytest.mark.django_db
REASON = {"reason_code": "TL-04", "reason": "Tài liệu không thể hiện số đã khai."}


def facts(answer: Answer) -> tuple:
    answer.refresh_from_db()
    return answer.line_state, answer.appraised_points, answer.values, answer.claimed_points


def every_act(year, actor):
    """Each act on a line, to be tried by somebody who may not."""
    answer = year.answer("B.2")
    given = {"answer": answer, "version": answer.version, "actor": actor}
    return [
        lambda: services.accept_line(**given),
        lambda: services.accept_lines(assessment=answer.assessment, answers=[answer], actor=actor),
        lambda: services.correct_inputs(raw={"value": "1"}, **REASON, **given),
        lambda: services.correct_points(points=Decimal("1"), **REASON, **given),
        lambda: services.grant_not_applicable(reason="Không có.", **given),
    ]


@pytest.mark.parametrize("person", ["officer0", "head0", "other_appraiser", "secretary", "auditor", "administrator"])
def test_who_is_not_responsible_decides_nothing(appraising, person):
    for act in every_act(appraising, appraising.people[person]):
        with pytest.raises(NotAllowed):
            act()
    assert facts(appraising.answer("B.2"))[0] == "open"


@pytest.mark.parametrize("person", ["appraiser", "lead"])
def test_nobody_decides_on_the_own_unit(appraising, person):
    actor = appraising.people[person]
    RoleMembership.objects.create(user=actor, role=Role.AUDITOR, unit=appraising.units[0], from_on=OPENS.date())
    actor.forget_roles()

    for act in every_act(appraising, actor):
        with pytest.raises(NotAllowed):
            act()
    assert facts(appraising.answer("B.2"))[0] == "open"
    with pytest.raises(NotAllowed):
        services.return_assessment(assessment=appraising.assessment(), reason="Sửa lại.", actor=actor)


def test_lines_are_decided_in_the_appraisal_only(year):
    year.hand_in()

    with year.filing():
        for act in every_act(year, year.people["appraiser"]):
            with pytest.raises(WrongState):
                act()


def test_a_form_left_over_from_the_appraisal_is_not_decided_later(appraising):
    Cycle.objects.update(state="provisional")

    for act in every_act(appraising, appraising.people["appraiser"]):
        with pytest.raises(WrongState):
            act()


def test_a_returned_form_waits_for_its_unit(appraising):
    services.return_assessment(assessment=appraising.assessment(), reason="Sửa B.1.", actor=appraising.people["lead"])

    for act in every_act(appraising, appraising.people["appraiser"]):
        with pytest.raises(WrongState):
            act()
