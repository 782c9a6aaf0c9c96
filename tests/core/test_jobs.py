"""Jobs: the row is the truth, each effect once."""

from datetime import timedelta

import pytest
from django.db import OperationalError, transaction

from core import clock
from core.errors import Invalid
from core.jobs import runner
from core.jobs.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def effects(monkeypatch):
    """A kind of job that notes each effect; "bad" is refused, "broken" fails, "locked" finds a busy database once."""
    done, busy = [], ["locked"]

    def handler(payload, progress):
        progress(1, 2)
        if payload.get("name") == "bad":
            raise Invalid("no such thing")
        if payload.get("name") == "broken":
            raise ZeroDivisionError
        if payload.get("name") in busy:
            raise OperationalError(f"database is {busy.pop()}")
        return lambda: done.append(payload["name"]) or "finished"

    monkeypatch.setitem(runner._handlers, "test", handler)
    monkeypatch.setattr(runner, "wake_up", lambda job_id: None)
    return done


def enqueue(name: str = "one") -> Job:
    with transaction.atomic():
        return runner.enqueue(kind="test", unique_key=f"test:{name}", payload={"name": name}, actor=None)


def test_a_job_runs_once_and_says_so(effects):
    job = runner.run(enqueue().pk)

    assert (job.state, job.message, job.done, job.total, effects) == ("done", "finished", 1, 2, ["one"])
    assert runner.run(job.pk) is None
    assert effects == ["one"]


def test_the_same_key_is_one_job(effects):
    assert enqueue().pk == enqueue().pk


def test_a_held_job_is_left_alone_until_its_lease_runs_out(effects):
    job = runner.claim(enqueue().pk)

    assert runner.run(job.pk) is None
    with clock.set_to(clock.now() + runner.LEASE + timedelta(seconds=1)):
        assert runner.sweep() == 1
    assert effects == ["one"]


def test_a_refusal_ends_the_job_with_its_sentence(effects):
    job = runner.run(enqueue("bad").pk)

    assert (job.state, job.message, effects) == ("failed", "no such thing", [])


def test_a_fault_ends_the_job_without_inner_details(effects, caplog):
    job = runner.run(enqueue("broken").pk)

    assert (job.state, job.message) == ("failed", "")
    assert "ZeroDivisionError" in caplog.text


def test_a_busy_database_is_no_fault_of_the_job(effects):
    job = runner.run(enqueue("locked").pk)
    assert (job.state, effects) == ("running", [])

    with clock.set_to(clock.now() + runner.LEASE + timedelta(seconds=1)):
        assert runner.sweep() == 1
    job.refresh_from_db()
    assert (job.state, job.attempts, effects) == ("done", 2, ["locked"])


def test_a_worker_that_lost_its_lease_writes_nothing(effects):
    job = enqueue()
    first = runner.claim(job.pk)
    with clock.set_to(clock.now() + runner.LEASE + timedelta(seconds=1)):
        runner.run(job.pk)
    runner._fail(first, "late")

    job.refresh_from_db()
    assert (job.state, effects) == ("done", ["one"])


def test_the_sweeper_gives_up_after_some_attempts(effects):
    job = enqueue()
    Job.objects.filter(pk=job.pk).update(
        state="running", attempts=runner.MAX_ATTEMPTS, lease_until=clock.now() - timedelta(seconds=1)
    )

    assert runner.run(job.pk) is None, "nor does a message that comes late start it again"
    assert runner.sweep() == 0
    job.refresh_from_db()
    assert job.state == "failed"


def test_a_sweep_begins_no_further_job_when_its_time_is_over(effects):
    first, second = enqueue("one"), enqueue("two")

    assert runner.sweep(at_most=timedelta(0)) == 0
    assert runner.sweep(at_most=runner.LEASE) == 2
    assert effects == [first.payload["name"], second.payload["name"]]
