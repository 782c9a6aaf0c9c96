"""Acts on whole forms: accept many lines, return, close."""

from datetime import timedelta
from decimal import Decimal

import pytest

from core.audit.models import AuditEntry
from core.errors import Conflict, Invalid, NotAllowed, OutOfTime, WrongState
from scoring.appraisal import services
from scoring.enums import LineState
from scoring.models import Answer
from tests.factories.year import APPRAISED, LOCKS
from tests.stages import correct

pytestmark = pytest.mark.django_db
REASON = {"reason_code": "TL-04", "reason": "Tài liệu không thể hiện số đã khai."}


def facts(answer: Answer) -> tuple:
    answer.refresh_from_db()
    return answer.line_state, answer.appraised_points, answer.values, answer.claimed_points


def test_accepting_many_lines_is_one_act(appraising):
    assessment, appraiser = appraising.assessment(), appraising.people["appraiser"]
    answers = list(assessment.answers.filter(criterion__code__in=["A.1", "A.2", "B.1"]))
    entries = AuditEntry.objects.count()

    count = services.accept_lines(assessment=assessment, answers=answers, actor=appraiser)

    points = list(Answer.objects.filter(pk__in=[one.pk for one in answers]).values_list("appraised_points", flat=True))
    assert (count, points) == (3, [Decimal(1), Decimal(2), Decimal(3)])
    assert AuditEntry.objects.count() == entries + 1
    assert services.accept_lines(assessment=assessment, answers=answers, actor=appraiser) == 0
    assert AuditEntry.objects.count() == entries + 1


def test_accepting_many_lines_refuses_all_when_one_changed_since(appraising):
    assessment = appraising.assessment()
    answers = list(assessment.answers.filter(criterion__code__in=["A.1", "A.2"]))
    Answer.objects.filter(pk=answers[1].pk).update(version=answers[1].version + 1)

    with pytest.raises(Conflict):
        services.accept_lines(assessment=assessment, answers=answers, actor=appraising.people["lead"])

    assert set(assessment.answers.values_list("line_state", flat=True)) == {LineState.OPEN}


def test_accepting_many_lines_leaves_lines_of_another_form_alone(appraising):
    foreign = appraising.answer("A.1", 1)

    count = services.accept_lines(
        assessment=appraising.assessment(0), answers=[foreign], actor=appraising.people["lead"]
    )

    assert count == 0
    assert facts(foreign)[0] == "open"


def test_returning_keeps_decided_lines_and_says_why(appraising):
    correct(appraising, "B.1", a="60", b="100")

    returned = services.return_assessment(
        assessment=appraising.assessment(), reason=" Bổ sung A.1. ", actor=appraising.people["lead"]
    )

    assert (returned.state, returned.return_reason) == ("returned", "Bổ sung A.1.")
    assert facts(appraising.answer("B.1"))[0] == "corrected"


def test_returning_needs_a_reason_a_right_and_a_form_with_the_committee(appraising):
    assessment = appraising.assessment()

    with pytest.raises(Invalid):
        services.return_assessment(assessment=assessment, reason="  ", actor=appraising.people["lead"])
    with pytest.raises(NotAllowed):
        services.return_assessment(assessment=assessment, reason="Sửa.", actor=appraising.people["appraiser"])
    services.return_assessment(assessment=assessment, reason="Sửa.", actor=appraising.people["secretary"])
    with pytest.raises(WrongState):
        services.return_assessment(assessment=assessment, reason="Sửa.", actor=appraising.people["lead"])


@pytest.mark.parametrize(("moment", "refused"), [(APPRAISED - timedelta(seconds=1), False), (APPRAISED, True)])
def test_a_form_is_returned_only_while_the_unit_can_hand_it_in_again(appraising, moment, refused):
    with appraising.on(moment):
        given = {"assessment": appraising.assessment(), "reason": "Sửa.", "actor": appraising.people["lead"]}
        if refused:
            with pytest.raises(OutOfTime):
                services.return_assessment(**given)
        else:
            assert services.return_assessment(**given).state == "returned"


def test_a_form_is_not_returned_after_the_gate_of_filing(year):
    year.hand_in()

    with year.on(LOCKS), pytest.raises(OutOfTime):
        services.return_assessment(assessment=year.assessment(), reason="Sửa.", actor=year.people["lead"])


def test_closing_takes_what_is_decided_and_counts_the_rest(appraising):
    lead = appraising.people["lead"]
    correct(appraising, "B.3", points="0,5")
    services.accept_lines(
        assessment=appraising.assessment(), answers=appraising.assessment().answers.filter(criterion__pillar__isnull=False),
        actor=lead,
    )  # fmt: skip

    closed = services.close_appraisals(cycle=appraising.cycle, actor=lead)

    assert closed == (1, 2)
    assert [appraising.assessment(index).state for index in range(3)] == [
        "appraised", "under_appraisal", "under_appraisal",
    ]  # fmt: skip
    assert services.close_appraisals(cycle=appraising.cycle, actor=lead) == (0, 2)


def test_a_bonus_with_a_value_waits_for_a_decision(appraising):
    Answer.objects.filter(pk=appraising.answer("T.1").pk).update(values={"value": "1"})
    correct(appraising, "B.3", points="0,5")
    tree = appraising.assessment().answers.filter(criterion__pillar__isnull=False)
    services.accept_lines(assessment=appraising.assessment(), answers=tree, actor=appraising.people["lead"])

    assert services.close_appraisals(cycle=appraising.cycle, actor=appraising.people["lead"]) == (0, 3)


def test_only_a_lead_closes_and_only_in_the_appraisal(explaining):
    with pytest.raises(NotAllowed):
        services.close_appraisals(cycle=explaining.cycle, actor=explaining.people["appraiser"])
    with pytest.raises(WrongState):
        services.close_appraisals(cycle=explaining.cycle, actor=explaining.people["lead"])
