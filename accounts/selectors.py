"""What the administrator's pages read, each in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import RoleMembership, Unit, User


class SignIn(models.TextChoices):
    """How an account stands at the door."""

    OPEN = "open", _("in use")
    TEMPORARY = "temporary", _("temporary password not used yet")
    RUN_OUT = "run_out", _("temporary password has run out")
    CLOSED = "closed", pgettext_lazy("account", "closed")


@dataclass(frozen=True)
class PersonRow:
    """One line of the list: the person, the roles of today, how the account stands."""

    user: User
    memberships: list[RoleMembership]
    sign_in: SignIn


@dataclass(frozen=True)
class RoleRow:
    """One membership on the person's page. `when`: now, later or over."""

    membership: RoleMembership
    when: str
    can_be_withdrawn: bool


def sign_in_of(user: User, now: datetime) -> SignIn:
    if not user.is_active:
        return SignIn.CLOSED
    if not user.must_change_password:
        return SignIn.OPEN
    return SignIn.RUN_OUT if user.temporary_until and user.temporary_until <= now else SignIn.TEMPORARY


def in_state(people: QuerySet[User], state: str, now: datetime) -> QuerySet[User]:
    """Those whose account stands as `state` (a value of SignIn) says."""
    pending = people.filter(is_active=True, must_change_password=True)
    return {
        SignIn.OPEN: people.filter(is_active=True, must_change_password=False),
        SignIn.TEMPORARY: pending.exclude(temporary_until__lte=now),
        SignIn.RUN_OUT: pending.filter(temporary_until__lte=now),
        SignIn.CLOSED: people.filter(is_active=False),
    }[SignIn(state)]


def people(*, viewer: User, q: str, role: str, unit: Unit | None, state: str, now: datetime) -> QuerySet[User]:
    """The list for one viewer under one filter, in the order of given names."""
    found = User.objects.visible_to(viewer).search(q)
    condition = ({"role": role} if role else {}) | ({"unit": unit} if unit else {})
    if condition:
        found = found.holding(viewer.today, **condition)
    return in_state(found, state, now) if state else found


def rows_of(page: Iterable[User], *, today: date, now: datetime) -> list[PersonRow]:
    """The people of one page with today's roles: two queries, however many people."""
    models.prefetch_related_objects(
        list(page),
        Prefetch("memberships", RoleMembership.objects.in_force(today).select_related("unit"), to_attr="todays"),
    )
    return [PersonRow(user, user.todays, sign_in_of(user, now)) for user in page]


def roles_of(user: User, today: date) -> list[RoleRow]:
    """Every membership of one person: those in force first, then the coming ones, then the past ones."""
    rows = []
    for membership in user.memberships.select_related("unit"):
        when = "later" if membership.from_on > today else "now"
        if membership.to_on and membership.to_on < today:
            when = "over"
        rows.append(RoleRow(membership, when, membership.from_on >= today))
    return sorted(rows, key=lambda row: ["now", "later", "over"].index(row.when))


def units(*, q: str, kind: str, group: str, certainty: str) -> QuerySet[Unit]:
    """The units under one filter; `group` is a group's code, or "-" for those that are not ranked."""
    found = Unit.objects.search(q).select_related("group")
    if kind:
        found = found.filter(kind=kind)
    if certainty:
        found = found.filter(certainty=certainty)
    if group:
        found = found.filter(group=None) if group == "-" else found.filter(group__code=group)
    return found
