"""Twin evidence: what is told about documents beside the lines."""

from datetime import date

from scoring.enums import FlagKind
from scoring.models import AnswerCitation, Citation, EvidenceFlag
from scoring.twins.services import set_aside
from tests.factories.year import Year
from tests.rights.row import Row
from tests.rights.rows_appraisal import DESK, by_year, declared, reason


def dated_elsewhere(year: Year) -> EvidenceFlag:
    """A flag about line A.1 of unit 0, found while the row is tried."""
    answer = year.answer("A.1")
    given = {
        "kind": "Kế hoạch",
        "number": "1/KH-UBND",
        "number_key": "1/kh-ubnd",
        "issuer": "UBND",
        "subject": "Kế hoạch",
    }
    made = {"added_at": year.cycle.filing_opens_at, "added_by": year.officer()}
    cited = Citation.objects.create(unit=year.units[0], dated_on=date(2024, 5, 6), **given, **made)
    AnswerCitation.objects.create(answer=answer, citation=cited)
    return EvidenceFlag.objects.create(
        cycle=year.cycle,
        kind=FlagKind.OUTSIDE_YEAR,
        key="k",
        first=year.assessment(),
        first_answer=answer,
        first_citation=cited,
        dated_on=cited.dated_on,
        found_at=year.cycle.filing_opens_at,
    )


def flag(year: Year) -> dict:
    return {"pk": dated_elsewhere(year).pk}


def closed_flag(year: Year) -> dict:
    declared(year)
    return flag(year)


def flag_set_aside(year: Year) -> dict:
    flag, lead = dated_elsewhere(year), year.people["lead"]
    return {"pk": set_aside(flag=flag, reason="Còn hiệu lực.", actor=lead).pk}


JUDGES = {"appraiser": 302, "appraiser2": 302, "lead": 302, "secretary": 302, "other_appraiser": 403, "auditor": 403}


ROWS = [
    Row("twins", stage="appraisal", expect=DESK, kwargs=by_year),
    Row("twins_file", stage="appraisal", expect=DESK, kwargs=by_year),
    Row("twin", stage="appraisal", expect=DESK, kwargs=flag),
    Row("twin", stage="filing", expect={"lead": 200, "secretary": 200, "auditor": 200}, kwargs=flag),
    Row("twin", stage="appraisal", expect=DESK | {"appraiser": 404}, kwargs=closed_flag),
    Row("twin", "POST", "appraisal", JUDGES, kwargs=flag, data=reason),
    Row("twin", "POST", "appraisal", JUDGES | {"appraiser": 404}, kwargs=closed_flag, data=reason),
    Row("twin_put_back", "POST", "appraisal", JUDGES, kwargs=flag_set_aside),
]
