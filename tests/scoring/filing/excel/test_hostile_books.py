"""Thousands of spoilt workbooks over HTTP: each is answered in words, none is half taken in.

WORKBOOKS=10000 sends as many as the proof asks for; the suite sends a few. Memory is held by the limit of the process
that reads (tests/core/test_workbook_guard.py).
"""

import hashlib
import os
import random
import time
from collections import Counter

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from core.audit.models import AuditEntry
from core.workbook.guard import SECONDS
from scoring.models import Answer
from tests.scoring.filing.excel.books import form_of, own
from tests.scoring.filing.excel.hostile import hostile

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
WORKBOOKS, SEED = (int(os.environ.get(name, default)) for name, default in (("WORKBOOKS", "40"), ("SEED", "1")))


def test_no_spoilt_workbook_breaks_anything(year):
    with year.filing():
        year.fill(0)
        sender = _Sender(year)
        for number in range(WORKBOOKS):
            sender.send(*hostile(sender.form, random.Random(SEED * 1_000_003 + number)), number)

    print(
        f"\n{WORKBOOKS} workbooks: {dict(sorted(sender.answers.items()))}, slowest {sender.slowest:.1f} s ({sender.slow})"
    )
    assert sender.wrong == []
    assert sender.answers[415] and sender.answers[422]  # noqa: PT018 - both kinds of refusal were met


class _Sender:
    def __init__(self, year):
        self.year, self.assessment = year, own(year)
        self.form = form_of(self.assessment)
        self.client = Client(raise_request_exception=False)
        self.client.force_login(year.officer())
        self.before = self._stands()
        self.answers, self.wrong = Counter(), []
        self.slowest, self.slow = 0.0, ""

    def _stands(self) -> tuple:
        lines = Answer.objects.order_by("pk").values_list(
            "pk", "values", "explanation", "asks_not_applicable", "version"
        )
        return list(lines), AuditEntry.objects.count()

    def send(self, kind: str, data: bytes, number: int) -> None:
        cache.clear()
        started = time.perf_counter()
        url = reverse("assessment_excel_check", args=[self.assessment.pk])
        answer = self.client.post(url, {"sheet": SimpleUploadedFile("bieu.xlsx", data)})
        took = time.perf_counter() - started
        if took > self.slowest:
            self.slowest, self.slow = took, kind
        self.answers[answer.status_code] += 1
        for fault in self._faults(answer, took):
            self.wrong.append((number, kind, fault))

    def _faults(self, answer, took: float):
        if answer.status_code not in (200, 413, 415, 422):
            yield f"status {answer.status_code}"
        if took > SECONDS + 5:
            yield f"{took:.0f} s"
        if self._stands() != self.before:
            yield "something was written"
        if answer.status_code == 200:
            yield from self._confirmed(answer.context["check"])
        elif answer.status_code == 422 and "check" in answer.context:
            faults = answer.context["check"].faults
            yield from (
                f"no words: {one}" for one in faults if not one.sentence or not (one.sheet or one.cell or faults)
            )
        elif not str(answer.context["form"].errors).strip():
            yield "no words"

    def _confirmed(self, check):
        """What passes the check is written whole; then everything stands as before."""
        if not check.changes:
            return
        here = transaction.savepoint()  # no block of its own: the act is durable
        url = reverse("assessment_excel_confirm", args=[self.assessment.pk])
        done = self.client.post(url, {"sha256": check.sha256})
        changed = sum(now != before for now, before in zip(self._stands()[0], self.before[0], strict=True))
        transaction.savepoint_rollback(here)
        if (done.status_code, changed) != (302, len(check.changes)):
            yield f"confirmed: {done.status_code}, {changed} of {len(check.changes)} lines"


def test_the_same_seed_gives_the_same_workbook(year):
    with year.filing():
        form = form_of(own(year))
    digests = [
        [hashlib.sha256(hostile(form, random.Random(n))[1]).hexdigest() for n in range(30)] for _turn in range(2)
    ]
    assert digests[0] == digests[1]
