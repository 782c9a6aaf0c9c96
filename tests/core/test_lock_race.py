"""Whoever wants a row for itself is let in among many who hold it together: closing a phase is not starved by saves."""

import threading
import time

import pytest
from django.db import connection, transaction

from core import locks
from scoring.models import Cycle
from tests.factories.year import make_year
from tests.races import all_at_once

HOLDERS, ROUNDS = 8, 100


@pytest.mark.race
def test_the_one_who_changes_is_not_starved_by_those_who_share(real_database):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer and holds no row together.")
    cycle = make_year().cycle
    held, over = threading.Semaphore(0), threading.Event()
    waited = []

    def share() -> int:
        """Holds overlap: at no moment does nobody hold the row, until somebody has had it alone."""
        for number in range(ROUNDS):
            if over.is_set():
                return number
            with transaction.atomic(durable=True):
                locks.shared(Cycle, cycle.pk)
                held.release()
                time.sleep(0.02)
        return ROUNDS

    def change() -> None:
        for _holder in range(HOLDERS):
            held.acquire()
        begun = time.monotonic()
        with transaction.atomic(durable=True):
            locks.exclusive(Cycle, cycle.pk)
            waited.append(time.monotonic() - begun)
        over.set()

    rounds = all_at_once([change, *[share] * HOLDERS])

    assert not [one for one in rounds if isinstance(one, Exception)]
    assert waited[0] <= 1
    assert max(rounds[1:]) < ROUNDS
