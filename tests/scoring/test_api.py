"""Cycles and criteria sets by program."""

import hashlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.audit.services import canonical
from scoring.criteria.services import import_set
from scoring.models import Cycle
from tests.factories.small_set import small_set


def test_criteria_sets_are_public_once_published(client, year):
    import_set(data=small_set(year=2027), place="small", actor=year.people["secretary"])

    (one,) = client.get("/api/v1/criteria-sets/").json()["results"]

    assert (one["code"], one["year"], one["state"], one["criteria_count"]) == ("small", 2026, "published", 9)
    assert client.get("/api/v1/criteria-sets/small/2027/").status_code == 404


def test_the_document_has_the_identity(client, year):
    one = client.get("/api/v1/criteria-sets/small/2026/").json()
    assert one["document"]["root"]["code"] == "ALL"
    assert (
        hashlib.sha256(canonical(one["document"]).encode()).hexdigest() == one["identity"] == year.criteria_set.identity
    )


def test_the_committee_reads_the_calendar(client, year):
    client.force_login(year.people["secretary"])
    one = client.get("/api/v1/cycles/2026/").json()
    assert client.get("/api/v1/cycles/").json()["results"] == [one]
    assert (one["state"], one["filing_opens_at"]) == ("filing", "2026-11-01T07:00:00+07:00")
    assert one["groups"] == [{"group": "commune", "criteria_set": {"code": "small", "year": 2026}}]
    assert client.get("/api/v1/cycles/2025/").status_code == 404


@pytest.mark.parametrize("path", ["/api/v1/cycles/", "/api/v1/cycles/2026/"])
def test_for_others_there_is_no_calendar(client, year, path):
    client.force_login(year.officer(0))
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/api/v1/cycles/", "/api/v1/criteria-sets/"])
def test_more_groups_cost_no_more_queries(client, year, path):
    from tests.factories.people import make_group  # noqa: PLC0415 - only this test needs it

    client.force_login(year.people["secretary"])
    Cycle.objects.update(state="preparing")  # groups are added before the filing is opened
    counts = []
    for codes in ((), ("b", "c")):
        for code in codes:
            year.cycle.groups.create(group=make_group(code, code), criteria_set=year.criteria_set)
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
