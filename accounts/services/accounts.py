"""What makes a new account sound: its name, and how the person is called and reached."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import Unit
from core.cleaning import clean_name
from core.errors import DomainError, Invalid

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,58}[a-z0-9]")
_PHONE = re.compile(r"\+?[0-9][0-9 .()-]{6,17}[0-9]")


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


def faults_of(account: NewAccount) -> Iterator[tuple[str, str]]:
    """(field, sentence) for everything that is wrong with one new account, taken by itself."""
    yield from username_faults(account.username)
    yield from contact_faults(account.full_name, account.position, account.email, account.phone)
    if account.role not in Role.values:
        yield "role", _("There is no such role.")
    if not account.unit.is_active:
        yield "unit", _("The unit is no longer active.")


def username_faults(username: str) -> Iterator[tuple[str, str]]:
    if not _USERNAME.fullmatch(username.lower()):
        yield "username", _("An account name has 3 to 60 letters without marks, digits, dots or hyphens: lan.nt")


def contact_faults(full_name: str, position: str, email: str, phone: str) -> Iterator[tuple[str, str]]:
    for field, text in (("full_name", full_name), ("position", position)):
        try:
            if not clean_name(text, limit=120) and field == "full_name":
                yield field, _("The name is missing.")
        except DomainError as error:
            yield field, str(error.message)
    if email and not _is_email(email):
        yield "email", _("“{text}” is not an e-mail address.").format(text=email[:80])
    if phone and not _PHONE.fullmatch(phone):
        yield (
            "phone",
            _("“{text}” is not a telephone number: digits, 8 to 19 of them with spaces.").format(text=phone[:80]),
        )


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


def require_sound(account: NewAccount) -> NewAccount:
    """The account as it is kept; Invalid names each field that is wrong."""
    faults = dict(faults_of(account))
    if faults:
        sentences = " ".join(faults.values())
        raise Invalid(f"{account.username[:60]}: {sentences}" if account.username else sentences, fields=faults)
    names = {field: clean_name(getattr(account, field), limit=120) for field in ("full_name", "position")}
    return replace(account, username=account.username.lower(), **names)
