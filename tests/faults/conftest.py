"""Processes that work on the test's own database, jobs to be done, and what came of them."""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.db import connection, transaction

from core.audit.models import AuditEntry
from core.audit.services import canonical, faults
from core.jobs import runner
from core.jobs.models import Job
from tests.faults.note import KIND

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def lost_messages(monkeypatch):
    """No message reaches a worker, as after a wiped Redis."""
    monkeypatch.setattr(runner, "wake_up", lambda job_id: None)


@contextmanager
def process(*command: str, **environment: str) -> Iterator[subprocess.Popen]:
    """Python with `command` on the test's own database; killed with its children at the end, or when it hangs."""
    started = subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": database_url()} | environment,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    guard = threading.Timer(60, end, [started])
    guard.start()
    with started:
        try:
            yield started
        finally:
            guard.cancel()
            end(started)


def end(started: subprocess.Popen) -> None:
    """The whole session, as a machine that is switched off."""
    with suppress(ProcessLookupError):
        os.killpg(started.pid, signal.SIGKILL)


def database_url() -> str:
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    host, port = settings["HOST"] or "127.0.0.1", settings["PORT"] or 5432
    return f"postgresql://{settings['USER']}:{settings['PASSWORD']}@{host}:{port}/{settings['NAME']}"


def enqueue(count: int) -> list[Job]:
    with transaction.atomic():
        return [
            runner.enqueue(kind=KIND, unique_key=f"{KIND}:{number}", payload={"number": number}, actor=None)
            for number in range(count)
        ]


def assert_each_effect_once(jobs: list[Job]) -> None:
    effects = AuditEntry.objects.filter(action=KIND).values_list("details", flat=True)
    assert Counter(effects) == Counter(canonical(job.payload) for job in jobs)
    assert Counter(Job.objects.values_list("state", flat=True)) == {"done": len(jobs)}
    assert list(faults()) == []
