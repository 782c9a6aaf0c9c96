"""Double marking."""

from scoring.appraisal.services import accept_line
from scoring.marking.blind import seen_in, token_of
from scoring.marking.services import save_second_mark
from scoring.models import MarkingDraw, SecondMark
from tests.factories.year import Year
from tests.rights.row import Row
from tests.rights.rows_appraisal import DESK, LOOKERS, OVERSEERS, by_year, reason


def drawn(year: Year) -> SecondMark:
    """A.2 of unit 0 is to be marked a second time by `appraiser2`."""
    lead = year.people["lead"]
    draw = MarkingDraw.objects.create(
        cycle=year.cycle, agency=year.agency, share_percent=10, gap_percent=20, seed=1, lines=1, left=0, made_by=lead,
        made_at=year.cycle.filing_opens_at,
    )  # fmt: skip
    return SecondMark.objects.create(answer=year.answer("A.2"), draw=draw, marker=year.people["appraiser2"])


def waiting_mark(year: Year) -> dict:
    return by_year(year) | {"pk": drawn(year).pk}


def second_line(year: Year) -> dict:
    return {"pk": drawn(year).answer_id}


def apart(year: Year) -> dict:
    """Both marks of A.2 are there and too far apart."""
    second, answer = drawn(year), year.answer("A.2")
    accept_line(answer=answer, version=answer.version, actor=year.people["appraiser"])
    answer = year.answer("A.2")
    given = {"way": "inputs", "raw": {"option": "none"}, "points": None, "reason_code": "TL-01", "reason": "Thiếu."}
    save_second_mark(answer=answer, token=token_of(seen_in(answer)), actor=second.marker, **given)
    return by_year(year) | {"pk": second.pk}


def deciding(year: Year) -> dict:
    return {"choice": "first", "reason": "Theo hồ sơ.", "version": year.answer("A.2").version}


def drawing(year: Year) -> dict:
    return {"agency": year.agency.code, "share_percent": 50, "gap_percent": 20, "seed": 1}


def accepting_second(year: Year) -> dict:
    """Saved by what was read; whoever is not the second marker saves by the version."""
    return {"decision": "accept", "version": token_of(seen_in(year.answer("A.2")))}


ROWS = [
    Row("marking", stage="appraisal", expect=DESK, kwargs=by_year),
    Row("marking", stage="published", expect=DESK, kwargs=by_year),
    Row("marking_draw", "POST", "appraisal", LOOKERS | {"lead": 302}, kwargs=by_year, data=drawing),
    Row("marking_draw", "POST", "explanation", LOOKERS | {"lead": 409}, kwargs=by_year, data=drawing),
    Row("marking_file", stage="appraisal", expect=OVERSEERS, kwargs=by_year),
    # Neither of the two who marked decides between the marks; another agency does not even see them.
    Row("marking_gap", stage="appraisal", expect=LOOKERS | {"lead": 200, "other_appraiser": 404}, kwargs=apart),
    Row(
        "marking_gap",
        "POST",
        "appraisal",
        LOOKERS | {"lead": 302, "other_appraiser": 404},
        kwargs=apart,
        data=deciding,
    ),
    # While a mark is still to come there is no such page.
    Row("marking_gap", stage="appraisal", kwargs=waiting_mark),
    Row(
        "marking_release",
        stage="appraisal",
        expect=LOOKERS | {"lead": 200, "other_appraiser": 404},
        kwargs=waiting_mark,
    ),
    Row(
        "marking_release",
        "POST",
        "appraisal",
        LOOKERS | {"lead": 302, "other_appraiser": 404},
        kwargs=waiting_mark,
        data=reason,
    ),
    Row("appraisal_line", stage="appraisal", expect=DESK, kwargs=second_line),
    Row(
        "appraisal_line",
        "POST",
        "appraisal",
        LOOKERS | {"appraiser2": 302, "appraiser": 409, "lead": 409},
        kwargs=second_line,
        data=accepting_second,
    ),
    Row(
        "appraisal_row",
        "POST",
        "appraisal",
        LOOKERS | {"appraiser": 409, "lead": 409},
        kwargs=second_line,
        data=accepting_second,
    ),
]
