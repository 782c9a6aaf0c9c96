"""Signing beside other acts: closing is one event (reliability.md D2), one click is one submission (R3), nothing mixes."""

import random
import time
from contextlib import suppress
from datetime import timedelta

import pytest

from core import clock
from core.audit.models import AuditEntry
from core.audit.services import faults
from core.errors import Conflict, DomainError, WrongState
from scoring.cycles.services import close_filing
from scoring.enums import AssessmentState, CycleState
from scoring.filing.services import AnswerInput, prepare, reopen, save_answer, submit
from scoring.filing.undoing import undo_answer
from scoring.models import Assessment, Cycle, Preparation, Submission
from tests.factories.people import proof_of
from tests.factories.year import make_year
from tests.races import all_at_once
from tests.scoring.filing.many import many_prepared

pytestmark = pytest.mark.race
UNITS, THREADS = 60, 6


@pytest.fixture
def year(real_database):
    """A year whose filing is open now, by the database's own clock."""
    made, now = make_year(), clock.now()
    Cycle.objects.update(
        filing_opens_at=now - timedelta(days=2),
        filing_closes_at=now - timedelta(days=1),
        filing_locks_at=now + timedelta(days=1),
        appraisal_closes_at=now + timedelta(days=2),
        explanation_closes_at=now + timedelta(days=3),
    )
    made.cycle.refresh_from_db()
    return made


def test_closing_in_the_middle_of_submissions_is_one_event(year):
    """The secretary closes at the very moment that the gate shuts; every form is wholly before it or refused."""
    made, lead = many_prepared(year, UNITS), 1.0
    Cycle.objects.update(filing_locks_at=clock.now() + timedelta(seconds=lead))
    zero = time.monotonic() + lead

    def submit_share(share: int) -> tuple[set[int], set[str]]:
        taken, refused = set(), set()
        for number in range(share, UNITS, THREADS):
            assessment, head = made[number]
            time.sleep(max(0.0, zero - 0.5 + number / UNITS - time.monotonic()))
            try:
                submit(assessment=assessment, actor=head, proof=proof_of(head))
                taken.add(assessment.pk)
            except DomainError as error:
                refused.add(error.code)
        return taken, refused

    def close() -> Cycle:
        while True:
            with suppress(WrongState):
                return close_filing(cycle=Cycle.objects.get(pk=year.cycle.pk), actor=year.people["secretary"])
            time.sleep(0.02)

    *shares, closed = all_at_once([*(lambda share=share: submit_share(share) for share in range(THREADS)), close])

    accepted, refused = (set().union(*sets) for sets in zip(*shares, strict=True))
    assert (closed.state, refused) == (CycleState.APPRAISAL, {"ERR-DEADLINE"})
    assert 0 < len(accepted) < UNITS
    assert set(Submission.objects.values_list("assessment", flat=True)) == accepted
    states = dict(Assessment.objects.values_list("pk", "state"))
    assert {pk for pk, state in states.items() if state == AssessmentState.UNDER_APPRAISAL} == accepted
    assert AssessmentState.SUBMITTED not in states.values()
    end = AuditEntry.objects.get(action="cycle.close_filing").seq
    assert not AuditEntry.objects.filter(action="assessment.receipt", seq__gt=end).exists()
    assert list(faults()) == []


def test_one_click_sent_by_many_hands_is_one_submission(year):
    ((assessment, head),) = many_prepared(year, 1)

    receipts = all_at_once(
        [lambda: submit(assessment=assessment, actor=head, proof=proof_of(head), version=assessment.version)] * 8
    )

    assert {one.receipt_code for one in receipts} == {Submission.objects.get().receipt_code}
    assert AuditEntry.objects.filter(action="assessment.receipt").count() == 1


def test_taking_back_beside_signing_leaves_one_of_the_two(year):
    draw = random.Random(253)
    for assessment, head in many_prepared(year, 12):
        acts = [
            lambda: submit(assessment=assessment, actor=head, proof=proof_of(head)),  # noqa: B023 - run within the loop
            lambda: reopen(assessment=assessment, actor=head),  # noqa: B023
        ]
        draw.shuffle(acts)
        refused = [one for one in all_at_once(acts) if isinstance(one, Exception)]
        now, frozen = Assessment.objects.get(pk=assessment.pk), Preparation.objects.get(assessment=assessment)

        assert [one.code for one in refused] == ["ERR-STATE"]
        assert now.submissions.exists() == (frozen.voided_at is None) == (now.state == AssessmentState.SUBMITTED)


def test_two_undos_at_once_go_one_step_back(year):
    year.people["officer0"].forget_roles()
    for value in ("1", "2", "3"):
        answer = year.answer("A.3")
        save_answer(answer=answer, given=AnswerInput({"value": value}), version=answer.version, actor=year.officer())
    answer = year.answer("A.3")

    done = all_at_once([lambda: undo_answer(answer=answer, version=3, actor=year.officer())] * 4)

    assert year.answer("A.3").values == {"value": "2"}
    assert [type(one) for one in done if isinstance(one, Exception)] == [Conflict] * 3


def test_what_is_saved_while_it_is_put_forward_is_frozen_or_refused(year):
    """The hash is of what stands in the form, whichever act was first."""
    for value in "1234":
        form = year.fill()
        answer = year.answer("A.3")
        given = AnswerInput({"value": value}, explanation="Có hồ sơ.")
        all_at_once(
            [
                lambda: prepare(assessment=form, actor=year.officer()),  # noqa: B023 - run within the loop
                lambda: save_answer(answer=answer, given=given, version=answer.version, actor=year.officer()),  # noqa: B023
            ]
        )
        year.people["head0"].forget_roles()
        frozen = Preparation.objects.latest("pk")
        assert f'"value":"{year.answer("A.3").values["value"]}"' in frozen.snapshot
        reopen(assessment=year.assessment(), actor=year.head())
