"""Accounts: make, change, close, give a new password."""

from collections.abc import Iterable

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import RoleMembership, Unit, User
from accounts.permissions import can_administer, keeps_an_administrator
from accounts.services.accounts import NewAccount, contact_faults, require_sound
from accounts.services.passwords import end_sessions, give_temporary_password
from core import clock
from core.audit.services import record
from core.cleaning import clean_name
from core.errors import Conflict, Invalid, WrongState


@transaction.atomic(durable=True)
def create_first_administrator(*, username: str, full_name: str, password: str, unit: Unit) -> User:
    """The one account that nobody else makes; refused as soon as anybody holds the role."""
    return add_first_administrator(username=username, full_name=full_name, password=password, unit=unit)


def add_first_administrator(*, username: str, full_name: str, password: str, unit: Unit) -> User:
    """As above, inside the caller's transaction (`manage.py start` loads the units in the same one)."""
    if RoleMembership.objects.filter(role=Role.ADMINISTRATOR).exists():
        raise Conflict(_("There is an administrator already; new accounts are made by that person."), code="ERR-DONE")
    account = require_sound(NewAccount(username, full_name, Role.ADMINISTRATOR, unit))
    user = User(username=account.username, full_name=account.full_name)
    require_own_password(password, user)
    user.set_password(password)
    user.save()
    RoleMembership.objects.create(user=user, role=Role.ADMINISTRATOR, unit=unit, from_on=clock.today())
    record(actor=user, action="user.first_administrator", obj=user)
    return user


def require_own_password(password: str, user: User) -> None:
    """Invalid with every rule of the settings that the password breaks."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), fields={"password": " ".join(error.messages)}) from error


def create_accounts(*, accounts: Iterable[NewAccount], actor: User) -> dict[str, str]:
    """All or none. Returns the temporary password of each new account, shown once and stored only as a hash."""
    try:
        return _create_accounts(list(accounts), actor)
    except IntegrityError as error:  # a second import took a name between our look and our write
        raise Conflict(_("One of the account names was taken in this moment. Check the list again.")) from error


@transaction.atomic(durable=True)
def _create_accounts(accounts: list[NewAccount], actor: User) -> dict[str, str]:
    can_administer(actor).require()
    if not accounts:
        raise Invalid(_("The list holds no account."), code="ERR-REQUIRED")
    sound = [require_sound(account) for account in accounts]
    names = [account.username for account in sound]
    if taken := taken_names(names):
        sentence = _("These account names are taken or stand twice: {names}.").format(names=", ".join(taken))
        raise Conflict(sentence, code="ERR-DONE", fields={"username": sentence})
    passwords = {}
    for account in sound:
        user, passwords[account.username] = add_person(account)
        RoleMembership.objects.create(user=user, role=account.role, unit=account.unit, from_on=clock.today())
    record(actor=actor, action="user.create", details={"accounts": names})
    return passwords


def taken_names(names: list[str]) -> list[str]:
    """Those that stand twice or belong to somebody, in the order of the alphabet."""
    twice = {name for name in names if names.count(name) > 1}
    return sorted(twice | set(User.objects.filter(username__in=names).values_list("username", flat=True)))


def add_person(account: NewAccount) -> tuple[User, str]:
    """The account without its role, inside the caller's transaction, and its temporary password."""
    user = User(
        username=account.username,
        full_name=account.full_name,
        position=account.position,
        email=account.email,
        phone=account.phone,
    )
    password = give_temporary_password(user)
    user.save()
    return user, password


@transaction.atomic(durable=True)
def change_person(*, user: User, full_name: str, position: str, email: str, phone: str, actor: User) -> User:
    """Name, position and how to reach the person. The account name stays: the trail and the minutes name it."""
    can_administer(actor).require()
    if faults := dict(contact_faults(full_name, position, email, phone)):
        raise Invalid(" ".join(faults.values()), fields=faults)
    user = User.objects.select_for_update().get(pk=user.pk)
    new = {
        "full_name": clean_name(full_name, limit=120),
        "position": clean_name(position, limit=120),
        "email": email,
        "phone": phone,
    }
    changed = sorted(name for name, value in new.items() if getattr(user, name) != value)
    for name in changed:
        setattr(user, name, new[name])
    user.save()
    record(actor=actor, action="user.change", obj=user, details={"fields": changed})
    return user


@transaction.atomic(durable=True)
def reset_password(*, user: User, actor: User, stamp: str | None = None) -> str:
    """Give a temporary password, valid 24 hours for one sign-in, and end every session of the account.

    `stamp` is `password_stamp` as the page showed it: the form sent twice is a Conflict, not a second password.
    """
    can_administer(actor).require()
    if user.pk == actor.pk:
        raise Invalid(_("The own password is changed under “Change password”."))
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        raise WrongState(_("The account is closed. Open it first."))
    if stamp is not None and stamp != password_stamp(user):
        raise Conflict(_("The password was changed meanwhile. Open the person's page again."))
    password = give_temporary_password(user)
    user.save()
    end_sessions(user)
    record(actor=actor, action="user.reset_password", obj=user)
    return password


def password_stamp(user: User) -> str:
    """Changes with every temporary password and says nothing about it."""
    return user.temporary_until.isoformat() if user.temporary_until else "own"


@transaction.atomic(durable=True)
def set_active(*, user: User, active: bool, actor: User) -> User:
    """Close an account or open it again; a closed one is signed out at once."""
    can_administer(actor).require()
    if user.pk == actor.pk and not active:
        raise Invalid(_("The own account cannot be closed."))
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_active == active:
        raise Conflict(
            _("The account is open already.") if active else _("The account is closed already."), code="ERR-DONE"
        )
    if not active:
        keeps_an_administrator(but=user.memberships.all()).require()
        end_sessions(user)
    user.is_active = active
    user.save()
    record(actor=actor, action="user.open" if active else "user.close", obj=user)
    return user
