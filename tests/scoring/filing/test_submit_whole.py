"""Submitting is one thing: broken off at any statement it leaves nothing (reliability.md R2)."""

import pytest
from django.db import OperationalError, connection

from core.audit.models import AuditEntry
from core.audit.services import faults
from core.jobs.models import Job
from scoring.filing.services import prepare, submit
from scoring.models import Answer, Assessment, Preparation, Submission
from tests.factories.people import proof_of
from tests.factories.year import make_year


class BreakAt:
    """Lets `count` statements through and fails at the next, as a lost connection would."""

    def __init__(self, count: int):
        self.left = count
        self.broke = False

    def __call__(self, execute, sql, params, many, context):
        if self.left == 0:
            self.broke = True
            raise OperationalError("the connection was lost")
        self.left -= 1
        return execute(sql, params, many, context)


MODELS = (Assessment, Answer, Preparation, Submission, AuditEntry, Job)


def everything() -> list:
    return [list(model.objects.order_by("pk").values()) for model in MODELS]


@pytest.mark.race
def test_broken_off_at_any_statement_it_leaves_nothing(real_database):
    year = make_year()
    with year.filing():
        read = prepare(assessment=year.fill(), actor=year.officer())
        before, tried = everything(), 0
        while True:
            breaking = BreakAt(tried)
            try:
                with connection.execute_wrapper(breaking):
                    submission = submit(
                        assessment=read, actor=year.head(), proof=proof_of(year.head()), version=read.version
                    )
            except OperationalError:
                assert everything() == before, f"broken off at statement {tried}, something stayed"
                tried += 1
            else:
                break

    assert not breaking.broke
    assert tried > 10  # lock, read, check, write, snapshot, receipt, trail: each was broken off once
    assert Submission.objects.get() == submission
    assert [entry.action for entry in AuditEntry.objects.order_by("-seq")[:2]] == [
        "assessment.receipt",
        "assessment.submit",
    ]
    assert list(faults()) == []
