"""The page of one line: what it shows, what it saves, what it refuses, and where it goes on."""

from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.models import RoleMembership
from scoring.appraisal.explanations import decide_explanation, file_explanation
from scoring.appraisal.selectors.line import line_page
from scoring.appraisal.selectors.queue import visible_answers
from scoring.appraisal.services import accept_line
from scoring.models import Answer, Assessment, Correction
from tests.factories.year import OPENS

pytestmark = pytest.mark.django_db


def url(answer: Answer) -> str:
    return reverse("appraisal_line", args=[answer.pk])


def typed(answer: Answer, decision: str, **more) -> dict:
    return {"version": answer.version, "decision": decision, "reason_code": "TL-04", "reason": "Thiếu căn cứ."} | more


@pytest.fixture
def desk(appraising, client):
    client.force_login(appraising.people["appraiser"])
    return appraising


def test_shows_claim_evidence_queue_and_the_decision(desk, client):
    answer = desk.answer("B.1")
    Answer.objects.filter(pk=answer.pk).update(explanation="<b>Có hồ sơ</b>")

    response = client.get(url(answer))
    page = response.content.decode()

    assert response.status_code == 200
    assert "90 ÷ 100 = 90,00%" in page
    assert "&lt;b&gt;Có hồ sơ&lt;/b&gt;" in page
    assert 'id="decision"' in page
    assert [line.answer.assessment.unit.short_name for line in response.context["page"].queue] == [
        "Đoàn Kết",
        "Ngọc Chiến",
        "Tô Hiệu",
    ]
    assert response.context["proposal"].points == Decimal("3")


def test_saving_goes_on_to_the_next_waiting_unit_and_then_to_the_list(desk, client):
    order = [desk.answer("A.1", index) for index in (2, 0, 1)]
    accept_line(answer=order[1], version=order[1].version, actor=desk.people["appraiser2"])

    first = client.post(url(order[0]), typed(order[0], "accept"))
    last = client.post(url(order[2]), typed(order[2], "accept"))

    assert first.url == url(order[2])
    assert last.url == reverse("appraisal_criterion", args=[2026, order[2].criterion_id])
    assert {desk.answer("A.1", index).line_state for index in range(3)} == {"accepted"}


def test_going_on_begins_again_at_the_top(desk, client):
    last = desk.answer("A.1", 1)

    assert client.post(url(last), typed(last, "accept")).url == url(desk.answer("A.1", 2))


def test_corrects_figures_with_a_comma_and_keeps_the_claim(desk, client):
    answer = desk.answer("B.3")
    response = client.post(url(answer), typed(answer, "inputs", points="0,75", reason_code="TD-01"))

    saved = desk.answer("B.3")
    assert response.status_code == 302
    assert (saved.line_state, saved.appraised_points, saved.claimed_points) == ("corrected", Decimal("0.75"), None)


def test_sets_points_and_grants_not_applicable(desk, client):
    one, other = desk.answer("A.2"), desk.answer("B.2")

    client.post(url(one), typed(one, "points", appraised_points="1,5"))
    client.post(url(other), typed(other, "not_applicable", reason_code=""))

    kinds = Correction.objects.order_by("pk").values_list("kind", "points", "reason_code")
    assert list(kinds) == [("points", Decimal("1.5"), "TL-04"), ("not_applicable", None, "KAD")]


def test_markup_in_a_reason_is_shown_as_text(desk, client):
    answer = desk.answer("B.1")
    client.post(url(answer), typed(answer, "inputs", a="60", b="100", reason="<script>x</script>{{ 7 }}"))

    page = client.get(url(answer)).content.decode()

    assert "&lt;script&gt;x&lt;/script&gt;{{ 7 }}" in page
    assert "<script>x" not in page


def test_a_preview_computes_and_writes_nothing(desk, client):
    answer = desk.answer("B.1")

    response = client.post(url(answer), typed(answer, "inputs", a="60", b="100", act="preview", reason=""))

    assert response.status_code == 200
    assert (response.context["proposal"].points, response.context["proposal"].difference) == (
        Decimal("2.25"),
        Decimal("-0.75"),
    )
    assert response.context["form"]["a"].value() == "60"
    assert desk.answer("B.1").version == answer.version


def test_a_preview_by_htmx_is_the_result_alone(desk, client):
    answer = desk.answer("B.1")
    good = client.post(url(answer), typed(answer, "inputs", a="60", b="100", act="preview"), HTTP_HX_REQUEST="true")
    bad = client.post(url(answer), typed(answer, "inputs", a="6x", b="100", act="preview"), HTTP_HX_REQUEST="true")

    assert (good.status_code, bad.status_code) == (200, 422)
    assert "2,25" in good.content.decode()
    assert "<html" not in good.content.decode()


def test_a_preview_by_htmx_before_any_points_are_typed_is_no_refusal(desk, client):
    answer = desk.answer("A.2")
    typed_so_far = typed(answer, "points", act="preview", reason_code="", reason="")

    by_htmx = client.post(url(answer), typed_so_far, headers={"HX-Request": "true"})
    by_button = client.post(url(answer), typed_so_far)

    assert (by_htmx.status_code, by_button.status_code) == (200, 422)


@pytest.mark.parametrize(
    ("code", "given", "named"),
    [
        ("A.2", {"decision": "points"}, {"appraised_points", "reason_code", "reason"}),
        ("A.2", {"decision": "points", "appraised_points": "x"}, {"appraised_points", "reason_code", "reason"}),
        ("B.1", {"decision": "inputs", "a": "x", "b": "1"}, {"a", "reason_code", "reason"}),
        ("B.1", {"decision": "inputs", "a": "1", "b": ""}, {"__all__", "reason_code", "reason"}),
        ("B.2", {"decision": "not_applicable"}, {"reason"}),
    ],
)
def test_everything_that_is_missing_is_said_at_once(desk, client, code, given, named):
    answer = desk.answer(code)

    response = client.post(url(answer), {"version": answer.version, "reason_code": "", "reason": ""} | given)

    assert response.status_code == 422
    assert set(response.context["form"].errors) == named
    assert not Correction.objects.exists()


def test_going_on_skips_the_own_unit(desk, client):
    RoleMembership.objects.create(
        user=desk.people["appraiser"], role=Role.AUDITOR, unit=desk.units[0], from_on=OPENS.date()
    )
    answer = desk.answer("A.1", 2)

    assert client.post(url(answer), typed(answer, "accept")).url == url(desk.answer("A.1", 1))


def test_a_line_that_the_agency_enters_offers_no_acceptance(desk, client):
    form = client.get(url(desk.answer("B.3"))).context["form"]

    assert [value for value, _label in form.fields["decision"].choices] == ["inputs"]
    assert form.initial["reason_code"] == "TD-01"


def test_the_page_costs_the_same_for_one_unit_and_for_three(desk, client, django_assert_max_num_queries):
    answer, counted = desk.answer("A.1"), []
    for state in ("draft", "under_appraisal"):
        Assessment.objects.exclude(pk=answer.assessment_id).update(state=state)
        with django_assert_max_num_queries(16) as queries:
            client.get(url(answer))
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_a_request_for_not_applicable_is_not_called_undeclared(appraising):
    answer = visible_answers(appraising.people["appraiser"]).get(pk=appraising.answer("B.2").pk)
    nothing = line_page(appraising.people["appraiser"], answer)
    answer.values, answer.asks_not_applicable = {}, True

    asked = line_page(appraising.people["appraiser"], answer).claim_sentence

    answer.asks_not_applicable = False
    undeclared = line_page(appraising.people["appraiser"], answer).claim_sentence
    assert len({asked, undeclared, nothing.claim_sentence}) == 3


@pytest.mark.parametrize("action", ["uphold", "reject"])
def test_the_explanation_and_its_conclusion_stand_on_the_line(explaining, client, action):
    client.force_login(explaining.people["appraiser"])
    answer = explaining.answer("B.1")
    explanation = file_explanation(answer=answer, grounds="Đã gửi bổ sung.", actor=explaining.head())

    waiting = client.get(url(answer)).content.decode()
    decide_explanation(
        explanation=explanation, action=action, raw={}, reason="Đã xem lại.", actor=explaining.people["appraiser2"]
    )
    decided = client.get(url(answer)).content.decode()

    assert ("Đã gửi bổ sung." in waiting, 'id="contest-decided"' in waiting) == (True, False)
    assert decided.index("Đã xem lại.") < decided.index("Đã gửi bổ sung.") < decided.index("Tài liệu không thể hiện")
    conclusion = decided[decided.index('id="decided"') :]
    assert "Đã xem lại." in conclusion
    assert explaining.people["appraiser2"].full_name in conclusion
    assert f"{explaining.people['appraiser'].full_name}," not in conclusion.partition("</div>")[0]
