"""The database's clock decides: accepted before the lock, never from it on (reliability.md D1)."""

import time
from datetime import date, timedelta

import pytest

from accounts.enums import Role
from accounts.models import RoleMembership, Unit, User
from core import clock
from core.errors import OutOfTime
from scoring.enums import AssessmentState
from scoring.filing.services import prepare, submit
from scoring.filing.signing import freeze
from scoring.models import Answer, Assessment, Cycle, Submission
from tests.factories.people import proof_of
from tests.factories.year import CLAIMS, CLOSES, LOCKS, OPENS, Year, make_year
from tests.races import all_at_once

MILLISECOND = timedelta(milliseconds=1)


@pytest.fixture
def prepared(year):
    with year.filing():
        prepare(assessment=year.fill(), actor=year.officer())
    return year


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "on_time"),
    [
        (OPENS, True),
        (CLOSES - MILLISECOND, True),
        (CLOSES, False),
        (CLOSES + MILLISECOND, False),
        (LOCKS - MILLISECOND, False),
    ],
)
def test_on_time_ends_exactly_at_the_closing_and_the_gate_stays_open(prepared, moment, on_time):
    with prepared.on(moment):
        submission = prepared.sign()

    assert submission.submitted_at == moment
    assert prepared.assessment().on_time is on_time


@pytest.mark.django_db
@pytest.mark.parametrize("moment", [OPENS - MILLISECOND, LOCKS, LOCKS + MILLISECOND, LOCKS + timedelta(days=400)])
def test_outside_the_gate_nothing_is_accepted(prepared, moment):
    with prepared.on(moment), pytest.raises(OutOfTime) as refused:
        prepared.sign()

    assert refused.value.code == "ERR-DEADLINE"
    assert prepared.assessment().state == AssessmentState.PREPARED
    assert not Submission.objects.exists()


UNITS, THREADS = 200, 8


def many_prepared(year: Year) -> list[tuple[Assessment, User]]:
    """200 units whose heads have the form before them, laid out at once: what is tested is the submitting."""
    template = year.assessment()
    criteria = list(template.criteria_set.criteria.all())
    made = []
    for number in range(UNITS):
        unit = Unit.objects.create(code=f"u{number:03d}", name=f"Xã {number}", short_name=str(number), group=year.group)
        head = User.objects.create(username=f"h{number:03d}", full_name=f"Người {number}")
        RoleMembership.objects.create(user=head, role=Role.UNIT_HEAD, unit=unit, from_on=date(2020, 1, 1))
        one = Assessment.objects.create(
            cycle=year.cycle, unit=unit, group=year.group, criteria_set=year.criteria_set, state="prepared", version=1
        )
        Answer.objects.bulk_create(
            Answer(assessment=one, criterion=one_of, explanation="x", values=CLAIMS["33333"].get(one_of.code, {}))
            for one_of in criteria
        )
        freeze(one, head, OPENS)
        made.append((one, head))
    return made


@pytest.mark.race
def test_two_hundred_submissions_around_the_lock(real_database):
    """Real threads, the database's own clock, no seam: what was accepted came before the lock, what came after was refused."""
    year = make_year()
    made = many_prepared(year)
    start, lead = clock.now(), timedelta(seconds=2)
    lock = start + lead
    Cycle.objects.update(
        filing_opens_at=start - timedelta(days=2),
        filing_closes_at=start - timedelta(days=1),
        filing_locks_at=lock,
        appraisal_closes_at=lock + timedelta(days=1),
        explanation_closes_at=lock + timedelta(days=2),
    )
    zero = time.monotonic() + lead.total_seconds()

    def submit_share(share: int) -> list[tuple[int, bool]]:
        """Every eighth unit, aimed at moments from a second before the lock to a second after it."""
        outcomes = []
        for number in range(share, UNITS, THREADS):
            assessment, head = made[number]
            time.sleep(max(0.0, zero - 1 + 2 * number / UNITS - time.monotonic()))
            try:
                submit(assessment=assessment, actor=head, proof=proof_of(head))
            except OutOfTime:
                assert clock.now() >= lock
                outcomes.append((assessment.pk, False))
            else:
                outcomes.append((assessment.pk, True))
        return outcomes

    results = all_at_once([lambda share=share: submit_share(share) for share in range(THREADS)])

    outcomes = dict(pair for share in results for pair in share)
    accepted = {pk for pk, taken in outcomes.items() if taken}
    assert len(outcomes) == UNITS
    assert 0 < len(accepted) < UNITS
    assert set(Submission.objects.values_list("assessment", flat=True)) == accepted
    assert not Submission.objects.filter(submitted_at__gte=lock).exists()
    states = dict(Assessment.objects.filter(pk__in=outcomes).values_list("pk", "state"))
    assert {pk for pk, state in states.items() if state == AssessmentState.SUBMITTED} == accepted
