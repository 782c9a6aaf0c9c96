"""At the door: temporary passwords, roles that ended, locked tries. Through the pages, as people do."""

import time
import unicodedata
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.core.cache import cache
from django.urls import reverse

from accounts.allauth_words import SENTENCES
from accounts.hashers import hash_random
from accounts.models import User
from accounts.services import end_role, reset_password
from core import clock
from core.audit.models import AuditEntry
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db
OWN = "mật khẩu riêng rất dài"


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


def sign_in(client, username: str, password: str):
    return client.post(reverse("account_login"), {"login": username, "password": password})


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


@pytest.fixture
def temporary(office) -> str:
    return reset_password(user=office.clerk, actor=office.administrator)


def test_a_temporary_password_opens_one_page_only(client, office, temporary):
    assert sign_in(client, "canbo", temporary).status_code == 302

    for url in ("/", reverse("units"), "/does/not/exist/"):
        response = client.get(url)
        assert (response.status_code, response.get("Location")) in [
            (302, reverse("account_change_password")),
            (404, None),
        ]
    assert client.get("/").status_code == 302
    assert client.post(reverse("person_new")).headers["Location"] == reverse("account_change_password")
    assert client.get(reverse("account_change_password")).status_code == 200


def test_an_own_password_opens_everything_and_is_on_record(client, office, temporary):
    sign_in(client, "canbo", temporary)
    change = {"oldpassword": temporary, "password1": OWN, "password2": OWN}

    answer = client.post(reverse("account_change_password"), change)

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get(reverse("units")).status_code == 200
    clerk = User.objects.get(pk=office.clerk.pk)
    assert (clerk.must_change_password, clerk.temporary_until) == (False, None)
    assert AuditEntry.objects.filter(action="user.choose_password", actor=clerk).count() == 1


@pytest.mark.parametrize("chosen", ["", "short", "password1234", "canbo-canbo-canbo", "1234567890123"])
def test_a_weak_own_password_is_refused(client, office, chosen):
    User.objects.filter(pk=office.clerk.pk).update(username="canbo-canbo-canbo")
    sign_in(client, "canbo-canbo-canbo", PASSWORD)
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": chosen, "password2": chosen})
    assert User.objects.get(pk=office.clerk.pk).check_password(PASSWORD)


def test_the_temporary_password_is_no_own_password(client, office, temporary):
    sign_in(client, "canbo", temporary)
    change = {"oldpassword": temporary, "password1": temporary, "password2": temporary}

    client.post(reverse("account_change_password"), change)

    assert User.objects.get(pk=office.clerk.pk).must_change_password


@pytest.mark.parametrize(
    ("after", "opens"), [(timedelta(hours=24) - timedelta(seconds=1), True), (timedelta(hours=24), False)]
)
def test_a_temporary_password_runs_out_after_a_day(client, office, temporary, now, after, opens):
    with clock.set_to(now + after):
        sign_in(client, "canbo", temporary)
        assert signed_in(client) is opens


def test_a_run_out_password_is_answered_like_a_wrong_one(client, office, temporary, now):
    with clock.set_to(now + timedelta(days=2)):
        answers = [sign_in(client, "canbo", word) for word in (temporary, "không phải mật khẩu này")]
    assert answers[0].status_code == answers[1].status_code == 200
    assert answers[0].context["form"].errors == answers[1].context["form"].errors


def test_a_reset_signs_the_person_out(client, office):
    client.force_login(office.clerk)
    reset_password(user=office.clerk, actor=office.administrator)
    assert client.get(reverse("units")).status_code == 302


def test_only_who_knows_the_password_learns_that_the_account_is_closed(client, office):
    User.objects.filter(pk=office.clerk.pk).update(is_active=False)

    assert sign_in(client, "canbo", PASSWORD).status_code == 403
    assert not signed_in(client)
    wrong = [sign_in(client, name, "sai mật khẩu rồi") for name in ("canbo", "nobody-at-all")]
    assert wrong[0].status_code == wrong[1].status_code == 200
    assert wrong[0].context["form"].errors == wrong[1].context["form"].errors


def test_a_role_that_ended_yesterday_gives_no_page_today(client, office, now):
    second = User.objects.get(pk=office.auditor.pk)
    client.force_login(second)
    assert client.get(reverse("people")).status_code == 200

    end_role(membership=second.memberships.get(), last_on=second.today - timedelta(days=1), actor=office.administrator)

    assert client.get(reverse("people")).status_code == 404


def test_five_wrong_tries_lock_for_a_quarter_of_an_hour_with_one_answer(client, office):
    """Whether the account exists makes no difference, and the right password does not help meanwhile."""
    answers = {}
    for name in ("canbo", "nobody-at-all"):
        cache.clear()
        answers[name] = [sign_in(client, name, "sai mật khẩu rồi") for _try in range(5)]
        answers[name].append(sign_in(client, name, PASSWORD))
        assert not signed_in(client)
    said = [[(one.status_code, one.context["form"].errors) for one in tries] for tries in answers.values()]
    assert said[0] == said[1]
    assert said[0][4] != said[0][5]

    cache.clear()  # the quarter of an hour is over
    assert sign_in(client, "canbo", PASSWORD).status_code == 302


class TestHashing:
    @pytest.fixture(autouse=True)
    def argon2(self, settings):
        settings.PASSWORD_HASHERS = ["accounts.hashers.NfcArgon2PasswordHasher"]

    def test_vietnamese_from_any_keyboard_is_one_password(self):
        kept = make_password(unicodedata.normalize("NFC", OWN))
        assert check_password(unicodedata.normalize("NFD", OWN), kept)
        assert not check_password(OWN.replace("ậ", "a"), kept)

    def test_a_temporary_password_is_quick_to_store_and_replaced_at_the_first_use(self, office):
        office.clerk.password = hash_random("abcd-efgh-jkmn-pqrs")
        assert "m=1024" in office.clerk.password
        office.clerk.save()

        assert office.clerk.check_password("abcd-efgh-jkmn-pqrs")
        assert "m=102400" in User.objects.get(pk=office.clerk.pk).password

    def test_a_wrong_try_takes_as_long_whatever_the_hash(self):
        """Otherwise the time of the answer would tell who has not used the temporary password yet."""

        def seconds(kept: str) -> float:
            started = time.perf_counter()
            assert not check_password("sai", kept)
            return time.perf_counter() - started

        full, quick = make_password(OWN), hash_random("abcd-efgh-jkmn-pqrs")
        assert min(seconds(quick) for _turn in range(3)) > min(seconds(full) for _turn in range(3)) * 0.6


def try_from(client, n: int, forwarded: str) -> int:
    wrong = {"login": f"name-{n}", "password": "sai mật khẩu rồi"}
    return client.post(reverse("account_login"), wrong, headers={"x-forwarded-for": forwarded}).status_code


@pytest.mark.parametrize("proxies", [0, 1])
def test_a_forged_address_does_not_escape_the_limit(client, office, settings, proxies):
    """51 names, each sent with another address in front of the one that the proxy added."""
    settings.TRUSTED_PROXIES = proxies

    answers = [try_from(client, n, f"203.0.113.{n}, 198.51.100.7") for n in range(51)]

    assert answers == [200] * 50 + [429]


def test_offices_behind_one_proxy_do_not_lock_each_other_out(client, office, settings):
    settings.TRUSTED_PROXIES = 1

    assert {try_from(client, n, f"203.0.113.{n % 2}") for n in range(60)} == {200}


def test_what_allauth_says_at_the_door_is_in_the_catalogue(client, office, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    refused = sign_in(client, "canbo", "wrong").context["form"].non_field_errors()
    sign_in(client, "canbo", PASSWORD)
    wrong = {"oldpassword": "wrong", "password1": OWN, "password2": "another"}

    form = client.post(reverse("account_change_password"), wrong).context["form"]

    said = [*refused, *(text for errors in form.errors.values() for text in errors)]
    assert len(said) == 3
    assert [sentence for sentence in said if sentence not in SENTENCES] == []
    assert [field.label for field in form] == ["Current password", "New password", "New password, again"]
