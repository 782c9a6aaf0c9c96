"""`manage.py load_units FILE --by ACCOUNT`: add and mend units from a table, as an administrator's act."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.units import load_units
from core.errors import DomainError


class Command(BaseCommand):
    help = "Add and mend units from a CSV table with the columns of data/units/units.csv; all or nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the table, UTF-8")
        parser.add_argument("--by", required=True, metavar="ACCOUNT", help="the administrator who answers for it")

    def handle(self, *args, file: Path, by: str, **options):
        actor = User.objects.filter(username=by.lower(), is_active=True).first()
        if actor is None:
            raise CommandError(_("There is no account “{name}”.").format(name=by[:60]))
        try:
            counts = load_units(data=read(file), actor=actor)
        except DomainError as error:
            raise CommandError(error.message) from error
        self.stdout.write(_("Units: {added} added, {changed} changed, {unchanged} as before.").format(**vars(counts)))


def read(file: Path) -> bytes:
    """The bytes of a file that an operator named; CommandError with one sentence where it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise CommandError(
            _("The file {name} cannot be read: {reason}.").format(name=file, reason=error.strerror)
        ) from error
