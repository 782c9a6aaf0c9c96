"""Published rankings by program."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from scoring import engine
from scoring.models import RankingRow
from scoring.ranking.reading import read_run
from tests.scoring.ranking.conftest import replace_published

LIST = "/api/v1/rankings/"
ONE = f"{LIST}2026/commune/"


def test_nothing_before_publication(client, settled):
    assert client.get(LIST).json()["results"] == []
    assert [client.get(f"{ONE}{part}").status_code for part in ("", "rows/", "rows/11111/")] == [404] * 3


def test_a_ranking_in_force(client, published):
    assert client.get(LIST).json()["results"] == [client.get(ONE).json()]
    one = client.get(ONE).json()
    assert (one["year"], one["group"], one["run"], one["state"]) == (2026, "commune", published.number, "published")
    assert (one["decision_number"], one["decision_on"]) == ("312/QĐ-UBND", "2027-02-01")
    assert one["sha256"] == published.sha256


def test_its_rows_are_those_that_were_published(client, published):
    rows = client.get(f"{ONE}rows/").json()["results"]
    kept = RankingRow.objects.filter(run=published).select_related("unit").order_by("position")
    assert [(one["unit"], one["rank"], Decimal(one["total"]), one["grade"]) for one in rows] == [
        (row.unit.code, row.rank, row.total, row.grade) for row in kept
    ]
    assert all(isinstance(points, str) for one in rows for points in one["pillars"].values())
    assert set(rows[0]["pillars"]) == {"A", "B"}


def test_every_line_can_be_recomputed_from_its_trace(client, published):
    one = client.get(f"{ONE}rows/22222/").json()
    criteria_set = read_run(published).criteria_set
    assert [line["code"] for line in one["lines"]] == [leaf.code for leaf in criteria_set.lines]
    for line in one["lines"]:
        assert engine.recompute(criteria_set, line["trace"]) == Decimal(line["points"])
        assert line["sentence_vi"] != line["sentence_en"]
    assert Decimal(one["total"]) == sum(Decimal(line["points"]) for line in one["lines"] if line["code"] != "P.1")


def test_a_replaced_run_is_read_by_its_number(client, year, published):
    replace_published(year)
    old = client.get(ONE, {"run": published.number}).json()
    assert (old["state"], client.get(ONE).json()["run"]) == ("superseded", published.number + 1)
    assert client.get(f"{ONE}rows/", {"run": published.number}).status_code == 200
    assert client.get(ONE, {"run": "99"}).status_code == 404
    assert client.get(LIST).json()["count"] == 1


@pytest.mark.parametrize("path", [f"{LIST}2025/commune/", f"{LIST}2026/x/", f"{ONE}rows/99999/"])
def test_what_is_not_there(client, published, path):
    assert client.get(path).status_code == 404


def test_a_record_that_does_not_prove_itself_is_not_shown(client, published, monkeypatch):
    from scoring.ranking import reading  # noqa: PLC0415 - only this test breaks it

    monkeypatch.setattr(reading, "sha256", lambda text: "0" * 64)
    answer = client.get(f"{ONE}rows/")
    assert (answer.status_code, answer.json()["code"]) == (409, "ERR-STATE")


def test_three_rows_cost_no_more_queries_than_one(client, published):
    counts = []
    for size in ("1", "1", "3"):  # the first one reads the snapshot into memory
        with CaptureQueriesContext(connection) as queries:
            assert len(client.get(f"{ONE}rows/", {"page_size": size}).json()["results"]) == int(size)
        counts.append(len(queries))
    assert counts[1] == counts[2]
