"""Accounts: every refusal, and what each act leaves behind."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from accounts.enums import Role
from accounts.models import RoleMembership, User
from accounts.services import (
    NewAccount,
    change_person,
    create_accounts,
    create_first_administrator,
    password_stamp,
    reset_password,
    set_active,
)
from core.audit.models import AuditEntry
from core.audit.services import faults
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from tests.factories.people import PASSWORD, make_unit, make_user

pytestmark = pytest.mark.django_db


def account(office, **changes) -> NewAccount:
    return NewAccount(
        **{"username": "moi", "full_name": "Người Mới", "role": Role.APPRAISER, "unit": office.agency} | changes
    )


def acts() -> list[str]:
    return list(AuditEntry.objects.values_list("action", flat=True))


class TestFirstAdministrator:
    def make(self, **changes):
        given = {"username": "QuanTri", "full_name": "Phạm Đức Long", "password": "một mật khẩu dài"}
        return create_first_administrator(**given | {"unit": make_unit("VP", "Văn phòng")} | changes)

    def test_gets_an_own_password_and_the_role_from_today(self, now):
        user = self.make()

        assert (user.username, user.must_change_password) == ("quantri", False)
        assert user.check_password("một mật khẩu dài")
        assert user.has_role(Role.ADMINISTRATOR)
        assert acts() == ["user.first_administrator"]

    def test_is_made_once(self, office):
        with pytest.raises(Conflict):
            self.make(username="khac")

    @pytest.mark.parametrize(
        "changes",
        [
            {"password": "ngắn"},
            {"password": "quantri-quantri", "username": "quantri-quantri"},
            {"username": "có dấu"},
            {"full_name": " "},
        ],
    )
    def test_bad_input_is_refused(self, now, changes):
        with pytest.raises(Invalid):
            self.make(**changes)
        assert not User.objects.exists()


class TestCreate:
    def test_every_account_gets_a_password_that_works_for_a_day(self, office, now):
        passwords = create_accounts(
            accounts=[account(office), account(office, username="Moi.2")], actor=office.administrator
        )

        users = {user.username: user for user in User.objects.filter(username__in=passwords)}
        assert sorted(passwords) == ["moi", "moi.2"]
        for name, user in users.items():
            assert user.check_password(passwords[name])
            assert user.must_change_password
            assert user.temporary_until == now + timedelta(hours=24)
            assert user.has_role(Role.APPRAISER)
        assert acts() == ["user.create"]

    def test_only_an_administrator_makes_accounts(self, office):
        for person in (office.auditor, office.clerk):
            with pytest.raises(NotAllowed):
                create_accounts(accounts=[account(office)], actor=person)

    @pytest.mark.parametrize("names", [["canbo"], ["moi", "MOI"]])
    def test_a_taken_or_doubled_name_writes_nothing(self, office, names):
        with pytest.raises(Conflict):
            create_accounts(
                accounts=[account(office, username=name) for name in ["dau", *names]], actor=office.administrator
            )
        assert not User.objects.filter(username__in=["dau", "moi"]).exists()
        assert acts() == []

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("username", "ab"),
            ("username", "có dấu"),
            ("username", "a b c"),
            ("username", "x" * 61),
            ("full_name", ""),
            ("full_name", "\u200b"),
            ("full_name", "Ẩn\u202eTên"),
            ("full_name", "n" * 121),
            ("email", "a@b\nBcc: x@y.vn"),
            ("email", "không"),
            ("phone", "gọi tôi"),
            ("phone", "12"),
            ("role", "king"),
        ],
    )
    def test_bad_input_names_its_field(self, office, field, value):
        with pytest.raises(Invalid) as refusal:
            create_accounts(accounts=[account(office, **{field: value})], actor=office.administrator)
        assert list(refusal.value.fields) == [field]

    def test_an_inactive_unit_takes_nobody(self, office):
        office.commune.is_active = False
        office.commune.save()
        with pytest.raises(Invalid):
            create_accounts(accounts=[account(office, unit=office.commune)], actor=office.administrator)

    def test_an_empty_list_is_refused(self, office):
        with pytest.raises(Invalid):
            create_accounts(accounts=[], actor=office.administrator)

    def test_a_name_in_decomposed_letters_is_kept_composed(self, office):
        create_accounts(accounts=[account(office, full_name="Nguye\u0302\u0303n Văn")], actor=office.administrator)
        assert User.objects.get(username="moi").full_name == "Nguyễn Văn"


class TestChange:
    def test_changes_what_was_typed_and_says_which(self, office):
        change_person(
            user=office.clerk, full_name="Lò Thị Hương", position="Công chức", email="", phone="0212 385 1234",
            actor=office.administrator,
        )  # fmt: skip
        assert User.objects.get(pk=office.clerk.pk).phone == "0212 385 1234"
        assert AuditEntry.objects.get().details == '{"fields":["phone","position"]}'

    @pytest.mark.parametrize("changes", [{"full_name": ""}, {"email": "x"}, {"phone": "x"}])
    def test_refuses_bad_input(self, office, changes):
        given = {"full_name": "Tên", "position": "", "email": "", "phone": ""} | changes
        with pytest.raises(Invalid):
            change_person(user=office.clerk, actor=office.administrator, **given)

    def test_is_for_administrators(self, office):
        with pytest.raises(NotAllowed):
            change_person(user=office.clerk, full_name="A", position="", email="", phone="", actor=office.auditor)


class TestReset:
    def test_ends_sessions_and_the_old_password(self, office, client, now):
        client.force_login(office.clerk)
        other = make_user("khac")
        client_key = client.session.session_key
        client.cookies.clear()
        client.force_login(other)

        password = reset_password(user=office.clerk, actor=office.administrator)

        clerk = User.objects.get(pk=office.clerk.pk)
        assert clerk.check_password(password)
        assert not clerk.check_password(PASSWORD)
        assert (clerk.must_change_password, clerk.temporary_until) == (True, now + timedelta(hours=24))
        assert not Session.objects.filter(session_key=client_key).exists()
        assert Session.objects.count() == 1

    def test_the_same_form_twice_gives_no_second_password(self, office):
        stamp = password_stamp(office.clerk)
        password = reset_password(user=office.clerk, actor=office.administrator, stamp=stamp)

        with pytest.raises(Conflict):
            reset_password(user=office.clerk, actor=office.administrator, stamp=stamp)
        assert User.objects.get(pk=office.clerk.pk).check_password(password)

    def test_refusals(self, office):
        with pytest.raises(NotAllowed):
            reset_password(user=office.clerk, actor=office.auditor)
        with pytest.raises(Invalid):
            reset_password(user=office.administrator, actor=office.administrator)
        set_active(user=office.clerk, active=False, actor=office.administrator)
        with pytest.raises(WrongState):
            reset_password(user=office.clerk, actor=office.administrator)

    def test_no_password_stands_in_the_trail(self, office):
        password = reset_password(user=office.clerk, actor=office.administrator)
        assert not AuditEntry.objects.filter(details__contains=password).exists()
        assert list(faults()) == []


class TestActive:
    def test_closing_signs_out_and_opening_lets_in_again(self, office, client):
        client.force_login(office.clerk)

        set_active(user=office.clerk, active=False, actor=office.administrator)
        assert client.get("/", follow=True).wsgi_request.user.is_anonymous
        assert not Session.objects.exists()

        set_active(user=office.clerk, active=True, actor=office.administrator)
        assert client.login(username="canbo", password=PASSWORD)
        assert acts() == ["user.close", "user.open"]

    def test_twice_is_a_conflict(self, office):
        with pytest.raises(Conflict):
            set_active(user=office.clerk, active=True, actor=office.administrator)

    def test_the_own_and_the_last_administrator_stay(self, office):
        with pytest.raises(Invalid):
            set_active(user=office.administrator, active=False, actor=office.administrator)
        second = make_user("quantri2", (Role.ADMINISTRATOR, office.agency))
        RoleMembership.objects.filter(user=second).update(to_on=second.today)
        with pytest.raises(WrongState):
            set_active(user=office.administrator, active=False, actor=second)
        RoleMembership.objects.filter(user=second).update(to_on=None)
        set_active(user=office.administrator, active=False, actor=second)

    def test_is_for_administrators(self, office):
        with pytest.raises(NotAllowed):
            set_active(user=office.clerk, active=False, actor=office.auditor)


def test_accounts_are_seen_by_those_who_manage_and_check_them_alone(office):
    seen = {person.username: User.objects.visible_to(person).count() for person in User.objects.all()}
    assert seen == {"quantri": 4, "kiemtra": 4, "canbo": 0, "canbo2": 0}
