"""The API: the same rights as on the pages, told to programs by status."""

from functools import partial

from tests.factories.people import PASSWORD
from tests.rights import rows_appraisal, rows_filing
from tests.rights.row import Row
from tests.rights.rows_exchange import since
from tests.rights.rows_filing import READS, READS_HANDED_IN, own

ANYBODY = partial(Row, expect={"visitor": 200}, otherwise=200)
SIGNED_IN = partial(Row, expect={"visitor": 401}, otherwise=200)
COMMITTEE = {"visitor": 401, "secretary": 200, "lead": 200, "auditor": 200}


def told(statuses: dict[str, int]) -> dict[str, int]:
    """The table of the pages for programs: no page to go on to, no page to sign in at."""
    return {person: 200 if status == 302 else status for person, status in statuses.items()} | {"visitor": 401}


ACTS, REFUSED = told(rows_filing.ACTS), told(rows_filing.REFUSED)


def one_line(year):
    return own(year) | {"code": "A.3"}


def typed(year):
    return {"values": {"value": "4"}, "explanation": "", "asks_not_applicable": False}


def line_version(year):
    return {"If-Match": f'"{year.answer("A.3").version}"'}


def form_version(year):
    return {"If-Match": f'"{year.assessment(0).version}"'}


def password(year):
    return {"password": PASSWORD}


def unit(year):
    return {"code": year.units[0].code}


def undivided(year):
    return {"year": 2026, "agency": year.agency.code}


def divided(year):
    rows_appraisal.divided(year)
    return undivided(year)


def ranking(year):
    return {"year": 2026, "group": "commune"}


def ranked(year):
    return ranking(year) | {"unit": year.units[0].code}


ROWS = [
    ANYBODY("api_schema"),
    Row("api_assignment", stage="appraisal", expect=COMMITTEE, kwargs=divided),
    Row("api_assignment", stage="appraisal", expect={"visitor": 401}, kwargs=undivided),
    ANYBODY("api_criteria_sets"),
    ANYBODY("api_criteria_set", kwargs=lambda year: {"code": "small", "year": 2026}),
    Row(
        "api_criteria_set_difference",
        kwargs=since,
        expect={"visitor": 404, "secretary": 200, "lead": 200, "auditor": 200},
    ),
    ANYBODY("api_rankings"),
    ANYBODY("api_ranking", stage="published", kwargs=ranking),
    ANYBODY("api_ranking_rows", stage="published", kwargs=ranking),
    ANYBODY("api_ranking_row", stage="published", kwargs=ranked),
    Row("api_ranking", stage="explanation", kwargs=ranking, expect={"visitor": 404}),
    Row("api_ranking_rows", stage="explanation", kwargs=ranking, expect={"visitor": 404}),
    Row("api_ranking_row", stage="explanation", kwargs=ranked, expect={"visitor": 404}),
    ANYBODY("api_awards"),
    SIGNED_IN("api_groups"),
    SIGNED_IN("api_units"),
    SIGNED_IN("api_unit", kwargs=unit),
    Row("api_cycles", expect=COMMITTEE),
    Row("api_cycle", expect=COMMITTEE, kwargs=lambda year: {"year": 2026}),
    SIGNED_IN("api_assessments"),
    Row("api_assessment", kwargs=own, expect=told(READS)),
    Row("api_assessment", stage="appraisal", kwargs=own, expect=told(READS_HANDED_IN)),
    Row("api_answer", kwargs=one_line, expect=told(READS)),
    Row("api_answer", "PUT", kwargs=one_line, data=typed, json=True, headers=line_version, expect=ACTS),
    Row(
        "api_answer",
        "PUT",
        stage="prepared",
        kwargs=one_line,
        data=typed,
        json=True,
        headers=line_version,
        expect=REFUSED,
    ),
    Row("api_assessment_prepare", "POST", kwargs=own, json=True, expect=ACTS),
    Row("api_assessment_prepare", "POST", stage="prepared", kwargs=own, json=True, expect=REFUSED),
    Row("api_assessment_reopen", "POST", stage="prepared", kwargs=own, json=True, expect=ACTS),
    Row("api_assessment_reopen", "POST", kwargs=own, json=True, expect=REFUSED),
    Row(
        "api_assessment_submit",
        "POST",
        stage="prepared",
        kwargs=own,
        data=password,
        json=True,
        headers=form_version,
        expect=ACTS | {"officer0": 403},
    ),
    Row(
        "api_assessment_submit",
        "POST",
        kwargs=own,
        data=password,
        json=True,
        headers=form_version,
        expect=REFUSED | {"officer0": 403},
    ),
    Row("api_assessment_receipt", kwargs=own, expect={"visitor": 401}),
    Row("api_assessment_receipt", stage="appraisal", kwargs=own, expect=told(READS_HANDED_IN)),
    Row("api_nothing", expect={"visitor": 404}),
]
