"""The sample as `make demo` makes it, through the services: what its files and its commendation must be.

SAMPLE=var/demo takes what `make demo` has made there a moment ago instead of making it once more, which takes a minute.
"""

import csv
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from openpyxl import load_workbook

from core import clock
from nominations.models import Certificate, Motion, Nomination, Quota, Recusal
from scoring.appraisal.selectors.progress import undecided_lines
from scoring.models import Assessment, Cycle, CycleGroup, RankingRow
from scoring.oversight.selectors import group_ledger
from sonla_awards.sample.awards import write_papers
from sonla_awards.sample.exports import write_files
from sonla_awards.sample.seed import is_seeded, seed

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="the demo's own database; what it calls is tested on PostgreSQL by the rest"
)


@pytest.fixture
def demo(real_database, tmp_path):
    """The seeded sample and the folder of its files."""
    if made := os.environ.get("SAMPLE"):
        folder = Path(settings.ROOT, made)
        with sqlite3.connect(folder / "sonla.sqlite3") as source:
            source.backup(sqlite3.connect(connection.settings_dict["NAME"]))
        return folder
    call_command("createcachetable", verbosity=0)
    seed(lambda line: None)
    folder = tmp_path / "demo"
    folder.mkdir()
    write_files(folder)
    write_papers(folder)
    return folder


@pytest.mark.slow
def test_the_sample_years(demo):
    assert is_seeded()
    year = clock.today().year - 1
    for group in ("commune", "department"):
        _the_engine_alone_gives_the_published_results(demo, group, year)
        _the_workbook_says_what_the_results_say(demo, group, year)
    _the_ledger_adds_up_for_every_unit()
    _the_year_ends_with_its_certificates(year)
    assert {path.name.partition("-")[0] for path in demo.glob("*.pdf")} == {"decision", "certificates"}
    _the_open_year_leaves_a_few_forms_to_try()
    call_command("verify_ranking", verbosity=0)
    call_command("verify_audit", verbosity=0)


def _the_engine_alone_gives_the_published_results(folder, group: str, year: int) -> None:
    """As a citizen does it: three files and the engine, in a process of its own."""
    files = [
        f"criteria-set-{group}-{year}.json",
        f"values-{group}-{year}.csv",
        "--groups",
        f"groups-{group}-{year}.csv",
    ]
    named = [name if name.startswith("--") else str(folder / name) for name in files]
    command = [sys.executable, "-m", "scoring.engine", "score", *named]
    done = subprocess.run(command, cwd=settings.ROOT, capture_output=True, check=True)
    assert done.stdout == (folder / f"results-{group}-{year}.csv").read_bytes()


def _the_workbook_says_what_the_results_say(folder, group: str, year: int) -> None:
    with (folder / f"results-{group}-{year}.csv").open(encoding="utf-8") as file:
        totals = sorted(float(row["total"]) for row in csv.DictReader(file))
    book = load_workbook(BytesIO((folder / f"ranking-{group}-{year}.xlsx").read_bytes()), data_only=True)
    numbers = {
        cell.value for sheet in book for row in sheet.iter_rows() for cell in row if type(cell.value) in (int, float)
    }
    assert set(totals) <= numbers


def _the_ledger_adds_up_for_every_unit() -> None:
    published = {
        (row.run.cycle_id, row.unit_id): row.total
        for row in RankingRow.objects.filter(run__state="published").select_related("run")
    }
    ledgers = [
        ledger for one in CycleGroup.objects.select_related("group", "criteria_set") for ledger in group_ledger(one)
    ]
    assert len(ledgers) >= len(published) > 0
    for ledger in ledgers:
        form = ledger.assessment
        assert ledger.claimed + sum(ledger.by_cause.values(), Decimal(0)) == ledger.final
        assert published.get((form.cycle_id, form.unit_id), ledger.final) == ledger.final


def _the_year_ends_with_its_certificates(year: int) -> None:
    decided = Counter(Nomination.objects.filter(state="decided").values_list("subject", flat=True))
    assert decided == {"collective": 12, "person": 15}
    assert list(Quota.objects.filter(cycle__year=year).values_list("cap", "taken")) == [(12, 12), (15, 15)]
    assert Counter(Certificate.objects.values_list("state", flat=True)) == {"issued": 26, "revoked": 1}
    assert Recusal.objects.count() == 1
    tied = [motion for motion in Motion.objects.filter(state="carried") if motion.in_favour == motion.against]
    assert len(tied) == 1
    assert Motion.objects.filter(state="not_carried").count() == 1


def _the_open_year_leaves_a_few_forms_to_try() -> None:
    """`make demo-step` closes the filing; the agencies have decided every line of all forms but two a group."""
    said = StringIO()
    call_command("demo_step", stdout=said)
    assert "2026: tự đánh giá -> thẩm định" in said.getvalue()

    cycle = Cycle.objects.current()
    under = Assessment.objects.filter(cycle=cycle, state="under_appraisal")
    open_forms = set(undecided_lines(cycle).values_list("assessment", flat=True))
    assert Counter(under.filter(pk__in=open_forms).values_list("group__code", flat=True)) == {
        "commune": 2,
        "department": 2,
    }
    assert under.count() > 20
    touched = under.filter(pk__in=open_forms, answers__line_state__in=["accepted", "corrected", "not_applicable"])
    assert not touched.exists()
    with pytest.raises(CommandError, match=r"totruong\.skhcn.*thamdinh\.snv"):
        call_command("demo_step", stdout=StringIO())
