"""The columns of the list of accounts, for the template that is written and the file that is read alike."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core.collation import fold
from core.workbook import Limits

LIMITS = Limits(bytes=2 * 1024 * 1024, rows=2001, columns=50)


@dataclass(frozen=True)
class Column:
    """`name` is the field of a new account, `width` that of the sheet in characters."""

    name: str
    heading: Promise
    help: Promise
    width: int
    required: bool = True


COLUMNS = (
    Column("full_name", _("Full name"), _("As in the decision of appointment, with all marks."), 28),
    Column("username", _("Account name"), _("Small letters without marks, digits, dots; nobody else's."), 24),
    Column("position", _("Position"), _("Such as: specialist of the culture office."), 28, required=False),
    Column("role", _("Role"), _("Chosen from the list of the cell."), 24),
    Column("unit", _("Unit"), _("Chosen from the list of the cell, or the unit's code."), 40),
    Column("email", _("E-mail"), _("Office address, if there is one."), 28, required=False),
    Column("phone", _("Telephone"), _("As text, so that the first 0 stays."), 18, required=False),
)


def _in_every_language(text: Promise) -> set[str]:
    """A workbook is filled in by people who may read another language than whoever sends it in."""
    said = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said.add(fold(str(text)))
    return said


@cache
def _columns_by_heading() -> dict[str, Column]:
    return {said: one for one in COLUMNS for said in {one.name, *_in_every_language(one.heading)}}


@cache
def _roles_by_word() -> dict[str, Role]:
    return {said: role for role in Role for said in {role.value, *_in_every_language(role.label)}}


def column_of(heading: str) -> Column | None:
    """The column that a heading means, in any language of the product, tone marks and case ignored."""
    return _columns_by_heading().get(fold(heading.strip().rstrip("*")))


def role_of(text: str) -> Role | None:
    """The role that a cell means: its word in any language of the product, or its code."""
    return _roles_by_word().get(fold(text))
