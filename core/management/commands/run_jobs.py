"""`manage.py run_jobs`: do the waiting background work here, with no broker and no worker."""

from django.core.management.base import BaseCommand

from core.jobs.runner import sweep


class Command(BaseCommand):
    help = "Run every waiting job in this process; for an office without a worker, or from cron."

    def handle(self, *args, **options):
        self.stdout.write(f"{sweep()} jobs run.")
