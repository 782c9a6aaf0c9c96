"""One unit on the desk: many lines accepted at once, the form returned."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.models import RoleMembership
from scoring.models import Answer
from tests.factories.year import APPRAISED, OPENS
from tests.stages import correct, decide_rest

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(appraising, client):
    client.force_login(appraising.people["lead"])
    return appraising


def unit_url(year, index: int = 0) -> str:
    return reverse("appraisal_unit", args=[year.assessment(index).pk])


def ticked(*answers: Answer) -> dict:
    return {"lines": [f"{one.pk}:{one.version}" for one in answers]}


def test_unit_accepts_the_ticked_lines(desk, client):
    answers = [desk.answer("A.1"), desk.answer("B.1")]

    response = client.post(unit_url(desk), ticked(*answers))

    assert response.status_code == 302
    states = dict(desk.assessment().answers.values_list("criterion__code", "line_state"))
    assert [code for code, state in states.items() if state == "accepted"] == ["A.1", "B.1"]


def test_unit_offers_ticks_only_where_a_claim_can_stand(desk, client):
    Answer.objects.filter(pk=desk.answer("B.2").pk).update(asks_not_applicable=True)
    correct(desk, "A.3", value="1")

    pillars = client.get(unit_url(desk)).context["pillars"]

    offered = [one.line.answer.criterion.code for p in pillars for one in p.lines if one.line.can_be_ticked]
    assert offered == ["A.1", "A.2", "B.1"]


@pytest.mark.parametrize("lines", [[], ["x"], ["1"], ["1:"], ["1:1:1"], ["-1:0"], ["99999999:0"], [f"{2**70}:0"]])
def test_unit_refuses_ticks_that_are_not_offered(desk, client, lines):
    response = client.post(unit_url(desk), {"lines": lines})

    assert response.status_code == 422
    assert set(desk.assessment().answers.values_list("line_state", flat=True)) == {"open"}


def test_a_bonus_without_a_value_waits_for_nobody(desk, client):
    response = client.get(unit_url(desk))
    lines = {one.line.answer.criterion.code: one.line for p in response.context["pillars"] for one in p.lines}
    criterion = client.get(reverse("appraisal_criterion", args=[2026, lines["T.1"].answer.criterion_id]))

    assert (lines["T.1"].state, lines["T.1"].can_be_ticked) == ("unneeded", False)
    assert (response.context["share"].decided, response.context["share"].total) == (0, 6)
    assert (criterion.context["share"].total, criterion.context["first_open"]) == (0, None)


def test_unit_refuses_a_line_of_another_form(desk, client):
    assert client.post(unit_url(desk, 0), ticked(desk.answer("A.1", 1))).status_code == 422
    assert desk.answer("A.1", 1).line_state == "open"


def test_unit_keeps_the_ticks_when_a_line_changed_since(desk, client):
    answers = [desk.answer("A.1"), desk.answer("A.2")]
    Answer.objects.filter(pk=answers[0].pk).update(version=answers[0].version + 1)

    response = client.post(unit_url(desk), ticked(*answers))

    assert response.status_code == 409
    again = [one.line.answer.pk for p in response.context["pillars"] for one in p.lines if one.ticked]
    assert again == [one.pk for one in answers]
    assert desk.answer("A.2").line_state == "open"


def test_the_own_unit_is_blocked_on_its_page(desk, client):
    correct(desk, "A.3", value="1")
    lead = desk.people["lead"]
    RoleMembership.objects.create(user=lead, role=Role.AUDITOR, unit=desk.units[0], from_on=OPENS.date())

    response = client.get(unit_url(desk))

    assert 'id="own-unit"' in response.content.decode()
    lines = [one.line for pillar in response.context["pillars"] for one in pillar.lines]
    assert not any(line.can_be_ticked for line in lines)
    assert {line.state for line in lines} == {"hidden"}
    assert client.post(unit_url(desk), ticked(desk.answer("A.1"))).status_code == 403


def test_returning_by_page(desk, client):
    url = reverse("appraisal_return", args=[desk.assessment().pk])

    empty = client.post(url, {"reason": " "})
    long = client.post(url, {"reason": "x" * 2001})
    done = client.post(url, {"reason": "Bổ sung A.1."})
    twice = client.post(url, {"reason": "Chữ đã gõ."})

    assert [empty.status_code, long.status_code, done.status_code, twice.status_code] == [422, 422, 302, 409]
    assert "Chữ đã gõ." in twice.content.decode()
    assert desk.assessment().return_reason == "Bổ sung A.1."


def test_returning_is_locked_when_the_unit_has_no_time_left(desk, client):
    with desk.on(APPRAISED):
        page = client.get(unit_url(desk)).content.decode()

    assert 'id="return-locked"' in page


def test_a_unit_costs_the_same_with_few_lines_and_with_all(desk, client, django_assert_max_num_queries):
    counted = []
    for codes in (["A.1"], ["A.1", "A.2", "A.3", "B.1"]):
        for code in codes:
            if desk.answer(code).line_state == "open":
                correct(desk, code)
        with django_assert_max_num_queries(16) as queries:
            client.get(unit_url(desk))
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_closed_forms_stay_readable(desk, client):
    decide_rest(desk)

    assert client.get(unit_url(desk)).status_code == 200
    assert 'id="locked"' in client.get(reverse("appraisal_line", args=[desk.answer("A.1").pk])).content.decode()
