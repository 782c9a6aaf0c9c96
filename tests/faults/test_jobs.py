"""Each job's effect happens once: when workers are killed, when messages are lost, and when they come three times."""

import os
import signal
from collections.abc import Iterable

import pytest
from django.db.models import Sum
from kombu import Connection

from core import clock
from core.jobs import runner
from core.jobs.models import Job
from core.jobs.tasks import run_job
from sonla_awards.celery import broker_options
from tests.faults.conftest import assert_each_effect_once, enqueue, process
from tests.races import all_at_once

pytestmark = pytest.mark.race

# `manage.py run_jobs` in an installation that knows the tests' kind of job.
RUN_JOBS = """
import django
django.setup()
import tests.faults.note
from django.core.management import call_command
call_command("run_jobs")
"""
CELERY = ("-m", "celery", "-A", "sonla_awards", "worker", "-I", "tests.faults.note", "-l", "ERROR")
TIMES = 3


def test_killed_workers_leave_each_effect_done_once(real_database, lost_messages):
    jobs = enqueue(500)

    killed = all_at_once([lambda: kill_at("reading:60"), lambda: kill_at("written:60")])
    killed += all_at_once([lambda: kill_at("writing:60"), lambda: kill_at("written:40")])
    killed += all_at_once([lambda: kill_at("written:1"), work_to_the_end, work_to_the_end])

    assert killed == [-signal.SIGKILL] * 5 + [0, 0]
    assert Job.objects.filter(state="done").count() == 495
    assert runner.sweep() == 0, "the dead workers' leases still run"
    with clock.set_to(clock.now() + runner.LEASE * 2):
        assert runner.sweep() == 5
    assert_each_effect_once(jobs)
    assert Job.objects.aggregate(all=Sum("attempts"))["all"] == 505


def kill_at(place: str) -> int:
    """A worker killed where it says that it has stopped; its exit code."""
    with process("-c", RUN_JOBS, STOP_AT=place) as worker:
        stopped(worker.stdout)
        worker.kill()
        return worker.wait()


def work_to_the_end() -> int:
    with process("-c", RUN_JOBS) as worker:
        worker.communicate()
        return worker.returncode


def stopped(lines: Iterable[str]) -> int:
    """Wait until a process says that it has stopped, and which one it is."""
    return next(int(line.split()[1]) for line in lines if line.startswith("stopped"))


def test_a_message_delivered_three_times_at_once_has_one_effect(real_database, lost_messages):
    jobs = enqueue(10)

    results = all_at_once([lambda job=job: run_job(job.pk) for job in jobs for _delivery in range(TIMES)])

    assert results == [None] * len(results)
    assert_each_effect_once(jobs)
    assert set(Job.objects.values_list("attempts", flat=True)) == {1}


def test_a_celery_worker_may_lose_a_child_and_die(real_database, lost_messages, tmp_path):
    """Each message three times, a child killed inside its write, then all of the worker: the sweeper ends the rest."""
    jobs = enqueue(15)
    send(jobs, tmp_path)
    settings = {"DJANGO_SETTINGS_MODULE": "tests.faults.settings", "SONLA_VAR": str(tmp_path)}

    with process(*CELERY, "-c", "3", STOP_AT="written:2", **settings) as worker:
        os.kill(stopped(worker.stdout), signal.SIGKILL)
        stopped(worker.stdout)
        os.killpg(worker.pid, signal.SIGKILL)

    left = Job.objects.exclude(state="done").count()
    assert 2 <= left < 15
    with clock.set_to(clock.now() + runner.LEASE * 2):
        assert runner.sweep() == left
    assert_each_effect_once(jobs)


def send(jobs: list[Job], folder) -> None:
    """The messages as an act sends them, to the broker of files that the worker reads."""
    url = "filesystem://localhost/"
    with Connection(url, transport_options=broker_options(url, folder / "broker")) as broker:
        for job in jobs:
            for _delivery in range(TIMES):
                run_job.apply_async([job.pk], connection=broker)
