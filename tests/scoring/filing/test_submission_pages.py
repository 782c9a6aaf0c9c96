"""The way to the head over HTTP: check, confirmation, receipt."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core.templatetags.values import datetime_vi
from scoring.filing.services import prepare
from tests.factories.people import PASSWORD
from tests.factories.year import LOCKS

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


def test_the_check_leads_to_each_line_and_opens_when_nothing_blocks(year, as_user):
    client, pk = as_user(year.officer()), year.assessment().pk
    with year.filing():
        page = text(client.get(reverse("assessment_check", args=[pk])))
        for code, pillar, field in (("A.1", "A", "value_0"), ("B.1", "B", "a")):
            address, place = reverse("assessment_pillar", args=[pk, pillar]), f"id_l{year.answer(code).pk}-{field}"
            assert f"{address}#{place}" in page
            assert f'id="{place}"' in text(client.get(address))
        assert reverse("assessment_prepare", args=[pk]) not in page
        assert client.post(reverse("assessment_prepare", args=[pk])).status_code == 422

        year.fill()

        assert reverse("assessment_prepare", args=[pk]) in text(client.get(reverse("assessment_check", args=[pk])))


def test_head_submits_once_and_a_second_click_leads_to_the_same_receipt(year, as_user):
    head, pk = as_user(year.head()), year.assessment().pk
    with year.filing():
        prepare(assessment=year.fill(), actor=year.officer())
        assert reverse("assessment_submit", args=[pk]) in text(head.get(reverse("assessment", args=[pk])))
        page = text(head.get(reverse("assessment_submit", args=[pk])))
        version = str(year.assessment().version)
        assert f'name="version" value="{version}"' in page
        clicks = [
            head.post(reverse("assessment_submit", args=[pk]), {"version": version, "password": PASSWORD})
            for _click in range(2)
        ]

    assert [(one.status_code, one.url) for one in clicks] == [(302, reverse("assessment_receipt", args=[pk]))] * 2
    assert year.assessment().submissions.count() == 1


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
def test_submitting_without_a_version_is_refused(year, as_user, version):
    with year.filing():
        prepare(assessment=year.fill(), actor=year.officer())
        response = as_user(year.head()).post(
            reverse("assessment_submit", args=[year.assessment().pk]), {"version": version, "password": PASSWORD}
        )

    assert response.status_code == 422
    assert not year.assessment().submissions.exists()


def test_submitting_another_version_than_was_read_is_409(year, as_user):
    with year.filing():
        prepare(assessment=year.fill(), actor=year.officer())
        response = as_user(year.head()).post(
            reverse("assessment_submit", args=[year.assessment().pk]), {"version": "0", "password": PASSWORD}
        )

    assert response.status_code == 409
    assert not year.assessment().submissions.exists()


def test_a_late_receipt_says_late(year, as_user):
    with year.filing():
        prepare(assessment=year.fill(), actor=year.officer())
    with year.on(LOCKS - timedelta(days=1)):
        year.sign()
        page = text(as_user(year.head()).get(reverse("assessment_receipt", args=[year.assessment().pk])))

    assert "text-wait" in page
    assert year.assessment().on_time is False


def test_the_page_opened_after_submitting_says_when_and_leads_to_the_receipt(year, as_user):
    year.hand_in()
    pk = year.assessment().pk
    with year.filing():
        for person in (year.head(), year.officer()):
            page = text(as_user(person).get(reverse("assessment_submit", args=[pk])))
            assert reverse("assessment_receipt", args=[pk]) in page
            assert datetime_vi(year.assessment().submitted_at, "s") in page
