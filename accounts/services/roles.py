"""Roles from a day to a day: give, end, withdraw, hand over from one person to the next."""

from dataclasses import replace
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import RoleMembership, Unit, User
from accounts.permissions import can_administer, keeps_an_administrator
from accounts.services.accounts import NewAccount, require_sound
from accounts.services.people import add_person, taken_names
from core import clock
from core.audit.services import record
from core.errors import Conflict, Invalid, WrongState

ONE_DAY = timedelta(days=1)


@transaction.atomic(durable=True)
def grant_role(
    *, user: User, role: Role, unit: Unit, from_on: date, to_on: date | None = None, actor: User
) -> RoleMembership:
    """Give a role from a day, open-ended or to a day. Twice the same role for one unit at a time is refused."""
    can_administer(actor).require()
    if role not in Role.values:
        raise Invalid(_("There is no such role."), fields={"role": _("There is no such role.")})
    if to_on and to_on < from_on:
        raise Invalid(_("The role would end before it begins."), fields={"to_on": _("Before the first day.")})
    if not unit.is_active:
        raise Invalid(_("The unit is no longer active."), fields={"unit": _("The unit is no longer active.")})
    user = _open_account(user)
    _require_free(user, role, unit, from_on, to_on)
    membership = RoleMembership.objects.create(user=user, role=role, unit=unit, from_on=from_on, to_on=to_on)
    record(actor=actor, action="role.grant", obj=membership, details=_said(membership))
    return membership


def _open_account(user: User) -> User:
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        raise WrongState(_("The account of {name} is closed. Open it first.").format(name=user.full_name))
    return user


def _require_free(user: User, role: Role, unit: Unit, from_on: date, to_on: date | None) -> None:
    same = RoleMembership.objects.filter(user=user, role=role, unit=unit)
    if any(_overlap(membership, from_on, to_on) for membership in same):
        raise Conflict(_("The person holds this role for this unit in that time already."), code="ERR-DONE")


def _overlap(membership: RoleMembership, from_on: date, to_on: date | None) -> bool:
    return membership.from_on <= (to_on or date.max) and from_on <= (membership.to_on or date.max)


def _said(membership: RoleMembership) -> dict[str, str | None]:
    """What the trail keeps of a membership: readable when the rows it points at have changed."""
    return {
        "user": membership.user.username,
        "role": str(membership.role),
        "unit": membership.unit.code,
        "from_on": membership.from_on.isoformat(),
        "to_on": membership.to_on and membership.to_on.isoformat(),
    }


@transaction.atomic(durable=True)
def end_role(*, membership: RoleMembership, last_on: date, actor: User) -> RoleMembership:
    """The role holds through `last_on`; work already done keeps the person's name."""
    can_administer(actor).require()
    membership = RoleMembership.objects.select_for_update().get(pk=membership.pk)
    keeps_an_administrator(but=RoleMembership.objects.filter(pk=membership.pk)).require()
    _end(membership, last_on, field="last_on")
    record(actor=actor, action="role.end", obj=membership, details=_said(membership))
    return membership


def _end(membership: RoleMembership, last_on: date, *, field: str) -> None:
    if membership.to_on and membership.to_on <= last_on:
        raise Conflict(_("The role ends on {day:%d/%m/%Y} already.").format(day=membership.to_on), code="ERR-DONE")
    if last_on < membership.from_on:
        sentence = _("The role began on {day:%d/%m/%Y} and cannot end before that day.").format(day=membership.from_on)
        raise Invalid(sentence, fields={field: sentence})
    membership.to_on = last_on
    membership.save()


@transaction.atomic(durable=True)
def withdraw_role(*, membership: RoleMembership, actor: User) -> None:
    """Take back a role given by mistake, at once: possible through its first day. The trail keeps both acts."""
    can_administer(actor).require()
    membership = RoleMembership.objects.select_for_update().filter(pk=membership.pk).first()
    if membership is None:
        raise Conflict(_("The role was withdrawn already."), code="ERR-DONE")
    if membership.from_on < clock.today():
        raise WrongState(_("The role has been held since {day:%d/%m/%Y}: end it.").format(day=membership.from_on))
    keeps_an_administrator(but=RoleMembership.objects.filter(pk=membership.pk)).require()
    record(actor=actor, action="role.withdraw", obj=membership, details=_said(membership))
    membership.delete()


@transaction.atomic(durable=True)
def hand_over(*, membership: RoleMembership, to: User, first_on: date, actor: User) -> RoleMembership:
    """The role passes to another person on a day: the old holder keeps it through the day before.

    Drafts, evidence and history belong to the unit, so the successor finds all of it.
    """
    can_administer(actor).require()
    return _hand_over(membership, _open_account(to), first_on, actor)


def hand_over_to_new_account(
    *, membership: RoleMembership, to: NewAccount, first_on: date, actor: User
) -> tuple[RoleMembership, str]:
    """As `hand_over`, to somebody who has no account yet; role and unit of `to` are those handed over.

    Returns the successor's membership and the temporary password, shown once.
    """
    try:
        return _hand_over_to_new(membership, to, first_on, actor)
    except IntegrityError as error:  # the name was taken between our look and our write
        raise Conflict(_("The account name was taken in this moment. Choose another.")) from error


@transaction.atomic(durable=True)
def _hand_over_to_new(
    membership: RoleMembership, to: NewAccount, first_on: date, actor: User
) -> tuple[RoleMembership, str]:
    can_administer(actor).require()
    account = require_sound(replace(to, role=membership.role, unit=membership.unit))
    if taken_names([account.username]):
        sentence = _("This account name is taken.")
        raise Conflict(sentence, code="ERR-DONE", fields={"username": sentence})
    user, password = add_person(account)
    record(actor=actor, action="user.create", obj=user, details={"accounts": [account.username]})
    return _hand_over(membership, user, first_on, actor), password


def _hand_over(membership: RoleMembership, to: User, first_on: date, actor: User) -> RoleMembership:
    membership = RoleMembership.objects.select_for_update().get(pk=membership.pk)
    if to.pk == membership.user_id:
        raise Invalid(_("The role already belongs to this person."), fields={"to": _("The same person.")})
    ends_on, last_on = membership.to_on, first_on - ONE_DAY
    if ends_on != last_on:  # otherwise it was ended for the handover already
        _end(membership, last_on, field="first_on")
    still_to_come = ends_on if ends_on and ends_on > last_on else None
    _require_free(to, membership.role, membership.unit, first_on, still_to_come)
    successor = RoleMembership.objects.create(
        user=to, role=membership.role, unit=membership.unit, from_on=first_on, to_on=still_to_come
    )
    details = _said(successor) | {"from": membership.pk, "from_user": membership.user.username}
    record(actor=actor, action="role.hand_over", obj=successor, details=details)
    return successor
