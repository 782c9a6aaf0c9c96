"""The database's clock decides: accepted before the lock, never from it on (reliability.md D1)."""

from datetime import timedelta

import pytest

from core.errors import OutOfTime
from scoring.enums import AssessmentState
from scoring.filing.services import prepare
from scoring.models import Submission
from tests.factories.year import CLOSES, LOCKS, OPENS

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
