"""Roles from a day to a day: given, ended, withdrawn, handed over; who holds what on which day."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from accounts.enums import Role
from accounts.models import RoleMembership, User
from accounts.services import (
    NewAccount,
    end_role,
    grant_role,
    hand_over,
    hand_over_to_new_account,
    set_active,
    withdraw_role,
)
from core.audit.models import AuditEntry
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


def on(day: date, user: User) -> User:
    """The person as the database has it, seen on a day."""
    fresh = User.objects.get(pk=user.pk)
    fresh.seen_at = datetime.combine(day, time(12), tzinfo=UTC)
    return fresh


def give(office, **changes) -> RoleMembership:
    given = {"user": office.next_clerk, "role": Role.UNIT_OFFICER, "unit": office.commune, "from_on": TODAY}
    return grant_role(**given | {"actor": office.administrator} | changes)


class TestGrant:
    def test_holds_from_its_first_to_its_last_day(self, office):
        give(office, from_on=TODAY + DAY, to_on=TODAY + 3 * DAY)

        held = [on(TODAY + n * DAY, office.next_clerk).has_role(Role.UNIT_OFFICER) for n in range(5)]
        assert held == [False, True, True, True, False]

    @pytest.mark.parametrize(
        ("changes", "error"),
        [
            ({"to_on": TODAY - DAY}, Invalid),
            ({"role": "king"}, Invalid),
        ],
    )
    def test_refuses_what_makes_no_sense(self, office, changes, error):
        with pytest.raises(error):
            give(office, **changes)

    def test_refuses_an_inactive_unit_a_closed_account_and_the_wrong_person(self, office):
        with pytest.raises(NotAllowed):
            give(office, actor=office.auditor)
        office.commune.is_active = False
        office.commune.save()
        with pytest.raises(Invalid):
            give(office)
        office.commune.is_active = True
        office.commune.save()
        set_active(user=office.next_clerk, active=False, actor=office.administrator)
        with pytest.raises(WrongState):
            give(office)

    @pytest.mark.parametrize(
        ("first", "second", "clash"),
        [
            ((TODAY, None), (TODAY + 9 * DAY, None), True),
            ((TODAY, TODAY + DAY), (TODAY + DAY, None), True),
            ((TODAY, TODAY + DAY), (TODAY + 2 * DAY, None), False),
            ((TODAY + 5 * DAY, None), (TODAY, TODAY + 4 * DAY), False),
        ],
    )
    def test_the_same_role_does_not_overlap_itself(self, office, first, second, clash):
        give(office, from_on=first[0], to_on=first[1])
        if clash:
            with pytest.raises(Conflict):
                give(office, from_on=second[0], to_on=second[1])
        else:
            give(office, from_on=second[0], to_on=second[1])


class TestEnd:
    def test_ended_yesterday_gives_no_right_today(self, office):
        membership = office.clerk.memberships.get()

        end_role(membership=membership, last_on=TODAY - DAY, actor=office.administrator)

        assert not on(TODAY, office.clerk).has_role(Role.UNIT_OFFICER)
        assert on(TODAY - DAY, office.clerk).has_role(Role.UNIT_OFFICER)

    def test_refusals(self, office):
        membership = office.clerk.memberships.get()
        with pytest.raises(NotAllowed):
            end_role(membership=membership, last_on=TODAY, actor=office.auditor)
        with pytest.raises(Invalid) as refusal:
            end_role(membership=membership, last_on=membership.from_on - DAY, actor=office.administrator)
        assert list(refusal.value.fields) == ["last_on"]
        end_role(membership=membership, last_on=TODAY, actor=office.administrator)
        with pytest.raises(Conflict):
            end_role(membership=membership, last_on=TODAY + DAY, actor=office.administrator)
        end_role(membership=membership, last_on=TODAY - DAY, actor=office.administrator)

    def test_somebody_always_administers(self, office):
        with pytest.raises(WrongState):
            end_role(
                membership=office.administrator.memberships.get(),
                last_on=TODAY + 100 * DAY,
                actor=office.administrator,
            )


class TestWithdraw:
    def test_takes_back_through_the_first_day_and_keeps_the_trail(self, office):
        for first in (TODAY, TODAY + DAY):
            withdraw_role(membership=give(office, from_on=first), actor=office.administrator)
        assert not office.next_clerk.memberships.exists()
        assert list(AuditEntry.objects.values_list("action", flat=True)) == ["role.grant", "role.withdraw"] * 2

    def test_refusals(self, office):
        membership = give(office)
        with pytest.raises(NotAllowed):
            withdraw_role(membership=membership, actor=office.auditor)
        with pytest.raises(WrongState):
            withdraw_role(membership=office.clerk.memberships.get(), actor=office.administrator)
        withdraw_role(membership=RoleMembership.objects.get(pk=membership.pk), actor=office.administrator)
        with pytest.raises(Conflict):
            withdraw_role(membership=RoleMembership(pk=10_000), actor=office.administrator)

    def test_the_last_administrator_of_the_first_day_stays(self, office):
        RoleMembership.objects.filter(role=Role.ADMINISTRATOR).update(from_on=TODAY)
        with pytest.raises(WrongState):
            withdraw_role(membership=office.administrator.memberships.get(), actor=office.administrator)


class TestHandOver:
    def hand(self, office, **changes):
        given = {"membership": office.clerk.memberships.get(), "to": office.next_clerk, "first_on": TODAY}
        return hand_over(**given | {"actor": office.administrator} | changes)

    def test_no_day_without_and_no_day_with_two(self, office):
        self.hand(office, first_on=TODAY + DAY)

        holders = [
            [
                p.username
                for p in (office.clerk, office.next_clerk)
                if on(TODAY + n * DAY, p).has_role(Role.UNIT_OFFICER)
            ]
            for n in range(3)
        ]
        assert holders == [["canbo"], ["canbo2"], ["canbo2"]]

    def test_a_limited_role_passes_on_with_its_end(self, office):
        membership = office.clerk.memberships.get()
        end_role(membership=membership, last_on=TODAY + 30 * DAY, actor=office.administrator)
        assert self.hand(office).to_on == TODAY + 30 * DAY

    def test_a_role_ended_for_the_handover_passes_on_open_ended(self, office):
        membership = office.clerk.memberships.get()
        end_role(membership=membership, last_on=TODAY - DAY, actor=office.administrator)
        assert self.hand(office).to_on is None

    def test_refusals(self, office):
        membership = office.clerk.memberships.get()
        with pytest.raises(NotAllowed):
            self.hand(office, actor=office.auditor)
        with pytest.raises(Invalid):
            self.hand(office, to=office.clerk)
        with pytest.raises(Invalid) as refusal:
            self.hand(office, first_on=membership.from_on)
        assert list(refusal.value.fields) == ["first_on"]
        give(office, from_on=TODAY + 9 * DAY)
        with pytest.raises(Conflict):
            self.hand(office)
        assert office.clerk.memberships.get().to_on is None
        set_active(user=office.next_clerk, active=False, actor=office.administrator)
        with pytest.raises(WrongState):
            self.hand(office)

    def test_a_role_that_ended_long_ago_is_not_handed_over(self, office):
        end_role(membership=office.clerk.memberships.get(), last_on=TODAY - 9 * DAY, actor=office.administrator)
        with pytest.raises(Conflict):
            self.hand(office)

    def test_the_own_administration_may_pass_on(self, office):
        self.hand(office, membership=office.administrator.memberships.get())
        assert on(TODAY, office.next_clerk).has_role(Role.ADMINISTRATOR)

    def test_to_a_new_account_role_and_password_come_together(self, office):
        to = NewAccount("canbo3", "Người Ba", Role.ADMINISTRATOR, office.agency)

        successor, password = hand_over_to_new_account(
            membership=office.clerk.memberships.get(), to=to, first_on=TODAY, actor=office.administrator
        )

        assert (successor.role, successor.unit) == (Role.UNIT_OFFICER, office.commune)
        assert successor.user.check_password(password)
        assert [m.role for m in successor.user.memberships.all()] == [Role.UNIT_OFFICER]

    @pytest.mark.parametrize(("username", "error"), [("canbo2", Conflict), ("CANBO2", Conflict), ("x y", Invalid)])
    def test_a_new_account_that_cannot_be_made_leaves_the_role(self, office, username, error):
        to = NewAccount(username, "Người Ba", Role.UNIT_OFFICER, office.commune)
        with pytest.raises(error) as refusal:
            hand_over_to_new_account(
                membership=office.clerk.memberships.get(), to=to, first_on=TODAY, actor=office.administrator
            )
        assert list(refusal.value.fields) == ["username"]
        assert office.clerk.memberships.get().to_on is None

    def test_a_bad_day_makes_no_account(self, office):
        to = NewAccount("canbo3", "Người Ba", Role.UNIT_OFFICER, office.commune)
        with pytest.raises(Invalid):
            hand_over_to_new_account(
                membership=office.clerk.memberships.get(), to=to, first_on=date(2019, 1, 1), actor=office.administrator
            )
        assert not User.objects.filter(username="canbo3").exists()


def test_several_roles_at_once_each_for_its_unit(office):
    person = make_user("nhieu", (Role.UNIT_HEAD, office.commune), (Role.APPRAISER, office.agency))
    assert person.units_as(Role.UNIT_HEAD) == {office.commune.pk}
    assert person.own_units == {office.commune.pk, office.agency.pk}
