"""The unit's provisional result and its explanation."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.html import escape

from scoring.appraisal.explanations import decide_explanation, file_explanation
from scoring.models import Explanation
from tests.factories.year import EXPLAINED, Year
from tests.stages import correct

pytestmark = pytest.mark.django_db


def result_url(year: Year, index: int = 0) -> str:
    return reverse("provisional", args=[year.assessment(index).pk])


def explain_url(year: Year, code: str = "B.1", index: int = 0) -> str:
    return reverse("explain", args=[year.answer(code, index).pk])


@pytest.fixture
def head(explaining, client):
    client.force_login(explaining.head())
    return explaining


def contest(year: Year, code: str = "B.1", index: int = 0) -> Explanation:
    return file_explanation(answer=year.answer(code, index), grounds="Đã gửi bổ sung.", actor=year.head(index))


def test_a_unit_sees_its_own_row_of_the_provisional_run(head, client):
    response = client.get(result_url(head))
    page = response.content.decode()
    result = response.context["result"]

    standing = result.standing
    assert (standing.row.total, standing.row.rank, standing.units_ranked, standing.is_published) == (
        Decimal("8.75"),
        1,
        3,
        False,
    )
    assert standing.row.unit == head.units[0]
    assert 'id="total">8,75' in page
    lines = {one.answer.criterion.code: one for pillar in result.pillars for one in pillar.lines}
    b1 = lines["B.1"]
    assert (b1.answer.claimed_points, b1.counted, b1.difference) == (Decimal(3), Decimal("2.25"), Decimal("-0.75"))
    assert "Tài liệu không thể hiện số đã khai." in page
    assert lines["A.1"].change is None
    printed = sum(one.counted for pillar in result.pillars if pillar.pillar for one in pillar.lines)
    assert printed == standing.row.total


def test_a_unit_sees_nothing_of_another(head, client):
    page = client.get(result_url(head)).content.decode()

    assert client.get(result_url(head, 1)).status_code == 404
    assert client.get(explain_url(head, "B.3", 1)).status_code == 404
    assert client.post(explain_url(head, "B.3", 1), {"grounds": "x"}).status_code == 404
    assert "Tô Hiệu" not in page


@pytest.mark.parametrize("person", ["lead", "appraiser", "secretary", "auditor", "administrator", "outsider"])
def test_the_page_is_the_units_alone(explaining, client, person):
    client.force_login(explaining.people[person])

    assert client.get(result_url(explaining)).status_code == 404


def test_nothing_is_shown_before_the_release(appraising, client):
    correct(appraising, "B.1", a="60", b="100")
    client.force_login(appraising.head())

    for url in (result_url(appraising), explain_url(appraising)):
        response = client.get(url)
        assert response.status_code == 409
        assert "2,25" not in response.content.decode()
    assert client.post(explain_url(appraising), {"grounds": "x"}).status_code == 409


def test_the_head_explains_a_changed_line_once(head, client):
    page = client.get(result_url(head)).content.decode()
    assert f'action="{explain_url(head)}"' in page

    done = client.post(explain_url(head), {"grounds": "Đã gửi <b>bổ sung</b>."})
    twice = client.post(explain_url(head), {"grounds": "Lần hai."})

    assert (done.status_code, done.url) == (302, result_url(head))
    assert twice.status_code == 409
    assert "Lần hai." in twice.content.decode()
    page = client.get(result_url(head)).content.decode()
    assert "Đã gửi &lt;b&gt;bổ sung&lt;/b&gt;." in page
    assert f'action="{explain_url(head)}"' not in page


@pytest.mark.parametrize("grounds", ["", "  ", "\u200b", "<b>x</b>" * 12_800, "a\x07", "từ " * 501])
def test_grounds_that_cannot_be_filed_are_said(head, client, grounds):
    response = client.post(explain_url(head), {"grounds": grounds})

    assert response.status_code == 422
    assert response.context["form"]["grounds"].errors
    assert escape(grounds) in response.content.decode()
    assert not Explanation.objects.exists()


def test_an_officer_reads_but_does_not_explain(explaining, client):
    client.force_login(explaining.officer())

    page = client.get(result_url(explaining)).content.decode()

    assert f'action="{explain_url(explaining)}"' not in page
    assert client.post(explain_url(explaining), {"grounds": "x"}).status_code == 403


def test_after_the_last_day_typed_grounds_are_kept(head, client):
    with head.on(EXPLAINED):
        response = client.post(explain_url(head), {"grounds": "Chữ đã gõ."})

    assert response.status_code == 409
    assert "Chữ đã gõ." in response.content.decode()


def test_the_decision_stands_beside_the_line_and_the_provisional_points_stay(head, client):
    decide_explanation(
        explanation=contest(head), action="uphold", raw={}, reason="Bổ sung hợp lệ.", actor=head.people["appraiser2"]
    )

    response = client.get(result_url(head))
    lines = [one for p in response.context["result"].pillars for one in p.lines if one.answer.criterion.code == "B.1"]

    assert (lines[0].counted, lines[0].after) == (Decimal("2.25"), Decimal("3"))
    assert "Bổ sung hợp lệ." in response.content.decode()


def test_after_the_publication_the_published_total_stands_there(head, client):
    decide_explanation(
        explanation=contest(head), action="uphold", raw={}, reason="Bổ sung hợp lệ.", actor=head.people["appraiser2"]
    )
    head.publish()

    response = client.get(result_url(head))
    page, result = response.content.decode(), response.context["result"]

    assert (result.standing.row.total, result.standing.is_published) == (Decimal("9.5"), True)
    lines = {one.answer.criterion.code: one for pillar in result.pillars for one in pillar.lines}
    assert (lines["B.1"].counted, lines["B.1"].difference, lines["B.1"].after) == (Decimal(3), Decimal(0), None)
    assert 'id="total">9,50' in page
    assert reverse("public_unit", args=[2026, head.group.code, head.units[0].code]) in page


def test_the_result_costs_the_same_for_one_changed_line_and_for_more(head, client, django_assert_max_num_queries):
    counted = []
    for code in ("B.1", "B.3"):
        contest(head, code)
        with django_assert_max_num_queries(16) as queries:
            client.get(result_url(head))
        counted.append(len(queries))
    assert counted[0] == counted[1]


@pytest.mark.parametrize("pk", ["0", "999999", str(2**70)])
def test_unknown_explanations_and_results_are_not_there(explaining, client, pk):
    client.force_login(explaining.people["lead"])
    assert client.get(f"/appraisal/explanations/{pk}/").status_code == 404
    client.force_login(explaining.head())
    assert client.get(f"/appraisal/results/{pk}/").status_code == 404
    assert client.get(f"/appraisal/results/lines/{pk}/explain/").status_code == 404
