"""`manage.py verify_audit`: prove the audit chain, or name the entries that were changed."""

from django.core.management.base import BaseCommand, CommandError

from core.audit.services import faults, head


class Command(BaseCommand):
    help = "Prove the audit chain; exit code 1 and one line per fault if an entry was changed or is missing."

    def handle(self, *args, **options):
        found = list(faults())
        if found:
            raise CommandError("\n".join(found))
        seq, digest = head()
        self.stdout.write(f"{seq} entries, each follows from the one before. Head: {digest}")
