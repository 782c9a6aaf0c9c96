"""`manage.py start`: an empty database becomes an installation: tables, units, the first administrator.

Everything that is typed or named is checked before the database is touched; what is written, is written at once.
"""

import logging
import os
import sys
from dataclasses import dataclass
from getpass import getpass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.management.commands.load_units import read
from accounts.models import RoleMembership, Unit, User
from accounts.services import add_first_administrator
from accounts.services.people import require_own_password
from accounts.units import UnitRow, read_units, store_units
from core.errors import DomainError
from scoring.criteria.services import load_reference_set, read_definition

DATA = settings.ROOT / "data"
REFERENCE_SETS = [DATA / "criteria" / name for name in ("dti-commune.json", "dti-department.json")]
TRIES = 3


@dataclass(frozen=True)
class Administrator:
    """Who is asked for: the first person who may sign in."""

    username: str
    full_name: str
    password: str
    unit: str


class Command(BaseCommand):
    help = "Set up an empty database: tables, units, the first administrator (asked for, or from ADMIN_* variables)."
    requires_system_checks = ()  # they ask for tables that are not there yet

    def add_arguments(self, parser):
        parser.add_argument("--units", type=Path, default=DATA / "units" / "units.csv", help="table of units (CSV)")
        parser.add_argument("--unit", default="VPUBND", help="code of the administrator's unit")
        parser.add_argument("--with-reference-sets", action="store_true", help="load the two shipped criteria sets")

    def handle(self, *args, units: Path, unit: str, with_reference_sets: bool, **options):
        logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)  # a silent server is said once, below
        try:
            require_no_administrator()
            rows = read_units(read(units))
            sets = {path.name: read(path) for path in REFERENCE_SETS} if with_reference_sets else {}
            for name, data in sets.items():
                read_definition(data, place=name)
            if unit not in {row.code for row in rows}:
                raise CommandError(_("The list of units has no unit with the code {code}.").format(code=unit[:40]))
            administrator = self._ask(unit)
            prepare_database()
            user = set_up(rows=rows, sets=sets, administrator=administrator)
        except DomainError as error:
            raise CommandError(error.message) from error
        except DatabaseError as error:
            raise CommandError(_("The database does not answer as it should: {reason}").format(reason=error)) from error
        self._say_what_is_next(user, len(rows), len(sets))

    def _ask(self, unit: str) -> Administrator:
        username = self._value("ADMIN_USERNAME", _("Account of the administrator: "))
        full_name = self._value("ADMIN_FULL_NAME", _("Full name: "))
        named = User(username=username, full_name=full_name)
        return Administrator(username, full_name, self._password(named), unit)

    def _value(self, variable: str, question: str) -> str:
        if value := os.environ.get(variable, ""):
            return value
        if not sys.stdin.isatty():
            raise CommandError(_("{variable} is not set, and there is no terminal to ask.").format(variable=variable))
        return input(question).strip()

    def _password(self, user: User) -> str:
        """From the environment, or typed twice; a bad one is asked for again."""
        if password := os.environ.get("ADMIN_PASSWORD", ""):
            require_own_password(password, user)
            return password
        if not sys.stdin.isatty():
            raise CommandError(
                _("{variable} is not set, and there is no terminal to ask.").format(variable="ADMIN_PASSWORD")
            )
        for _try in range(TRIES):
            password = getpass(_("Password, at least 12 characters: "))
            try:
                require_own_password(password, user)
            except DomainError as error:
                self.stderr.write(error.message)
                continue
            if password == getpass(_("The same once more: ")):
                return password
            self.stderr.write(_("The two are not the same."))
        raise CommandError(_("No password was chosen; nothing was written."))

    def _say_what_is_next(self, user: User, units: int, sets: int) -> None:
        address = f"{settings.SITE_URL}{reverse('account_login')}"
        lines = [
            _("{units} units, {sets} criteria sets, the administrator {name}.").format(
                units=units, sets=sets, name=user.username
            ),
            _("Next: start the server, open {address}, sign in.").format(address=address),
            _("Then import the accounts under {address}, and give somebody the role of scoring secretary.").format(
                address=f"{settings.SITE_URL}{reverse('accounts_import')}"
            ),
        ]
        self.stdout.write("\n".join(lines))


def require_no_administrator() -> None:
    """CommandError if the database is in use. Asks without migrating anything."""
    if RoleMembership._meta.db_table not in connection.introspection.table_names():
        return
    if RoleMembership.objects.filter(role=Role.ADMINISTRATOR).exists():
        raise CommandError(_("This database has an administrator already; nothing was changed."))


def prepare_database() -> None:
    """Tables, the cache's table, static files: safe to repeat, and empty of anybody's data."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


@transaction.atomic(durable=True)
def set_up(*, rows: list[UnitRow], sets: dict[str, bytes], administrator: Administrator) -> User:
    """Units, sets and the first administrator, together or not at all."""
    store_units(rows, actor=None)
    for name, data in sets.items():
        load_reference_set(data=data, place=name)
    return add_first_administrator(
        username=administrator.username,
        full_name=administrator.full_name,
        password=administrator.password,
        unit=Unit.objects.get(code=administrator.unit),
    )
