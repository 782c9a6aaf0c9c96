"""When the database is gone, whoever asks gets a page that says so in words."""

import pytest
from django.db import OperationalError, connection
from django.urls import reverse

pytestmark = pytest.mark.django_db


def gone(execute, sql, params, many, context):
    raise OperationalError("the database has gone away")


@pytest.fixture
def patient(client):
    client.raise_request_exception = False
    return client


def answers(client) -> list:
    """Pages and acts, public and signed in."""
    with connection.execute_wrapper(gone):
        return [
            client.get(reverse("home")),
            client.get(reverse("public_rankings")),
            client.get(reverse("people")),
            client.get(reverse("verify"), {"code": "SL27-7K4M-Q2XD"}),
            client.post(reverse("account_login"), {"login": "canbo", "password": "một mật khẩu rất dài"}),
            client.get("/not/there/"),
        ]


def test_a_signed_in_person_gets_the_page_of_last_resort(patient, year):
    with year.filing():
        patient.force_login(year.people["administrator"])
        before = patient.get(reverse("home"))
        pages = answers(patient)

    assert before.status_code == 200
    assert {page.status_code for page in pages} == {500}
    for page in pages:
        text = page.content.decode()
        assert 'class="entry-code"' in text
        assert f'href="{reverse("public_rankings")}"' in text
        # Nothing of the person, whose name stands in the database that is gone.
        assert year.people["administrator"].full_name not in text


def test_a_visitor_gets_it_too(patient, year):
    with year.filing():
        pages = answers(patient)

    failed = [page for page in pages if page.status_code == 500]
    assert len(failed) >= 3
    assert all('class="entry-code"' in page.content.decode() for page in failed)
    # Asks nothing of the database: to the sign-in page, to which nobody can sign in for now.
    assert pages[0].status_code == 302
