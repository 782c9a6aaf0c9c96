"""Celery's shells over the runner."""

from celery import shared_task
from celery.signals import worker_ready

from core.jobs import runner


@shared_task(name="core.run_job")
def run_job(job_id: int) -> None:
    runner.run(job_id)


@shared_task(name="core.sweep_jobs")
def sweep_jobs() -> None:
    runner.sweep(at_most=runner.LEASE)


@worker_ready.connect
def sweep_at_start(**kwargs) -> None:
    """What an earlier worker left behind is taken up at once."""
    sweep_jobs.delay()
