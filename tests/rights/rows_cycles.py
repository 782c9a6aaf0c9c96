"""The scoring secretary's calendar."""

from datetime import timedelta

from scoring.criteria.services import clone_set
from scoring.extending.services import ask_extension
from scoring.models import CriteriaSet
from tests.rights.row import Row

READS = {"secretary": 200, "lead": 200, "auditor": 200}
ONLY_SECRETARY = {"secretary": 200, "lead": 403, "auditor": 403}


def of_year(year):
    return {"year": 2026}


def of_unit(year, index=0):
    return {"year": 2026, "pk": year.assessment(index).pk}


def asked(year):
    """Unit 0 asks for more time."""
    assessment = year.assessment(0)
    if not assessment.extensions.exists():
        until, actor = year.cycle.filing_closes_at + timedelta(days=3), year.officer()
        ask_extension(assessment=assessment, until=until, reason="Mất điện", actor=actor)
    return of_unit(year)


def draft(year):
    """A draft set that the secretary may publish: the published one, cloned."""
    made = CriteriaSet.objects.filter(year=2027).first() or clone_set(
        source=year.criteria_set, year=2027, actor=year.people["secretary"]
    )
    return {"pk": made.pk}


DATES = {
    "filing_from": "01/11/2026",
    "filing_to": "12/12/2026",
    "locked_after": "12/01/2027",
    "appraisal_to": "05/02/2027",
    "explanation_to": "20/02/2027",
}

ROWS = [
    Row("cycles", expect=READS),
    Row("cycle", kwargs=of_year, expect=READS),
    Row("cycle_new", expect=ONLY_SECRETARY),
    Row("cycle_new", "POST", expect={"secretary": 422, "lead": 403, "auditor": 403}),
    Row("cycle_dates", kwargs=of_year, expect=ONLY_SECRETARY),
    Row(
        "cycle_dates",
        "POST",
        kwargs=of_year,
        data=lambda year: DATES | {"reason": "Mất điện diện rộng", "version": year.cycle.version},
        expect={"secretary": 302, "lead": 403, "auditor": 403},
    ),
    Row("cycle_round", kwargs=of_year, expect=ONLY_SECRETARY),
    Row(
        "cycle_round",
        "POST",
        kwargs=of_year,
        data=lambda year: {"closes_on": "20/03/2027", "explanation_words": "500", "reason": "Còn ý kiến"},
        expect={"secretary": 409, "lead": 403, "auditor": 403},
    ),
    Row(
        "cycle_step",
        "POST",
        kwargs=lambda year: {"year": 2026, "action": "close-filing"},
        expect={"secretary": 409, "lead": 403, "auditor": 403},
    ),
    Row(
        "cycle_step",
        "POST",
        stage="explanation",
        kwargs=lambda year: {"year": 2026, "action": "open-explanation"},
        expect={"secretary": 409, "lead": 403, "auditor": 403},
    ),
    Row("cycle_step", kwargs=lambda year: {"year": 2026, "action": "close-filing"}, expect=READS),
    Row(
        "cycle_step",
        "POST",
        stage="appraisal",
        kwargs=lambda year: {"year": 2026, "action": "release"},
        expect={"secretary": 409, "lead": 403, "auditor": 403},
    ),
    Row(
        "cycle_step",
        "POST",
        stage="published",
        kwargs=lambda year: {"year": 2026, "action": "archive"},
        expect={"secretary": 302, "lead": 403, "auditor": 403},
    ),
    Row("board", kwargs=of_year, expect=READS),
    Row("board_file", kwargs=of_year, expect=READS),
    Row("board_log", kwargs=of_year, expect=READS),
    Row("board_remind", kwargs=of_year, expect=ONLY_SECRETARY),
    Row("board_remind", "POST", kwargs=of_year, expect={"secretary": 302, "lead": 403, "auditor": 403}),
    Row("board_unit", kwargs=of_unit, expect=READS),
    Row(
        "board_unit",
        "POST",
        kwargs=asked,
        data=lambda year: {"decision": "refuse", "reason": "Không có lý do"},
        expect={"secretary": 302, "lead": 302, "auditor": 403},
    ),
    Row(
        "board_unit",
        "POST",
        stage="appraisal",
        kwargs=of_unit,
        data=lambda year: {"until": "20/01/2027", "reason": "Công văn"},
        expect={"secretary": 409, "lead": 409, "auditor": 403},  # it was submitted
    ),
    Row("cycle_sets", kwargs=of_year, expect=ONLY_SECRETARY),
    Row("cycle_sets", "POST", kwargs=of_year, expect={"secretary": 409, "lead": 403, "auditor": 403}),
    Row("set_publish", kwargs=draft, expect=ONLY_SECRETARY),
    Row("set_publish", "POST", kwargs=draft, expect={"secretary": 302, "lead": 403, "auditor": 403}),
    Row(
        "set_clone",
        "POST",
        kwargs=lambda year: {"pk": year.criteria_set.pk},
        expect={"secretary": 302, "lead": 403, "auditor": 403},
    ),
]
