"""`manage.py find_twins YEAR`: read what is new in the year's evidence and compare everything, now."""

from django.core.management.base import BaseCommand, CommandError

from core.jobs.models import Job
from core.jobs.runner import run
from scoring.models import Cycle
from scoring.twins.finding import begin, is_unread


class Command(BaseCommand):
    help = "Look for the same file, text or document number with several units of a year, until everything is read."

    def add_arguments(self, parser):
        parser.add_argument("year", type=int)

    def handle(self, *args, year: int, **options):
        cycle = Cycle.objects.filter(year=year).first()
        if cycle is None:
            raise CommandError(f"There is no year {year}.")
        more = True
        while more:
            job = run(begin(cycle).pk)
            if job is None or job.state != Job.State.DONE:
                raise CommandError("The search was not finished; see the log.")
            more = is_unread(cycle)
        self.stdout.write(f"{cycle.evidence_flags.count()} flags stand in {year}.")
