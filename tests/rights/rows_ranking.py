"""Runs are for the scoring office; what is published, and the criteria, are for everybody."""

from scoring.models import RankingRun
from tests.factories.year import Year
from tests.rights.row import Row

OFFICE = {"secretary": 200, "lead": 200, "auditor": 200}
PUBLIC = {"visitor": 200}


def run(year: Year) -> dict:
    return {"pk": RankingRun.objects.order_by("number").last().pk}


def first_run(year: Year) -> dict:
    return {"pk": RankingRun.objects.order_by("number").first().pk}


def group(year: Year) -> dict:
    return {"year": 2026, "group": "commune"}


def unit(year: Year) -> dict:
    return group(year) | {"unit": year.units[0].code}


def file(year: Year) -> dict:
    return group(year) | {"name": "results-commune-2026.csv"}


def criteria(year: Year) -> dict:
    return {"code": "small", "year": 2026}


def decision(year: Year) -> dict:
    return {"decision_number": "312/QĐ-UBND", "decision_on": "01/02/2027"}


def sheet(year: Year) -> dict:
    return unit(year) | {"kind": "pdf"}


ROWS = [
    Row("runs", expect=OFFICE),
    Row("runs", stage="published", expect=OFFICE),
    Row("runs", "POST", expect=dict.fromkeys(OFFICE, 405)),
    Row("start_run", "GET", kwargs=group, expect=dict.fromkeys(OFFICE, 405)),
    Row("start_run", "POST", kwargs=group, expect={"secretary": 409, "lead": 403, "auditor": 403}),
    Row("start_run", "POST", stage="appraisal", kwargs=group, expect={"secretary": 302, "lead": 403, "auditor": 403}),
    Row("run", stage="explanation", kwargs=run, expect=OFFICE),
    Row("run", stage="published", kwargs=run, expect=OFFICE),
    Row("run_progress", stage="explanation", kwargs=run, expect=OFFICE),
    Row("run_workbook", stage="explanation", kwargs=run, expect=OFFICE),
    Row("publish_run", stage="explanation", kwargs=run, expect={"secretary": 409, "lead": 403, "auditor": 403}),
    Row(
        "publish_run",
        "POST",
        stage="explanation",
        kwargs=run,
        data=decision,
        expect={"secretary": 409, "lead": 403, "auditor": 403},
    ),
    Row(
        "publish_run",
        "POST",
        stage="published",
        kwargs=first_run,
        data=decision,
        expect={"secretary": 409, "lead": 403, "auditor": 403},
    ),
    Row("public_rankings", expect=PUBLIC, otherwise=200),
    Row("public_rankings", stage="published", expect=PUBLIC, otherwise=200),
    Row("public_ranking", stage="explanation", kwargs=group, expect={"visitor": 404}, otherwise=404),
    Row("public_ranking", stage="published", kwargs=group, expect=PUBLIC, otherwise=200),
    Row("public_ranking", "POST", stage="published", kwargs=group, expect={"visitor": 405}, otherwise=405),
    Row("public_unit", stage="explanation", kwargs=unit, expect={"visitor": 404}, otherwise=404),
    Row("public_unit", stage="published", kwargs=unit, expect=PUBLIC, otherwise=200),
    Row("unit_sheet", stage="explanation", kwargs=sheet, expect={"visitor": 404}, otherwise=404),
    Row("unit_sheet", stage="published", kwargs=sheet, expect=PUBLIC, otherwise=200),
    Row("unit_sheet", stage="published", kwargs=lambda year: sheet(year) | {"kind": "exe"}, expect={"visitor": 404}),
    Row("ranking_file", stage="explanation", kwargs=file, expect={"visitor": 404}, otherwise=404),
    Row("ranking_file", stage="published", kwargs=file, expect=PUBLIC, otherwise=200),
    Row("criteria_sets", expect=PUBLIC, otherwise=200),
    Row("criteria_set", kwargs=criteria, expect=PUBLIC, otherwise=200),
    Row("criteria_set_file", kwargs=criteria, expect=PUBLIC, otherwise=200),
]
