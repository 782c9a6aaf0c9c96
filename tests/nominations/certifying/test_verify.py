"""The public check: valid, revoked, not found (always the same), asked too often."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nominations.certifying.throttle import MOST_A_MINUTE
from nominations.models import Decision
from scoring.models import Cycle
from tests.nominations.certifying.revoking import FACTS, REVOKED, drafted_revocation, revoked, sign_revocation
from tests.nominations.certifying.test_services import approved_person
from tests.nominations.thin import SIGNED

pytestmark = pytest.mark.django_db
WRONG = [
    "SL27-0000-0000",
    "x",
    "SL27",
    "' OR 1=1--",
    "<script>alert(1)</script>",
    "%",
    "_",
    "🙂",
    "A" * 5000,
    "١٢٣",
    "0",
]


@pytest.fixture
def certificate(awards):
    cache.clear()
    return awards.issued()[0]


def answer_of(response) -> str:
    return response.context["answer"]


def check(client, code: str, **more):
    return client.get(reverse("verify_code", kwargs={"code": code}), **more)


def test_the_form_asks_for_a_code(client, certificate):
    response = client.get(reverse("verify"))

    assert (response.status_code, answer_of(response), response["Cache-Control"]) == (200, "", "no-store")


def test_token_and_code_answer_valid_with_the_words_of_the_paper(client, certificate):
    for code in (certificate.token, certificate.code, certificate.printed_code.lower()):
        response = check(client, code)

        text = response.content.decode()
        assert (response.status_code, answer_of(response), response["Cache-Control"]) == (200, "valid", "no-store")
        for fact in (certificate.recipient_name, "415/QĐ-UBND", "0001/2027", certificate.printed_code, "14/03/2027"):
            assert fact in text


def test_the_answer_shows_no_secret_and_nothing_beyond_the_paper(client, awards, certificate):
    text = check(client, certificate.code).content.decode()

    nomination = certificate.nomination
    assert certificate.token not in text
    assert nomination.achievement not in text
    assert awards.secretary.full_name not in text


def test_the_typed_form_finds_it_too(client, certificate):
    response = client.get(reverse("verify"), {"code": f" {certificate.printed_code.lower()} "})

    assert (response.status_code, answer_of(response)) == (200, "valid")


def test_a_real_year_is_called_valid_and_a_sample_is_not(client, certificate):
    assert 'class="notice notice-wait"' in check(client, certificate.code).content.decode()
    sample = check(client, certificate.code).content.decode()
    Cycle.objects.update(is_sample=False)

    real = check(client, certificate.code).content.decode()

    assert 'class="notice notice-wait"' not in real
    assert sample != real


def test_a_revoked_certificate_says_so_with_decision_and_ground_but_no_facts(client, awards, certificate):
    drafted_revocation(awards, certificate, ground="d")
    assert answer_of(check(client, certificate.code)) == "valid"
    sign_revocation(awards, Decision.objects.get(kind="revocation"))

    for code in (certificate.token, certificate.printed_code):
        response = check(client, code)

        text = response.content.decode()
        assert (response.status_code, answer_of(response), response["Cache-Control"]) == (200, "revoked", "no-store")
        for fact in ("987/QĐ-UBND", f"{REVOKED:%d/%m/%Y}", "415/QĐ-UBND", certificate.recipient_name):
            assert fact in text
        assert response.context["certificate"].revocation.ground == "d"
        assert FACTS not in text


def same_page(client, url: str, **query) -> tuple[int, str]:
    response = client.get(url, query)
    return response.status_code, str(response.context["answer"]), response.content.decode().split("<main", 1)[1]


def test_every_wrong_code_gets_the_same_answer(client, awards, certificate):
    with awards.on(SIGNED):
        pages = {same_page(client, reverse("verify_code", kwargs={"code": code})) for code in WRONG}
        pages |= {
            same_page(client, reverse("verify"), code=code) for code in [*WRONG, "", "a/b", certificate.token[:-1]]
        }

    assert len(pages) == 1
    assert next(iter(pages))[:2] == (404, "not_found")


def test_every_code_costs_the_same_queries(client, awards, certificate):
    """Right, wrong, and wrong in whatever way: nothing to tell them apart by the clock."""
    counts, gone = set(), awards.issued(approved_person(awards), number="416/QĐ-UBND")[0]
    revoked(awards, gone)
    with awards.on(SIGNED):
        check(client, "first of the minute")
        for code in [*WRONG, certificate.token, certificate.printed_code, gone.token, gone.code]:
            with CaptureQueriesContext(connection) as queries:
                check(client, code)
            counts.add(len(queries))

    assert len(counts) == 1


def test_a_code_with_a_nul_is_refused_at_the_door(client):
    assert client.get(reverse("verify") + "?code=%00").status_code == 400


def test_an_address_asks_30_times_a_minute(client, awards, certificate):
    with awards.on(SIGNED):
        codes = [check(client, certificate.token).status_code for _n in range(MOST_A_MINUTE)]
        refused = check(client, certificate.token)
        typed = client.get(reverse("verify"), {"code": certificate.code})
        elsewhere = check(client, certificate.token, REMOTE_ADDR="10.0.0.9")
        form = client.get(reverse("verify"))
    with awards.on(SIGNED + timedelta(minutes=1)):
        later = check(client, certificate.token)

    assert codes == [200] * MOST_A_MINUTE
    for response in (refused, typed):
        assert (response.status_code, answer_of(response), response["Cache-Control"]) == (429, "too_often", "no-store")
        assert certificate.recipient_name not in response.content.decode()
    assert (elsewhere.status_code, form.status_code, later.status_code) == (200, 200, 200)


def test_the_last_forwarded_address_counts_only_behind_the_trusted_proxy(client, awards, certificate, settings):
    def ask_from(n: int) -> int:
        return check(client, certificate.token, HTTP_X_FORWARDED_FOR=f"203.0.113.{n}, 198.51.100.{n}").status_code

    with awards.on(SIGNED):
        forged = {ask_from(n) for n in range(MOST_A_MINUTE + 1)}
        cache.clear()
        settings.TRUSTED_PROXIES = 1
        trusted = {ask_from(n) for n in range(MOST_A_MINUTE + 1)}

    assert (forged, trusted) == ({200, 429}, {200})


def test_only_reading_is_possible(client, certificate):
    assert client.post(reverse("verify"), {"code": certificate.code}).status_code == 405
    assert client.post(reverse("verify_code", kwargs={"code": certificate.code})).status_code == 405
