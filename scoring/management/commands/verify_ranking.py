"""`manage.py verify_ranking`: recompute every published ranking from its snapshot, or name what was changed."""

from django.core.management.base import BaseCommand, CommandError

from scoring.enums import RunState
from scoring.models import RankingRun
from scoring.ranking.verification import all_faults


class Command(BaseCommand):
    help = "Prove every published ranking; exit code 1 and one line per fault if anything was changed."

    def handle(self, *args, **options):
        found = list(all_faults())
        if found:
            raise CommandError("\n".join(found))
        for run in RankingRun.objects.filter(state=RunState.PUBLISHED).select_related("cycle", "group"):
            self.stdout.write(f"{run.group.code} {run.cycle.year}: {run.rows.count()} rows, SHA-256 {run.sha256}")
