"""A unit contests a correction, somebody else decides: what counts afterwards, and every refusal."""

from decimal import Decimal

import pytest

from accounts.enums import Role
from accounts.models import RoleMembership
from core.errors import Conflict, Invalid, NotAllowed, OutOfTime, WrongState
from scoring.appraisal.explanations import decide_explanation, file_explanation
from scoring.appraisal.services import grant_not_applicable
from scoring.enums import ExplanationAction
from scoring.models import Answer, Assessment, Correction, Cycle, Explanation
from tests.factories.year import EXPLAINED, OPENS, Year
from tests.stages import APPRAISING, EXPLAINING, correct, decide_rest

pytestmark = pytest.mark.django_db
UPHOLD, PARTLY, REJECT = ExplanationAction.UPHOLD, ExplanationAction.UPHOLD_PARTLY, ExplanationAction.REJECT


def contest(year: Year, code: str = "B.1", index: int = 0) -> Explanation:
    return file_explanation(answer=year.answer(code, index), grounds="Đã gửi bổ sung.", actor=year.head(index))


def decide(year: Year, explanation: Explanation, action, *, by: str = "appraiser2", reason: str = "Đủ căn cứ.", **raw):
    return decide_explanation(explanation=explanation, action=action, raw=raw, reason=reason, actor=year.people[by])


def facts(year: Year, code: str = "B.1", index: int = 0) -> tuple:
    answer = year.answer(code, index)
    return answer.line_state, answer.appraised_points, answer.values


def test_upholding_lets_the_claim_count(explaining):
    decided = decide(explaining, contest(explaining), UPHOLD)

    assert (decided.state, decided.decided_by) == ("upheld", explaining.people["appraiser2"])
    assert facts(explaining) == ("accepted", Decimal("3"), {"a": "90", "b": "100"})
    assert Correction.objects.filter(answer=explaining.answer("B.1")).count() == 1


def test_upholding_in_part_adds_a_correction(explaining):
    decide(explaining, contest(explaining), PARTLY, a="70", b="100")

    assert facts(explaining)[:2] == ("corrected", Decimal("2.63"))
    kinds = Correction.objects.filter(answer=explaining.answer("B.1")).values_list("reason_code", "points")
    assert list(kinds) == [("TL-04", Decimal("2.25")), ("GT-01", Decimal("2.63"))]


def test_rejecting_leaves_the_correction(explaining):
    decided = decide(explaining, contest(explaining), REJECT, by="lead")

    assert (decided.state, decided.decision_reason) == ("rejected", "Đủ căn cứ.")
    assert facts(explaining)[:2] == ("corrected", Decimal("2.25"))


def test_upholding_a_refused_request_grants_not_applicable(year):
    year.to_appraisal()
    Answer.objects.filter(pk=year.answer("B.2").pk).update(asks_not_applicable=True, values={}, claimed_points=None)
    with year.on(APPRAISING):
        correct(year, "B.2", value="0")
        decide_rest(year)
    year.to_explanation()

    with year.on(EXPLAINING):
        decide(year, contest(year, "B.2"), UPHOLD)

    assert facts(year, "B.2") == ("not_applicable", None, {})
    assert year.answer("B.2").correction.reason_code == "GT-01"


def test_upholding_needs_a_claim(explaining):
    explanation = contest(explaining, "B.3")

    with pytest.raises(WrongState):
        decide(explaining, explanation, UPHOLD)

    assert facts(explaining, "B.3")[:2] == ("corrected", Decimal("0.5"))


def test_upholding_in_part_needs_figures_that_fit_the_rule(explaining):
    explanation = contest(explaining)

    for raw in ({}, {"a": "", "b": ""}, {"a": "101", "b": "100"}, {"a": "7"}):
        with pytest.raises(Invalid):
            decide(explaining, explanation, PARTLY, **raw)
    assert facts(explaining)[:2] == ("corrected", Decimal("2.25"))


def test_a_decision_needs_a_reason(explaining):
    with pytest.raises(Invalid) as refused:
        decide(explaining, contest(explaining), REJECT, reason=" ")
    assert set(refused.value.fields) == {"reason"}


def test_who_made_the_correction_does_not_decide_on_it(explaining):
    explanation = contest(explaining)

    with pytest.raises(NotAllowed):
        decide(explaining, explanation, REJECT, by="appraiser")
    assert decide(explaining, explanation, REJECT, by="appraiser2").state == "rejected"


@pytest.mark.parametrize("person", ["head0", "officer0", "other_appraiser", "secretary", "auditor", "administrator"])
def test_who_is_not_responsible_does_not_decide(explaining, person):
    with pytest.raises(NotAllowed):
        decide(explaining, contest(explaining), REJECT, by=person)


def test_nobody_decides_for_the_own_unit(explaining):
    lead = explaining.people["lead"]
    RoleMembership.objects.create(user=lead, role=Role.AUDITOR, unit=explaining.units[0], from_on=OPENS.date())
    lead.forget_roles()

    with pytest.raises(NotAllowed):
        decide(explaining, contest(explaining), REJECT, by="lead")


def test_a_decision_is_taken_once(explaining):
    explanation = contest(explaining)
    decide(explaining, explanation, REJECT)

    with pytest.raises(WrongState):
        decide(explaining, explanation, UPHOLD)


def test_decisions_may_come_after_the_last_day_but_not_after_settling(explaining):
    first, second = contest(explaining), contest(explaining, "B.3")
    with explaining.on(EXPLAINED):
        decide(explaining, first, REJECT)

        Cycle.objects.update(state="settled")
        with pytest.raises(WrongState):
            decide(explaining, second, PARTLY, by="lead", points="1")


@pytest.mark.parametrize("person", ["officer0", "head1", "lead", "secretary"])
def test_only_the_head_of_the_unit_explains(explaining, person):
    with pytest.raises(NotAllowed):
        file_explanation(answer=explaining.answer("B.1"), grounds="Xem lại.", actor=explaining.people[person])


def test_an_explanation_needs_grounds_and_is_filed_once(explaining):
    with pytest.raises(Invalid):
        file_explanation(answer=explaining.answer("B.1"), grounds="  ", actor=explaining.head())
    contest(explaining)
    with pytest.raises(Conflict):
        contest(explaining)


def test_only_a_changed_line_is_explained(explaining):
    with pytest.raises(WrongState):
        contest(explaining, "A.1")


def test_what_was_asked_for_and_granted_is_not_explained(year):
    year.to_appraisal()
    Answer.objects.filter(pk=year.answer("B.2").pk).update(asks_not_applicable=True)
    with year.on(APPRAISING):
        for index in (0, 1):
            answer = year.answer("B.2", index)
            given = {"answer": answer, "version": answer.version, "actor": year.people["appraiser"]}
            grant_not_applicable(reason="Không có.", **given)
        decide_rest(year)
    year.to_explanation()

    with year.on(EXPLAINING):
        with pytest.raises(WrongState):
            contest(year, "B.2", 0)
        assert contest(year, "B.2", 1).state == "filed"


def test_explaining_ends_with_its_last_day(explaining):
    with explaining.on(EXPLAINED), pytest.raises(OutOfTime):
        contest(explaining)


def test_explaining_waits_for_its_phase(appraising):
    correct(appraising, "B.1", a="60", b="100")

    with pytest.raises(WrongState):
        contest(appraising)


def test_a_form_that_is_back_with_its_unit_is_not_explained(explaining):
    Assessment.objects.filter(pk=explaining.assessment().pk).update(state="returned")

    with pytest.raises(WrongState):
        contest(explaining)
