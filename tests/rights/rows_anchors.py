"""Reference answers, and the drift against them."""

from decimal import Decimal

from scoring.anchors.services import mark_anchor, take_anchor
from scoring.appraisal.services import accept_line
from scoring.models import Anchor
from tests.factories.year import Year
from tests.rights.row import Row
from tests.rights.rows_appraisal import DESK, LOOKERS, by_year, criterion, reason

# Who is told of a drift: the lead, and each appraiser of the own marks.
TOLD = {"lead": 200, "appraiser": 200, "appraiser2": 200, "other_appraiser": 200}


def candidate(year: Year) -> dict:
    """A line that was decided while the row is tried."""
    answer = year.answer("A.1")
    accept_line(answer=answer, version=answer.version, actor=year.people["appraiser"])
    return criterion(year) | {"answer": answer.pk}


def taken(year: Year) -> dict:
    """A reference answer that the lead takes while the row is tried."""
    candidate(year)
    answer = year.answer("A.1")
    given = {"criterion": answer.criterion, "points": Decimal("0.5"), "reason": "Kế hoạch ban hành muộn."}
    return {"pk": take_anchor(cycle=year.cycle, answer=answer, actor=year.people["lead"], **given).pk}


def marked(year: Year) -> dict:
    """As above, marked by `appraiser` already."""
    found = taken(year)
    mark_anchor(anchor=Anchor.objects.get(**found), points=Decimal(1), actor=year.people["appraiser"])
    return found


def agreeing(year: Year) -> dict:
    return {"points": "0,5", "reason": "Kế hoạch ban hành muộn."}


ROWS = [
    Row("drift", stage="appraisal", expect=TOLD, kwargs=by_year),
    Row("drift", stage="published", expect=TOLD, kwargs=by_year),
    Row("drift_file", stage="appraisal", expect={"lead": 200}, kwargs=by_year),
    Row("anchor_candidates", stage="appraisal", expect=LOOKERS | {"lead": 200}, kwargs=criterion),
    Row("anchor_candidates", stage="explanation", expect=LOOKERS | {"lead": 409}, kwargs=criterion),
    Row("anchor_take", stage="appraisal", expect=LOOKERS | {"lead": 200}, kwargs=candidate),
    Row("anchor_take", "POST", "appraisal", LOOKERS | {"lead": 302}, kwargs=candidate, data=agreeing),
    # Another agency's appraisers do not learn of it.
    Row("anchor", stage="appraisal", expect=DESK | {"other_appraiser": 404}, kwargs=taken),
    Row(
        "anchor",
        "POST",
        "appraisal",
        LOOKERS | {"appraiser": 302, "appraiser2": 302, "other_appraiser": 404},
        kwargs=taken,
        data=agreeing,
    ),
    Row(
        "anchor",
        "POST",
        "appraisal",
        LOOKERS | {"appraiser": 409, "appraiser2": 302, "other_appraiser": 404},
        kwargs=marked,
        data=agreeing,
    ),
    Row("anchor_withdraw", stage="appraisal", expect=LOOKERS | {"lead": 200, "other_appraiser": 404}, kwargs=taken),
    Row(
        "anchor_withdraw",
        "POST",
        "appraisal",
        LOOKERS | {"lead": 302, "other_appraiser": 404},
        kwargs=taken,
        data=reason,
    ),
]
