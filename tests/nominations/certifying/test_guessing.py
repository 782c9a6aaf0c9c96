"""Guessing at the public check: nothing is found, every wrong guess looks the same, and the limit holds."""

import os
import re
from datetime import timedelta
from random import Random

import pytest
from django.core.cache import cache
from django.urls import reverse

from core import clock
from core.codes import ALPHABET
from nominations.certifying.selectors import certificate_by_code
from nominations.certifying.throttle import MOST_A_MINUTE
from tests.nominations.thin import SIGNED

pytestmark = pytest.mark.django_db
GUESSES = int(os.environ.get("GUESSES", "2000"))
MALFORMED = {
    "empty": "",
    "blank": "   ",
    "too short": "SL27",
    "too long": "SL27-7K4M-Q2XD-7K4M",
    "letters that codes avoid": "SL27-OI0I-1LUO",
    "full-width": "ＳＬ２７－７Ｋ４Ｍ－Ｑ２ＸＤ",
    "SQL": "' OR 1=1; DROP TABLE nominations_certificate; --",
    "wildcards": "%",
    "HTML": "<script>alert(1)</script>",
    "template": "{{ certificate.token }}",
    "Arabic digits": "SL٢٧٧K٤MQ٢XD",
    "emoji": "🙂" * 30,
    "ligatures that grow": "ﷺ" * 300,
    "100 KB": "A" * 100_000,
}


@pytest.fixture
def certificate(awards):
    cache.clear()
    return awards.issued()[0]


def guess(rng: Random, real: str) -> str:
    """Shaped like a code, like the secret of a QR code, one letter beside the real code, or nothing of the kind."""
    kind = rng.randrange(8)
    if kind == 0:
        return "".join(rng.choices("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", k=22))
    if kind == 1:
        return rng.choice(list(MALFORMED.values()))[:200]
    if kind == 2:
        place = rng.randrange(4, len(real))
        other = rng.choice([letter for letter in ALPHABET if letter != real[place]])
        return real[:place] + other + real[place + 1 :]
    return "SL27" + "".join(rng.choices(ALPHABET, k=8))


def ask(client, code: str, **more):
    return client.get(reverse("verify"), {"code": code}, **more)


def page(response) -> tuple[int, bytes]:
    """Status and body; only the token of the language form is drawn anew every time."""
    return response.status_code, re.sub(rb"[A-Za-z0-9]{64}", b"token", response.content)


@pytest.mark.slow
def test_thousands_of_guesses_find_nothing(certificate):
    """What one address can ask in five hours and a half, at the look-up behind the page: the page itself is below."""
    rng = Random(253)

    assert {certificate_by_code(guess(rng, certificate.code)) for _n in range(GUESSES)} == {None}
    assert certificate_by_code(certificate.code) == certificate


@pytest.mark.slow
def test_guesses_at_the_page_all_get_one_answer(client, certificate):
    """Twenty minutes as fast as the limit lets one address."""
    rng, pages = Random(27), set()
    for minute in range(20):
        with clock.set_to(SIGNED + timedelta(minutes=minute)):
            pages |= {page(ask(client, guess(rng, certificate.code))) for _n in range(MOST_A_MINUTE)}

    assert [status for status, _body in pages] == [404]


@pytest.mark.parametrize("typed", MALFORMED.values(), ids=MALFORMED)
def test_whatever_is_wrong_the_answer_is_the_same_and_echoes_nothing(client, certificate, typed):
    with clock.set_to(SIGNED):
        plain, malformed = ask(client, "SL27-2222-2222"), ask(client, typed)
        by_address = client.get(reverse("verify_code", args=[typed])) if typed else malformed

    assert page(plain) == page(malformed) == page(by_address)
    assert b"SL27-2222-2222" not in plain.content


def test_after_the_limit_the_answer_says_how_long_to_wait(client, certificate):
    late = SIGNED.replace(second=50)
    with clock.set_to(late):
        answered = [ask(client, "SL27-2222-2222").status_code for _n in range(MOST_A_MINUTE)]
        refused = [ask(client, code) for code in (certificate.code, certificate.token, *MALFORMED.values())]
        neighbour = ask(client, certificate.code, REMOTE_ADDR="198.51.100.7")
    with clock.set_to(late + timedelta(seconds=int(refused[0]["Retry-After"]) - 1)):
        too_early = ask(client, certificate.code)
    with clock.set_to(late + timedelta(seconds=int(refused[0]["Retry-After"]))):
        in_time = ask(client, certificate.code)

    assert answered == [404] * MOST_A_MINUTE
    assert {(response.status_code, response["Retry-After"]) for response in refused} == {(429, "10")}
    assert len({page(response) for response in refused}) == 1
    assert certificate.recipient_name not in refused[0].content.decode()
    assert str(MOST_A_MINUTE) in refused[0].content.decode().split('id="answer"')[1].split("</div>")[0]
    assert (neighbour.status_code, too_early.status_code, in_time.status_code) == (200, 429, 200)


def test_many_other_visitors_do_not_wash_the_count_away(client, certificate):
    with clock.set_to(SIGNED):
        for _n in range(MOST_A_MINUTE):
            ask(client, "SL27-2222-2222")
        for n in range(500):
            cache.add(f"verify:2001:db8::{n}", 1, 120)

        assert ask(client, "SL27-2222-2222").status_code == 429
