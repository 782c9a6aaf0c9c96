"""Real threads around the closing second, on a database that commits (reliability.md D1, D2).

Every client's machine has a clock of its own, up to an hour wrong. SUBMISSIONS=2000 CLIENTS=64 runs it in full.
"""

import os
import threading
import time
from datetime import datetime, timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from accounts.models import User
from core import clock
from core.errors import OutOfTime, WrongState
from scoring.cycles.services import close_filing, open_filing
from scoring.enums import AssessmentState
from scoring.filing.services import submit
from scoring.models import Answer, Assessment, Cycle, Submission
from tests.factories.people import proof_of
from tests.factories.year import make_year
from tests.races import all_at_once
from tests.scoring.cycles.conftest import later_year
from tests.scoring.filing.many import many_prepared

pytestmark = pytest.mark.race

UNITS = int(os.environ.get("SUBMISSIONS", "100"))
CLIENTS = int(os.environ.get("CLIENTS", "8"))
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


def span() -> timedelta:
    """What the machine needs for all of them, a second at the least: half before the moment, half after it."""
    return timedelta(seconds=max(1.0, UNITS / 200))


def dates_around(moment: datetime, *, which: str) -> datetime:
    """The cycle's dates so that `which` (filing_closes_at or filing_locks_at) falls on `moment`."""
    closes = moment if which == "filing_closes_at" else moment - DAY
    Cycle.objects.update(
        filing_opens_at=moment - 2 * DAY,
        filing_closes_at=closes,
        filing_locks_at=closes + DAY,
        appraisal_closes_at=moment + 2 * DAY,
        explanation_closes_at=moment + 3 * DAY,
    )
    return moment


@pytest.fixture
def wrong_clocks(monkeypatch):
    """Machines whose own clocks are wrong by up to an hour; only the database's is right."""
    right, skew = timezone.now, threading.local()
    monkeypatch.setattr(timezone, "now", lambda: right() + getattr(skew, "by", timedelta(0)))
    return skew


def sent_until_answered(one: Assessment, head: User) -> datetime | None:
    """As a browser's person does: where the database gave no answer (SQLite under 64 writers), the click is repeated."""
    for _attempt in range(60):
        try:
            return submit(assessment=one, actor=head, proof=proof_of(head)).submitted_at
        except OutOfTime:
            return None
        except OperationalError:
            continue
    raise AssertionError("The database did not answer for minutes.")


def submit_all(made, moment: datetime, wrong_clocks) -> list[tuple[int, datetime | None, datetime]]:
    """Each client aims its share at moments around `moment`; (form, stored time or None where refused, time known after)."""
    lead = (moment - clock.now()).total_seconds()
    zero, half = time.monotonic() + lead, span().total_seconds()

    def client(share: int) -> list[tuple[int, datetime | None, datetime]]:
        wrong_clocks.by = HOUR * (share % 3 - 1)
        outcomes = []
        for number in range(share, UNITS, CLIENTS):
            one, head = made[number]
            time.sleep(max(0.0, zero - half + 2 * half * number / UNITS - time.monotonic()))
            outcomes.append((one.pk, sent_until_answered(one, head), clock.now()))
        return outcomes

    shares = all_at_once([lambda share=share: client(share) for share in range(CLIENTS)])
    assert not [share for share in shares if isinstance(share, Exception)]
    return [outcome for share in shares for outcome in share]


def test_around_the_lock_none_is_taken_late_and_none_refused_early(real_database, wrong_clocks):
    made = many_prepared(make_year(), UNITS)
    lock = dates_around(clock.now() + span() + timedelta(seconds=2), which="filing_locks_at")

    outcomes = submit_all(made, lock, wrong_clocks)

    taken = {pk for pk, stored, _after in outcomes if stored}
    assert len(outcomes) == UNITS
    assert 0 < len(taken) < UNITS
    assert [after for _pk, stored, after in outcomes if stored is None and after < lock] == []
    assert set(Submission.objects.values_list("assessment", flat=True)) == taken
    assert not Submission.objects.filter(submitted_at__gte=lock).exists()
    states = dict(Assessment.objects.filter(pk__in=[pk for pk, *_rest in outcomes]).values_list("pk", "state"))
    assert {pk for pk, state in states.items() if state == AssessmentState.SUBMITTED} == taken


def test_around_the_closing_second_the_stored_time_says_who_is_on_time(real_database, wrong_clocks):
    made = many_prepared(make_year(), UNITS)
    closes = dates_around(clock.now() + span() + timedelta(seconds=2), which="filing_closes_at")

    outcomes = submit_all(made, closes, wrong_clocks)

    facts = Assessment.objects.filter(pk__in=[pk for pk, *_rest in outcomes])
    rows = list(facts.values_list("submitted_at", "on_time", "late_minutes", "on_time_by_extension"))
    assert len(rows) == UNITS
    for at, *fact in rows:
        late = None if at < closes else (at - closes) // MINUTE + 1
        assert fact == [at < closes, late, False]
    assert {on_time for _at, on_time, *_rest in rows} == {True, False}


def test_closing_is_one_event_among_submissions_in_flight(real_database):
    """Units with more time go on submitting while the filing is closed: each is taken before it or after, none between."""
    year = make_year()
    made = many_prepared(year, UNITS)
    now = clock.now()
    dates_around(now - timedelta(hours=1), which="filing_locks_at")
    later = now + DAY
    Assessment.objects.filter(pk__in=[one.pk for one, _head in made[: UNITS // 2]]).update(extended_until=later)
    took = []

    def close() -> None:
        patience = time.monotonic() + 60
        while Submission.objects.count() < UNITS // 8 and time.monotonic() < patience:
            time.sleep(0.005)
        begun = time.monotonic()
        close_filing(cycle=year.cycle, actor=year.people["secretary"])
        took.append(time.monotonic() - begun)

    def client(share: int) -> list[bool]:
        outcomes = []
        for number in range(share, UNITS, CLIENTS):
            one, head = made[number]
            try:
                submit(assessment=one, actor=head, proof=proof_of(head))
            except OutOfTime:
                outcomes.append(number >= UNITS // 2)
            else:
                outcomes.append(number < UNITS // 2)
        return outcomes

    results = all_at_once([close, *(lambda share=share: client(share) for share in range(CLIENTS))])

    assert not [one for one in results if isinstance(one, Exception)]
    assert all(right for share in results[1:] for right in share)
    assert took[0] <= 5
    # Whoever came before the closing was moved by it, whoever came after joined by itself; nobody is left between.
    submitted = Assessment.objects.filter(submissions__isnull=False)
    assert set(submitted.values_list("state", flat=True)) == {AssessmentState.UNDER_APPRAISAL}
    assert submitted.count() == UNITS // 2
    assert set(Assessment.objects.filter(submissions=None, pk__gte=made[0][0].pk).values_list("state", flat=True)) == {
        AssessmentState.PREPARED
    }


def test_opening_is_one_event(real_database):
    """Eight at once: one opens, seven are told that it was done; every unit has one form with every line."""
    year = make_year()
    with year.filing():
        cycle = later_year(year, sets=[(year.group, year.criteria_set)])
    Cycle.objects.filter(pk=cycle.pk).update(
        filing_opens_at=clock.now(), filing_closes_at=clock.now() + DAY, filing_locks_at=clock.now() + DAY,
        appraisal_closes_at=clock.now() + 2 * DAY, explanation_closes_at=clock.now() + 3 * DAY,
    )  # fmt: skip

    results = all_at_once([lambda: open_filing(cycle=cycle, actor=year.people["secretary"])] * 8)

    assert sorted(type(one).__name__ for one in results) == ["Cycle"] + ["WrongState"] * 7
    assert {type(one) for one in results if isinstance(one, Exception)} == {WrongState}
    assert Assessment.objects.filter(cycle=cycle).count() == 3
    assert Answer.objects.filter(assessment__cycle=cycle).count() == 3 * 9
