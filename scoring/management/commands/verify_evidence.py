"""`manage.py verify_evidence`: read every stored file, or name what is missing, changed or without a row."""

from django.core.management.base import BaseCommand, CommandError

from scoring.filing.verifying import faults
from scoring.models import Evidence


class Command(BaseCommand):
    help = "Prove every file of evidence; exit code 1 and one line per fault if any is missing, changed or orphaned."

    def handle(self, *args, **options):
        found = list(faults())
        if found:
            raise CommandError("\n".join(found))
        rows = Evidence.objects.count()
        files = Evidence.objects.filter(copied_from__isnull=True).count()
        self.stdout.write(f"{files} files, {rows} rows: nothing missing, nothing changed.")
