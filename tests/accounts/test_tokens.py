"""Tokens for programs: made, shown once, revoked; who may."""

import hashlib
from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.enums import TokenScope
from accounts.models import ApiToken
from accounts.services import create_token, revoke_token, set_active, token_of
from core import clock
from core.audit.models import AuditEntry
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


def made(office, *, actor=None, **changes) -> tuple[ApiToken, str]:
    given = {"name": "Văn bản điện tử", "scope": TokenScope.READ, "unit": None, "last_on": office.clerk.today}
    return create_token(user=office.clerk, actor=actor or office.clerk, **given | changes)


class TestMaking:
    def test_only_the_hash_is_kept(self, office):
        token, text = made(office)

        assert text.startswith(f"sonla_{token.prefix}_")
        assert len(text.removeprefix(f"sonla_{token.prefix}_")) == 43  # 256 bits
        assert token.sha256 == hashlib.sha256(text.encode()).hexdigest()
        assert text not in str(ApiToken.objects.values().get()) + AuditEntry.objects.latest("seq").details

    def test_it_is_valid_through_its_last_day(self, office, now):
        token, text = made(office)

        assert token_of(text) == token
        with clock.set_to(token.expires_at - timedelta(milliseconds=1)):
            assert token_of(text) == token
        with clock.set_to(token.expires_at):
            assert token_of(text) is None

    def test_the_act_is_in_the_trail(self, office):
        token, _text = made(office, actor=office.administrator, unit=office.commune)

        entry = AuditEntry.objects.latest("seq")
        assert (entry.action, entry.actor, entry.object_id) == ("token.create", office.administrator, str(token.pk))
        assert f'"prefix":"{token.prefix}"' in entry.details

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"name": " \u200b"}, "name"),
            ({"scope": "all"}, "scope"),
            ({"unit": "other"}, "unit"),
            ({"last_on": -1}, "last_on"),
            ({"last_on": 367}, "last_on"),
        ],
    )
    def test_what_is_refused(self, office, changes, field):
        if "unit" in changes:
            changes = {"unit": office.other}
        if "last_on" in changes:
            changes = {"last_on": office.clerk.today + timedelta(days=changes["last_on"])}

        with pytest.raises(Invalid) as refusal:
            made(office, **changes)

        assert list(refusal.value.fields) == [field]
        assert not ApiToken.objects.exists()

    def test_twenty_valid_ones_are_enough(self, office):
        first, *_rest = [made(office)[0] for _number in range(20)]
        with pytest.raises(Conflict):
            made(office)
        revoke_token(token=first, actor=office.clerk)
        made(office)

    def test_not_for_a_closed_account(self, office):
        set_active(user=office.clerk, active=False, actor=office.administrator)
        with pytest.raises(WrongState):
            made(office, actor=office.administrator)

    @pytest.mark.parametrize("who", ["auditor", "next_clerk"])
    def test_nobody_else_makes_or_revokes_one(self, office, who):
        token, _text = made(office)
        with pytest.raises(NotAllowed):
            made(office, actor=getattr(office, who))
        with pytest.raises(NotAllowed):
            revoke_token(token=token, actor=getattr(office, who))


class TestUsing:
    def test_a_wrong_secret_behind_a_right_prefix_is_nobody(self, office):
        _token, text = made(office)
        assert token_of(text[:-1] + ("A" if text[-1] != "A" else "B")) is None

    @pytest.mark.parametrize("text", ["", "sonla_", "sonla__", "basic_12345678_x", "sonla_zzzzzzzz_" + "x" * 43])
    def test_what_is_no_token(self, office, text):
        assert token_of(text) is None

    def test_revoked_at_once_and_once(self, office):
        token, text = made(office)
        revoke_token(token=token, actor=office.administrator)

        assert token_of(text) is None
        with pytest.raises(Conflict):
            revoke_token(token=token, actor=office.clerk)

    def test_a_closed_account_closes_its_tokens(self, office):
        _token, text = made(office)
        set_active(user=office.clerk, active=False, actor=office.administrator)
        assert token_of(text) is None

    def test_the_last_use_is_noted_now_and_then(self, office, now):
        token, text = made(office)
        token_of(text)
        for minutes, noted in ((5, now), (11, now + timedelta(minutes=11))):
            with clock.set_to(now + timedelta(minutes=minutes)):
                token_of(text)
            token.refresh_from_db()
            assert token.last_used_at == noted


class TestPages:
    def test_shown_once_to_its_owner(self, client, office):
        client.force_login(office.clerk)
        given = {"name": "Máy trạm", "scope": "file", "unit": office.commune.code, "last_on": "31/12/2026"}

        answer = client.post(reverse("token_new", args=[office.clerk.pk]), given)

        text = answer.context["text"]
        assert token_of(text).unit == office.commune
        assert "no-store" in answer["Cache-Control"]
        listed = client.get(reverse("tokens", args=[office.clerk.pk])).content.decode()
        assert text not in listed
        assert token_of(text).prefix in listed
        assert ["31/12/2026" in page for page in (answer.content.decode(), listed)] == [True, True]

    def test_a_refused_form_keeps_what_was_typed(self, client, office):
        client.force_login(office.clerk)
        answer = client.post(
            reverse("token_new", args=[office.clerk.pk]), {"name": "Máy", "scope": "read", "last_on": "31/12/2036"}
        )
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == ["last_on"]
        assert b"31/12/2036" in answer.content

    def test_the_administrator_revokes(self, client, office):
        token, text = made(office)
        client.force_login(office.administrator)
        assert client.get(reverse("token_revoke", args=[token.pk])).status_code == 200
        assert client.post(reverse("token_revoke", args=[token.pk])).status_code == 302
        assert token_of(text) is None

    def test_others_see_nothing(self, client, office):
        token, _text = made(office)
        client.force_login(make_user("la"))
        for name, pk in (("tokens", office.clerk.pk), ("token_new", office.clerk.pk), ("token_revoke", token.pk)):
            assert client.get(reverse(name, args=[pk])).status_code == 404
