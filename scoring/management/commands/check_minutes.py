"""`manage.py check_minutes FILE.docx`: whether the figures of appraisal minutes still are what the records say."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from core.errors import DomainError
from scoring.minutes.checking import checked, figures_in, group_of, identity_of, scope_of
from scoring.minutes.scope import whole


class Command(BaseCommand):
    help = (
        "Compare every figure of a file of minutes with the records; exit code 1 and one line per figure that differs."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *args, file: Path, **options):
        try:
            figures = figures_in(file.read_bytes())
            identity = identity_of(figures)
            found = checked(figures, scope_of(identity, whole(group_of(identity))))
        except (OSError, DomainError) as error:
            raise CommandError(str(error)) from error
        if found.findings:
            raise CommandError(
                "\n".join(
                    f"{one.where}: {one.in_file!r} / {one.in_records!r}: {one.fault.label}" for one in found.findings
                )
            )
        self.stdout.write(f"{found.count} figures: all agree with the records.")
