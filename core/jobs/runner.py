"""Enqueue, claim, run, sweep. A job's handler is safe to run twice; its effect and the row's end are one transaction."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import OperationalError, models, transaction
from django.db.models import F, Q
from kombu.exceptions import OperationalError as BrokerSilent

from core import clock
from core.errors import DomainError
from core.jobs.models import Job

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
MAX_ATTEMPTS = 5

Progress = Callable[[int, int], None]
# A handler does the long reading outside any transaction and returns the write, which is run in the transaction that
# also ends the job: killed in between, the job is simply run again.
Handler = Callable[[dict, Progress], Callable[[], str]]
_handlers: dict[str, Handler] = {}
_chores: list[Callable[[], object]] = []


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Register the handler of a kind of job."""

    def add(handler: Handler) -> Handler:
        _handlers[kind] = handler
        return handler

    return add


def chore(work: Callable[[], object]) -> Callable[[], object]:
    """Register what every sweep does besides: tidying up that no act waits for, quick and safe to do twice."""
    _chores.append(work)
    return work


def enqueue(*, kind: str, unique_key: str, payload: dict, actor: models.Model | None) -> Job:
    """Add a job inside the caller's transaction, once per `unique_key`; after the commit the worker is woken up."""
    job, created = Job.objects.get_or_create(
        unique_key=unique_key,
        defaults={"kind": kind, "payload": payload, "created_at": clock.now(), "created_by": actor},
    )
    if created:
        transaction.on_commit(lambda: wake_up(job.pk))
    return job


def wake_up(job_id: int) -> None:
    """Tell the worker. If the broker does not answer, the sweeper finds the row within half a minute."""
    from core.jobs.tasks import run_job  # noqa: PLC0415 - the task imports this module

    try:
        run_job.delay(job_id)
    except (BrokerSilent, OSError):
        logger.warning("job %s: the broker does not answer, the sweeper will find it", job_id)


def claim(job_id: int) -> Job | None:
    """Take the job for one lease, or None if it is over or somebody holds it. One conditional UPDATE decides."""
    now = clock.now()
    taken = Job.objects.filter(_free(now), pk=job_id).update(
        state=Job.State.RUNNING, lease_until=now + LEASE, attempts=F("attempts") + 1
    )
    return Job.objects.get(pk=job_id) if taken else None


def run(job_id: int) -> Job | None:
    """Run one job to its end. Refusals and faults end it as failed with a sentence; nothing is half-written.

    Where the database is away or busy the row stays as it is: the sweeper runs it again when the lease is over.
    """
    job = claim(job_id)
    if job is None:
        return None
    try:
        write = _handlers[job.kind](job.payload, lambda done, total: _beat(job, done, total))
        with transaction.atomic(durable=True):
            held = Job.objects.select_for_update().get(pk=job.pk)
            if held.state == Job.State.RUNNING and held.attempts == job.attempts:
                _end(held, Job.State.DONE, write())
    except DomainError as error:
        _fail(job, str(error.message))
    except OperationalError:
        logger.warning("job %s (%s): the database did not answer in time", job.pk, job.kind, exc_info=True)
    except Exception:
        logger.exception("job %s (%s) failed", job.pk, job.kind)
        _fail(job, "")
    job.refresh_from_db()
    return job


def _beat(job: Job, done: int, total: int) -> None:
    """Progress and heartbeat in one: the lease runs from the last sign of life."""
    Job.objects.filter(pk=job.pk, attempts=job.attempts, state=Job.State.RUNNING).update(
        done=done, total=total, lease_until=clock.now() + LEASE
    )


def _end(job: Job, state: str, message: str) -> None:
    job.state, job.message, job.finished_at, job.lease_until = state, message, clock.now(), None
    job.save()


def _fail(job: Job, message: str) -> None:
    with transaction.atomic(durable=True):
        held = Job.objects.select_for_update().get(pk=job.pk)
        if held.state == Job.State.RUNNING and held.attempts == job.attempts:
            _end(held, Job.State.FAILED, message)


def _free(now: datetime) -> Q:
    """Jobs that nobody works on."""
    return Q(state=Job.State.QUEUED) | Q(state=Job.State.RUNNING, lease_until__lt=now, attempts__lt=MAX_ATTEMPTS)


def sweep(*, at_most: timedelta | None = None) -> int:
    """Run what nobody works on: lost messages, dead workers. Gives up after MAX_ATTEMPTS. Returns how many were run.

    After `at_most` no further job is begun, so that a worker's time limit never falls on a job that is not to blame.
    """
    now = clock.now()
    Job.objects.filter(state=Job.State.RUNNING, lease_until__lt=now, attempts__gte=MAX_ATTEMPTS).update(
        state=Job.State.FAILED, finished_at=now, lease_until=None
    )
    ran = 0
    for pk in Job.objects.filter(_free(now)).order_by("pk").values_list("pk", flat=True):
        if at_most is not None and clock.now() - now >= at_most:
            break
        ran += run(pk) is not None
    _do_chores()
    return ran


def _do_chores() -> None:
    """One that fails is logged and keeps no other from its turn."""
    for work in _chores:
        try:
            work()
        except Exception:
            logger.exception("chore %s failed", work.__qualname__)
