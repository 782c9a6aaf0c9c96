"""What the form without the network rests on: whose typing is taken, what may be kept, the worker, the server's time."""

import pytest
from django.urls import reverse

from core import clock
from scoring.filing.services import prepare
from tests.factories.year import OPENS
from tests.scoring.filing.conftest import line_data

pytestmark = pytest.mark.django_db


def pillar(year) -> str:
    return reverse("assessment_pillar", args=[year.assessment().pk, "A"])


def post_as_typed_by(client, answer, typist, **values):
    headers = {"HTTP_HX_REQUEST": "true", "HTTP_X_TYPED_BY": str(typist.pk)}
    return client.post(reverse("answer_save", args=[answer.pk]), line_data(answer, **values), **headers)


def test_what_one_person_typed_is_never_saved_under_another(year, as_user):
    """The head signs in where the officer's page is still open: both may edit the line, but nobody speaks for the other."""
    answer = year.answer("A.3")
    with year.filing():
        refused = post_as_typed_by(as_user(year.head()), answer, year.officer(), value="4")
        assert (refused.status_code, refused["X-Refused"]) == (403, "other-person")
        assert year.answer("A.3").values == {}

        own = post_as_typed_by(as_user(year.officer()), answer, year.officer(), value="4")
        assert own.status_code == 200
        assert year.answer("A.3").updated_by == year.officer()


def test_a_page_may_be_kept_for_whoever_files_and_for_nobody_else(year, as_user):
    with year.filing():
        kept = {
            name: as_user(year.people[name]).get(pillar(year)).get("X-Keep-For")
            for name in ("officer0", "head0", "secretary", "auditor")
        }
        expected = {
            "officer0": str(year.officer().pk),
            "head0": str(year.head().pk),
            "secretary": None,
            "auditor": None,
        }
        assert kept == expected

        year.fill()
        prepare(assessment=year.assessment(), actor=year.officer())
        assert "X-Keep-For" not in as_user(year.officer()).get(pillar(year))


def test_a_page_that_may_be_kept_stays_out_of_every_other_cache(year, as_user):
    with year.filing():
        response = as_user(year.officer()).get(pillar(year))

    assert "no-store" in response["Cache-Control"]


def test_the_worker_governs_the_desk_only_and_may_run_under_the_policy(client, settings):
    response = client.get(reverse("filing_worker"))

    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert "Service-Worker-Allowed" not in response  # so its address is its scope
    assert reverse("filing_worker") == reverse("assessments") + "worker.js"
    assert "connect-src 'self'" in response["Content-Security-Policy"]
    assert settings.STATIC_URL in response.content.decode()
    assert "no-cache" in response["Cache-Control"]


def test_the_clock_is_the_server_s(year, as_user):
    with year.on(OPENS):
        answer = as_user(year.officer()).get(reverse("filing_clock"))
        assert answer.json() == {"now": int(clock.now().timestamp() * 1000)}
