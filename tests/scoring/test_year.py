"""Journeys 1 to 3 through the services: file, appraise, rank and publish."""

from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.trail import acts, kinds
from core.audit.models import AuditEntry
from core.audit.services import faults as audit_faults
from scoring.enums import CycleState, RunState
from scoring.models import Assessment
from scoring.ranking.verification import all_faults

pytestmark = pytest.mark.django_db


def test_a_year_from_filing_to_a_published_ranking(year):
    run = year.all_the_way()

    rows = [(row.unit.code, row.rank, row.total, row.grade) for row in run.rows.all()]
    assert rows == [
        ("11111", 1, Decimal("9.50"), "tot"),
        ("22222", 2, Decimal("6.65"), "tb"),
        ("33333", 3, Decimal("0.70"), "yeu"),
    ]
    assert run.state == RunState.PUBLISHED
    assert year.cycle.state == CycleState.PUBLISHED
    assert set(Assessment.objects.values_list("state", flat=True)) == {"settled"}
    assert list(all_faults()) == []
    assert list(audit_faults()) == []


def test_every_recorded_act_of_a_whole_year_has_words(year, client):
    year.all_the_way()
    assert set(AuditEntry.objects.values_list("action", flat=True)) <= set(acts())
    assert set(AuditEntry.objects.values_list("object_type", flat=True)) <= {*kinds(), ""}
    client.force_login(year.people["auditor"])
    trail = client.get(reverse("audit_trail")).context["page"]
    assert trail.paginator.count == AuditEntry.objects.count() > 30
