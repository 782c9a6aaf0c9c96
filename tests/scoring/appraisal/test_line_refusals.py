"""What the page of one line refuses: the sentence is shown, what was typed is kept."""

from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, make_aware

from accounts.enums import Role
from accounts.models import RoleMembership
from accounts.services.roles import end_role
from core import clock
from scoring.appraisal.services import return_assessment
from scoring.models import Answer, Correction
from tests.factories.year import OPENS
from tests.stages import correct

pytestmark = pytest.mark.django_db


def url(answer: Answer) -> str:
    return reverse("appraisal_line", args=[answer.pk])


def typed(answer: Answer, decision: str, **more) -> dict:
    return {"version": answer.version, "decision": decision, "reason_code": "TL-04", "reason": "Thiếu căn cứ."} | more


@pytest.fixture
def desk(appraising, client):
    client.force_login(appraising.people["appraiser"])
    return appraising


@pytest.mark.parametrize(
    "bad",
    [
        {"decision": "inputs", "a": "101", "b": "100"},
        {"decision": "inputs", "a": "1.234,5", "b": "100"},
        {"decision": "inputs", "a": "１２", "b": "100"},
        {"decision": "inputs", "a": "9" * 61, "b": "100"},
        {"decision": "points", "appraised_points": ""},
        {"decision": "points", "appraised_points": "3,01"},
        {"decision": "points", "appraised_points": "9" * 20},
        {"decision": "points", "appraised_points": "1,005"},
        {"decision": "points", "appraised_points": "NaN"},
        {"decision": "points", "appraised_points": "-0,01"},
        {"decision": "points", "appraised_points": "Infinity"},
        {"decision": "points", "appraised_points": "1,5,0"},
        {"decision": "inputs", "a": "60", "b": "100", "reason": "<b onclick=x>Thiếu</b>" * 4600},
        {"decision": "inputs", "a": "60", "b": "100", "reason": ""},
        {"decision": "inputs", "a": "60", "b": "100", "reason": "x" * 2001},
        {"decision": "inputs", "a": "60", "b": "100", "reason_code": "GT-01"},
        {"decision": "inputs", "a": "60", "b": "100", "reason_code": ""},
        {"decision": "unknown"},
        {"decision": ""},
        {"decision": "accept", "version": "-1"},
        {"decision": "accept", "version": "9" * 30},
        {"decision": "accept", "version": "1 OR 1"},
    ],
)
def test_what_cannot_be_saved_is_said_and_kept(desk, client, bad):
    answer = desk.answer("B.1")

    response = client.post(url(answer), typed(answer, "inputs") | {"a": "61", "b": "100"} | bad)

    assert response.status_code == 422
    assert response.context["form"].errors
    assert response.context["form"]["a"].value() == bad.get("a", "61")
    assert desk.answer("B.1").line_state == "open"


def test_a_mark_with_a_comma_and_a_reason_with_markup_are_kept_as_typed(desk, client):
    answer = desk.answer("B.1")
    given = typed(answer, "points", appraised_points="2,25", reason="<script>alert(1)</script> thiếu")

    assert client.post(url(answer), given).status_code == 302

    assert desk.answer("B.1").appraised_points == Decimal("2.25")
    page = client.get(url(answer)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; thiếu" in page
    assert "<script>alert(1)" not in page


@pytest.mark.parametrize(("kept", "status"), [(None, 404), (Role.AUDITOR, 403)])
def test_who_lost_the_role_a_second_ago_decides_nothing(desk, client, kept, status):
    """It ended with its last day while the page stood open: midnight was a second ago."""
    appraiser, answer, moment = desk.people["appraiser"], desk.answer("B.1"), clock.now()
    if kept:
        RoleMembership.objects.create(user=appraiser, role=kept, unit=desk.agency, from_on=OPENS.date())
    held = RoleMembership.objects.get(user=appraiser, role=Role.APPRAISER)
    assert client.get(url(answer)).status_code == 200
    end_role(membership=held, last_on=localdate(moment), actor=desk.people["administrator"])

    with clock.set_to(make_aware(datetime.combine(localdate(moment) + timedelta(days=1), time(0, 0, 1)))):
        assert client.post(url(answer), typed(answer, "accept")).status_code == status
    assert desk.answer("B.1").line_state == "open"


def test_control_characters_are_refused_where_they_stand(desk, client):
    answer = desk.answer("B.1")

    response = client.post(url(answer), typed(answer, "inputs", a="60", b="100", reason="a\x07b"))

    assert response.status_code == 422
    assert "reason" in response.context["form"].errors


def test_a_stale_decision_is_409_says_what_changed_and_keeps_the_text(desk, client):
    answer = desk.answer("B.1")
    correct(desk, "B.1", by="appraiser2", a="50", b="100")

    stale = client.post(url(answer), typed(answer, "inputs", a="60", b="100", reason="Chữ đã gõ."))
    page = stale.content.decode()

    assert stale.status_code == 409
    assert 'id="stale"' in page
    assert "Chữ đã gõ." in page
    assert desk.people["appraiser2"].full_name in page
    assert desk.answer("B.1").appraised_points == Decimal("1.88")
    again = {"version": stale.context["form"]["version"].value()}
    assert client.post(url(answer), typed(answer, "inputs", a="60", b="100", **again)).status_code == 302
    assert desk.answer("B.1").appraised_points == Decimal("2.25")


def test_a_double_click_has_one_effect(desk, client):
    answer = desk.answer("A.2")

    client.post(url(answer), typed(answer, "inputs", option="deputy"))
    client.post(url(answer), typed(answer, "inputs", option="deputy"))

    assert Correction.objects.filter(answer=answer).count() == 1


def test_a_form_returned_meanwhile_is_409_and_keeps_the_text(desk, client):
    client.force_login(desk.people["lead"])
    answer = desk.answer("B.1")
    return_assessment(assessment=desk.assessment(), reason="Sửa.", actor=desk.people["secretary"])

    response = client.post(url(answer), typed(answer, "inputs", a="60", b="100", reason="Chữ đã gõ."))

    assert response.status_code == 409
    assert "Chữ đã gõ." in response.content.decode()


def test_the_own_unit_is_seen_blocked_without_its_marks(desk, client):
    appraiser = desk.people["appraiser"]
    correct(desk, "B.1", by="appraiser2", a="12", b="100")
    RoleMembership.objects.create(user=appraiser, role=Role.AUDITOR, unit=desk.units[0], from_on=OPENS.date())
    own = desk.answer("B.1")

    response = client.get(url(own))
    page = response.content.decode()

    assert response.status_code == 200
    assert 'id="locked"' in page
    assert 'id="decision"' not in page
    assert "Tài liệu không thể hiện số đã khai." not in page
    assert "12 ÷ 100" not in page
    assert client.post(url(own), typed(own, "accept")).status_code == 403
    assert client.post(url(own), typed(own, "accept", act="preview")).status_code == 403
    listed = client.get(reverse("appraisal_criterion", args=[2026, own.criterion_id])).context["lines"]
    assert [(line.state, line.points) for line in listed if line.answer.pk == own.pk] == [("hidden", None)]


def test_a_line_of_another_agency_is_locked_with_the_reason(desk, client):
    client.force_login(desk.people["other_appraiser"])

    page = client.get(url(desk.answer("A.1"))).content.decode()

    assert 'id="locked"' in page
    assert 'id="decision"' not in page


@pytest.mark.parametrize("pk", ["0", "99999999", str(2**63), str(2**70)])
def test_unknown_lines_are_not_there(desk, client, pk):
    assert client.get(f"/appraisal/lines/{pk}/").status_code == 404
    assert client.post(f"/appraisal/lines/{pk}/", {}).status_code == 404


def test_other_verbs_are_refused(desk, client):
    assert client.put(url(desk.answer("A.1"))).status_code == 405
