"""Many at once: one ballot counts, and places are given to the last one and not beyond.

50 rounds in the usual run on PostgreSQL. SQLite's waiting writers sleep between tries, which makes a round six times as
long, so that there it is fewer; `RACE_ROUNDS=50` asks for all of them.
"""

import os
import threading
from collections import Counter
from collections.abc import Callable
from itertools import product

import pytest
from django.db import connection

from accounts.models import User
from core import clock
from core.audit.services import faults
from core.errors import Conflict, DomainError
from nominations.council.services import cast_vote, close_motion
from nominations.enums import Choice, NominationState
from nominations.models import Ballot, Meeting, Motion, Nomination, Quota, RollEntry
from tests.nominations.thin import Awards, make_awards
from tests.races import all_at_once

ROUNDS = int(os.environ.get("RACE_ROUNDS", 10 if connection.vendor == "sqlite" else 50))
THREADS, PLACES = 32, 12
DONE = "done"


@pytest.fixture
def awards(real_database) -> Awards:
    awards = make_awards()
    awards.met_at = clock.now()
    awards.seat()
    return awards


def open_motions(awards: Awards, number: int, voters: list[User]) -> list[Motion]:
    """So many nominations under vote, laid out at once: what is tested is the voting and the closing."""
    now, row = clock.now(), awards.row()
    meeting = Meeting.objects.create(council=awards.council, held_on=now, called_at=now, called_by=awards.secretary)
    nominations = Nomination.objects.bulk_create(
        Nomination(
            cycle=awards.year.cycle, unit=row.unit, run=row.run, form="bang_khen", subject="person",
            recipient_name=f"Người {n}", person_position="Chuyên viên", achievement="x",
            state=NominationState.ON_AGENDA, nominated_at=now, nominated_by=awards.secretary,
        )
        for n in range(number)
    )  # fmt: skip
    rules = {"quorum": "2/3", "threshold_percent": 50, "must_exceed": True, "base": "ballots"}
    motions = Motion.objects.bulk_create(
        Motion(meeting=meeting, nomination=nomination, number=n, **rules) for n, nomination in enumerate(nominations)
    )
    RollEntry.objects.bulk_create(
        RollEntry(motion=motion, member=voter, is_chair=voter == voters[0], is_barred=False)
        for motion, voter in product(motions, voters)
    )
    Motion.objects.update(state="open", opened_at=now, opened_by=awards.secretary)
    return list(Motion.objects.order_by("number"))


def rounds(act: Callable[[int, int], None], between: Callable[[], None] = lambda: None) -> list[Counter]:
    """`act(thread, round)` in 32 threads at once, round after round; how the acts of each round came out, by code.

    The threads stay, so that a round costs its acts and no new connections. `between` runs before each round, alone.
    """
    gate = threading.Barrier(THREADS, action=between, timeout=60)

    def run(thread: int) -> list[str]:
        outcomes = []
        try:
            for number in range(ROUNDS):
                gate.wait()
                try:
                    act(thread, number)
                    outcomes.append(DONE)
                except DomainError as refusal:
                    outcomes.append(refusal.code)
            return outcomes
        except Exception:
            gate.abort()
            raise

    results = all_at_once([lambda thread=thread: run(thread) for thread in range(THREADS)])
    assert [result for result in results if isinstance(result, Exception)] == []
    return [Counter(outcomes) for outcomes in zip(*results, strict=True)]


@pytest.mark.race
def test_of_32_votes_of_one_member_one_counts(awards):
    voters = awards.members[1:4]
    motions, choices = open_motions(awards, ROUNDS, voters), list(Choice)
    people = [User.objects.get(pk=voters[0].pk) for _ in range(THREADS)]

    def vote(thread: int, number: int) -> None:
        cast_vote(motion=motions[number], choice=choices[(thread + number) % 3], actor=people[thread])

    outcomes = rounds(vote)

    assert outcomes == [Counter({DONE: 1, Conflict.code: THREADS - 1})] * ROUNDS
    assert sorted(Ballot.objects.values_list("motion", "member")) == [(one.pk, voters[0].pk) for one in motions]
    assert list(faults()) == []


@pytest.mark.race
def test_32_approvals_at_once_fill_12_places_exactly(awards):
    """Every motion is carried; 12 of each round get a place, the others are refused and stay open."""
    voters = awards.members[1:4]
    motions = open_motions(awards, ROUNDS * THREADS, voters)
    Ballot.objects.bulk_create(
        Ballot(motion=motion, member=voter, choice=Choice.FOR) for motion, voter in product(motions, voters)
    )
    quota = Quota.objects.filter(form="bang_khen", subject="person")
    people, filled = [User.objects.get(pk=awards.secretary.pk) for _ in range(THREADS)], []

    def next_round() -> None:
        filled.append(quota.get().taken)
        quota.update(taken=0, cap=PLACES)

    def approve(thread: int, number: int) -> None:
        close_motion(motion=motions[number * THREADS + thread], actor=people[thread])

    outcomes = rounds(approve, between=next_round)

    next_round()
    assert outcomes == [Counter({DONE: PLACES, "ERR-QUOTA": THREADS - PLACES})] * ROUNDS
    assert filled == [0] + [PLACES] * ROUNDS
    states = Counter(Nomination.objects.values_list("state", flat=True))
    assert states == {NominationState.APPROVED: ROUNDS * PLACES, NominationState.ON_AGENDA: ROUNDS * (THREADS - PLACES)}
    assert list(faults()) == []
