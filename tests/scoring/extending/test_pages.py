"""The unit's page: asks, waits, is answered; after a lock it says what is over and what can still be done."""

from datetime import timedelta

import pytest
from django.urls import reverse

from scoring.extending.services import ask_extension, give_extension, grant_extension
from scoring.models import Extension
from tests.factories.year import CLOSES, LOCKS

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def officer(year, client):
    client.force_login(year.officer())
    return client


def url_of(year) -> str:
    return reverse("extension", args=[year.assessment().pk])


def test_a_request_is_made_withdrawn_and_made_again(year, officer):
    with year.filing():
        assert officer.get(url_of(year)).status_code == 200
        assert officer.post(url_of(year), {"until": "20/12/2026", "reason": "Mất điện"}).status_code == 302
        extension = Extension.objects.get()
        page = officer.get(url_of(year))
        assert page.context["pending"] == extension
        assert 'name="until"' not in page.content.decode()
        assert officer.post(url_of(year), {"until": "21/12/2026", "reason": "Lần nữa"}).status_code == 409
        withdrawn = officer.post(reverse("extension_withdraw", args=[extension.pk]))
        assert (withdrawn.status_code, withdrawn["Location"]) == (302, url_of(year))
        assert officer.post(url_of(year), {"until": "21/12/2026", "reason": "Lần nữa"}).status_code == 302
    assert list(Extension.objects.values_list("state", flat=True)) == ["asked", "withdrawn"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"until": "", "reason": "x"}, "until"),
        ({"until": "31/02/2027", "reason": "x"}, "until"),
        ({"until": "01/12/2026", "reason": "x"}, "until"),
        ({"until": "31/12/2027", "reason": "x"}, "until"),
        ({"until": "20/12/2026", "reason": " "}, "reason"),
        ({"until": "20/12/2026", "reason": "x" * 2001}, "reason"),
    ],
)
def test_refusals_stand_at_their_field_and_keep_what_was_typed(year, officer, given, field):
    with year.filing():
        answer = officer.post(url_of(year), given)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not Extension.objects.exists()


def test_what_was_decided_stands_there_with_its_reason(year, officer):
    with year.filing():
        asked = ask_extension(
            assessment=year.assessment(), until=CLOSES + 9 * DAY, reason="Mất điện", actor=year.officer()
        )
        grant_extension(extension=asked, until=CLOSES + DAY, reason="Một ngày là đủ", actor=year.people["secretary"])
        page = officer.get(url_of(year)).content.decode()
    assert 'data-state="granted"' in page
    assert "Một ngày là đủ" in page


def test_the_strip_counts_down_to_the_units_own_limit(year, officer, client):
    with year.filing():
        give_extension(assessment=year.assessment(), until=CLOSES + 9 * DAY, reason="x", actor=year.people["secretary"])
    with year.on(CLOSES + DAY):
        frame = officer.get(reverse("assessment", args=[year.assessment().pk])).context
        assert frame["phase_left"].split()[0] == "8"
        client.force_login(year.officer(1))
        other = client.get(reverse("assessment", args=[year.assessment(1).pk])).context
        assert other["phase_left"].split()[0] == "29"
        assert (frame["is_late"], other["is_late"]) == (False, True)


def test_who_has_submitted_is_told_that_no_more_time_is_needed(year, officer):
    year.hand_in()
    with year.filing():
        page = officer.get(url_of(year))
        assert (page.status_code, bool(page.context["verdict"])) == (200, False)
        assert 'name="until"' not in page.content.decode()
        assert officer.post(url_of(year), {"until": "20/12/2026", "reason": "x"}).status_code == 409


def test_after_the_lock_the_form_is_shut_and_the_request_open(year, officer):
    with year.on(LOCKS + DAY):
        frame = officer.get(reverse("assessment", args=[year.assessment().pk])).context
        assert (frame["is_shut"], bool(frame["may_ask_time"])) == (True, True)
        assert officer.post(url_of(year), {"until": "20/01/2027", "reason": "Mất điện"}).status_code == 302
