"""The committee's queue of explanations, and one of them decided."""

from decimal import Decimal

import pytest
from django.urls import reverse

from scoring.appraisal.explanations import decide_explanation, file_explanation
from scoring.models import Explanation
from tests.factories.year import Year

pytestmark = pytest.mark.django_db


def contest(year: Year, code: str = "B.1", index: int = 0) -> Explanation:
    return file_explanation(answer=year.answer(code, index), grounds="Đã gửi bổ sung.", actor=year.head(index))


def test_the_queue_lists_what_is_left_and_says_what_is_locked(explaining, client):
    first, second = contest(explaining), contest(explaining, "B.3", 1)
    client.force_login(explaining.people["appraiser"])

    response = client.get(reverse("explanations"))

    rows = [(one.explanation, bool(one.verdict)) for one in response.context["contests"]]
    assert rows == [(first, False), (second, False)]
    client.force_login(explaining.people["appraiser2"])
    assert [bool(one.verdict) for one in client.get(reverse("explanations")).context["contests"]] == [True, True]
    client.force_login(explaining.people["other_appraiser"])
    assert client.get(reverse("explanations")).context["contests"] == []
    assert client.get(reverse("explanation", args=[first.pk])).status_code == 404


def test_the_queue_filters_by_state(explaining, client):
    first, second = contest(explaining), contest(explaining, "B.3", 1)
    decide_explanation(
        explanation=first, action="reject", raw={}, reason="Không đủ.", actor=explaining.people["appraiser2"]
    )
    client.force_login(explaining.people["lead"])

    def listed(state: str) -> list[int]:
        found = client.get(reverse("explanations"), {"state": state}).context["contests"]
        return [one.explanation.pk for one in found]

    assert (listed(""), listed("decided"), listed("all")) == ([second.pk], [first.pk], [first.pk, second.pk])
    assert client.get(reverse("explanations"), {"state": "x"}).status_code == 400


def decide_url(explanation: Explanation) -> str:
    return reverse("explanation", args=[explanation.pk])


def test_deciding_by_page(explaining, client):
    explanation = contest(explaining)
    client.force_login(explaining.people["appraiser2"])

    preview = client.post(
        decide_url(explanation), {"action": "uphold_partly", "a": "70", "b": "100", "act": "preview", "reason": "x"}
    )
    done = client.post(
        decide_url(explanation), {"action": "uphold_partly", "a": "70", "b": "100", "reason": "Đủ một phần."}
    )

    assert (preview.status_code, preview.context["partly"].points) == (200, Decimal("2.63"))
    assert (done.status_code, done.url) == (302, reverse("explanations"))
    explanation.refresh_from_db()
    assert explanation.state == "partly_upheld"
    assert 'id="decided"' in client.get(decide_url(explanation)).content.decode()


def test_the_unit_reads_what_counts_after_the_explanation(explaining, client):
    explanation = contest(explaining)
    raw = {"a": "70", "b": "100"}
    decide_explanation(
        explanation=explanation, action="uphold_partly", raw=raw, reason="Đủ.", actor=explaining.people["appraiser2"]
    )
    client.force_login(explaining.head())

    page = client.get(reverse("provisional", args=[explaining.assessment().pk]))

    line = next(one for one in page.context["result"].changed if one.answer.pk == explanation.answer_id)
    assert ["70" in said for said in (line.final_sentence, line.appraised_sentence)] == [True, False]
    assert line.final_sentence in page.content.decode()
    assert line.answer.correction.follows_explanation


@pytest.mark.parametrize(
    "bad",
    [
        {"action": "uphold_partly"},
        {"action": "uphold_partly", "a": "x", "b": "1"},
        {"action": "uphold_partly", "a": "2", "b": "1"},
        {"action": "nothing"},
        {"action": ""},
        {"action": "reject", "reason": " "},
        {"action": "reject", "reason": "x" * 2001},
    ],
)
def test_a_decision_that_cannot_be_saved_is_said_and_kept(explaining, client, bad):
    explanation = contest(explaining)
    client.force_login(explaining.people["appraiser2"])

    response = client.post(decide_url(explanation), {"reason": "Chữ đã gõ.", "a": "", "b": ""} | bad)

    assert response.status_code == 422
    assert bad.get("reason", "Chữ đã gõ.").strip() in response.content.decode()
    assert Explanation.objects.get().state == "filed"


def test_who_made_the_correction_finds_the_decision_locked(explaining, client):
    explanation = contest(explaining)
    client.force_login(explaining.people["appraiser"])

    page = client.get(decide_url(explanation)).content.decode()

    assert 'id="locked"' in page
    assert 'id="decision"' not in page
    assert client.post(decide_url(explanation), {"action": "reject", "reason": "x"}).status_code == 403


def test_a_second_decision_is_409(explaining, client):
    explanation = contest(explaining)
    client.force_login(explaining.people["appraiser2"])
    client.post(decide_url(explanation), {"action": "reject", "reason": "Không đủ."})

    assert client.post(decide_url(explanation), {"action": "uphold", "reason": "Đủ."}).status_code == 409
    explanation.refresh_from_db()
    assert explanation.state == "rejected"


def test_a_line_without_a_claim_offers_no_upholding(explaining, client):
    explanation = contest(explaining, "B.3")
    client.force_login(explaining.people["appraiser2"])

    form = client.get(decide_url(explanation)).context["form"]

    assert [value for value, _label in form.fields["action"].choices] == ["uphold_partly", "reject"]
    assert client.post(decide_url(explanation), {"action": "uphold", "reason": "x"}).status_code == 422


def test_the_queue_costs_the_same_for_one_and_for_three(explaining, client, django_assert_max_num_queries):
    client.force_login(explaining.people["lead"])
    counted = []
    for code, index in (("B.1", 0), ("B.3", 1), ("B.3", 2)):
        contest(explaining, code, index)
        with django_assert_max_num_queries(16) as queries:
            client.get(reverse("explanations"))
        counted.append(len(queries))
    assert counted[0] == counted[1] == counted[2]
