"""Accounts and roles: every change of who may do what."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import RoleMembership, Unit, User
from accounts.permissions import can_administer
from core import clock
from core.audit.services import record
from core.errors import Conflict, Invalid

TEMPORARY = timedelta(hours=24)
# No letters that are mistaken for one another on paper.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class NewAccount:
    """One person to be given an account, as an administrator lists it."""

    username: str
    full_name: str
    role: Role
    unit: Unit
    position: str = ""
    email: str = ""
    phone: str = ""


def temporary_password() -> str:
    """Four groups of four, to be read out over the telephone: about 79 bits."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _position in range(4)) for _group in range(4))


@transaction.atomic(durable=True)
def create_first_administrator(*, username: str, full_name: str, password: str, unit: Unit) -> User:
    """The one account that nobody else makes; refused as soon as anybody holds the role."""
    if RoleMembership.objects.filter(role=Role.ADMINISTRATOR).exists():
        raise Conflict(_("There is an administrator already; new accounts are made by that person."), code="ERR-DONE")
    user = User(username=username, full_name=full_name)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages)) from error
    user.set_password(password)
    user.save()
    RoleMembership.objects.create(user=user, role=Role.ADMINISTRATOR, unit=unit, from_on=clock.today())
    record(actor=user, action="user.first_administrator", obj=user)
    return user


@transaction.atomic(durable=True)
def create_accounts(*, accounts: Iterable[NewAccount], actor: User) -> dict[str, str]:
    """All or none. Returns the temporary password of each new account, shown once and stored only as a hash."""
    can_administer(actor).require()
    accounts = list(accounts)
    names = [account.username.lower() for account in accounts]
    taken = sorted(
        {name for name in names if names.count(name) > 1}
        | set(User.objects.filter(username__in=names).values_list("username", flat=True))
    )
    if taken:
        raise Conflict(
            _("These account names are taken or stand twice: {names}.").format(names=", ".join(taken)), code="ERR-DONE"
        )
    passwords = {account.username.lower(): temporary_password() for account in accounts}
    for account in accounts:
        _create(account, passwords[account.username.lower()])
    record(actor=actor, action="user.create", details={"accounts": names})
    return passwords


def _create(account: NewAccount, password: str) -> User:
    user = User(
        username=account.username,
        full_name=account.full_name,
        position=account.position,
        email=account.email,
        phone=account.phone,
        must_change_password=True,
        temporary_until=clock.now() + TEMPORARY,
    )
    user.set_password(password)
    user.save()
    RoleMembership.objects.create(user=user, role=account.role, unit=account.unit, from_on=clock.today())
    return user


@transaction.atomic(durable=True)
def reset_password(*, user: User, actor: User) -> str:
    """Give a temporary password, valid 24 hours for one sign-in, and end every session of the account."""
    can_administer(actor).require()
    user = User.objects.select_for_update().get(pk=user.pk)
    password = temporary_password()
    user.set_password(password)
    user.must_change_password, user.temporary_until = True, clock.now() + TEMPORARY
    user.save()
    _end_sessions(user)
    record(actor=actor, action="user.reset_password", obj=user)
    return password


def _end_sessions(user: User) -> None:
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()


@transaction.atomic(durable=True)
def set_active(*, user: User, active: bool, actor: User) -> User:
    """Close an account or open it again; a closed one is signed out at once."""
    can_administer(actor).require()
    if user.pk == actor.pk and not active:
        raise Invalid(_("The own account cannot be closed."))
    user = User.objects.select_for_update().get(pk=user.pk)
    user.is_active = active
    user.save()
    if not active:
        _end_sessions(user)
    record(actor=actor, action="user.open" if active else "user.close", obj=user)
    return user


@transaction.atomic(durable=True)
def grant_role(
    *, user: User, role: Role, unit: Unit, from_on: date, to_on: date | None = None, actor: User
) -> RoleMembership:
    """Give a role from a day, open-ended or to a day. Twice the same role for one unit at a time is refused."""
    can_administer(actor).require()
    if to_on and to_on < from_on:
        raise Invalid(_("The role would end before it begins."), fields={"to_on": _("Before the first day.")})
    User.objects.select_for_update().get(pk=user.pk)
    same = RoleMembership.objects.filter(user=user, role=role, unit=unit)
    if any(_overlap(membership, from_on, to_on) for membership in same):
        raise Conflict(_("The person holds this role for this unit in that time already."), code="ERR-DONE")
    membership = RoleMembership.objects.create(user=user, role=role, unit=unit, from_on=from_on, to_on=to_on)
    record(
        actor=actor,
        action="role.grant",
        obj=membership,
        details={"user": user.username, "role": role, "unit": unit.code},
    )
    return membership


def _overlap(membership: RoleMembership, from_on: date, to_on: date | None) -> bool:
    return membership.from_on <= (to_on or date.max) and from_on <= (membership.to_on or date.max)


@transaction.atomic(durable=True)
def end_role(*, membership: RoleMembership, last_on: date, actor: User) -> RoleMembership:
    """The role holds through `last_on`; work already done keeps the person's name."""
    can_administer(actor).require()
    return _end(membership, last_on, actor)


def _end(membership: RoleMembership, last_on: date, actor: User) -> RoleMembership:
    membership = RoleMembership.objects.select_for_update().get(pk=membership.pk)
    if membership.to_on and membership.to_on <= last_on:
        raise Conflict(_("The role ends on {day} already.").format(day=membership.to_on), code="ERR-DONE")
    if last_on < membership.from_on:
        raise Invalid(_("The role would end before it begins."), fields={"last_on": _("Before the first day.")})
    membership.to_on = last_on
    membership.save()
    record(actor=actor, action="role.end", obj=membership, details={"last_on": last_on.isoformat()})
    return membership


@transaction.atomic(durable=True)
def hand_over(*, membership: RoleMembership, to: User, first_on: date, actor: User) -> RoleMembership:
    """The role passes to another person on a day: the old holder keeps it through the day before.

    Drafts, evidence and history belong to the unit, so the successor finds all of it.
    """
    can_administer(actor).require()
    if to.pk == membership.user_id:
        raise Invalid(_("The role already belongs to this person."))
    _end(membership, first_on - timedelta(days=1), actor)
    successor = RoleMembership.objects.create(user=to, role=membership.role, unit=membership.unit, from_on=first_on)
    record(actor=actor, action="role.hand_over", obj=successor, details={"from": membership.pk, "to": to.username})
    return successor
