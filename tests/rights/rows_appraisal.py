"""The committee's desk, and the unit's provisional result."""

from django.utils.timezone import localdate

from core import clock
from scoring.appraisal.council import refer_to_council
from scoring.appraisal.explanations import file_explanation
from scoring.appraisal.services import accept_line
from scoring.assigning.services import adopt_assignment, plan_assignment
from scoring.clarifying.services import ask_clarification
from scoring.conflicts.services import declare_conflict
from scoring.models import Explanation
from tests.factories.year import Year
from tests.rights.row import Row

DESK = {"appraiser": 200, "appraiser2": 200, "other_appraiser": 200, "lead": 200, "secretary": 200, "auditor": 200}
# Who sees the page but may not do the act.
LOOKERS = dict.fromkeys(DESK, 403)
# Who reads every criterion.
OVERSEERS = {"lead": 200, "secretary": 200, "auditor": 200}
# Who asks about a line, and who reads the question on the unit's side.
ASKS = LOOKERS | dict.fromkeys(("appraiser", "appraiser2", "lead", "secretary"), 302)
BOTH_SIDES = DESK | {"officer0": 200, "head0": 200}


def by_year(year: Year) -> dict:
    return {"year": year.cycle.year}


def criterion(year: Year) -> dict:
    return by_year(year) | {"pk": year.answer("A.1").criterion_id}


def entered(year: Year) -> dict:
    return by_year(year) | {"pk": year.answer("B.3").criterion_id}


def entering(year: Year) -> dict:
    answer = year.answer("B.3")
    return {f"{one.pk}-version": one.version for one in answer.criterion.answers.all()} | {
        f"{answer.pk}-points": "0,5",
        "reason": "Theo kết quả theo dõi năm.",
    }


def line(year: Year) -> dict:
    return {"pk": year.answer("A.1").pk}


def form(year: Year) -> dict:
    return {"pk": year.assessment().pk}


def changed_line(year: Year) -> dict:
    return {"pk": year.answer("B.3", 1).pk}


def contest(year: Year) -> dict:
    """An explanation of unit 1, filed while the row is tried; rolled back with it."""
    answer = year.answer("B.3", 1)
    return {"pk": file_explanation(answer=answer, grounds="Đề nghị xem lại.", actor=year.head(1)).pk}


def accepting(year: Year) -> dict:
    return {"decision": "accept", "version": year.answer("A.1").version}


def accepted(year: Year) -> dict:
    """The appraiser accepts one line while the row is tried."""
    answer = year.answer("A.1")
    saved = accept_line(answer=answer, version=answer.version, actor=year.people["appraiser"])
    return {"pk": saved.pk, "version": saved.version}


def ticking(year: Year) -> dict:
    answer = year.answer("A.1")
    return {"lines": f"{answer.pk}:{answer.version}"}


def reason(year: Year) -> dict:
    return {"reason": "Bổ sung tài liệu."}


def decided_line(year: Year) -> dict:
    """The appraiser accepts one line while the row is tried."""
    return {"pk": accepted(year)["pk"]}


def entered_everywhere(year: Year) -> dict:
    """The one criterion without a line left to decide, while the row is tried."""
    for index in range(len(year.units)):
        line = year.answer("A.1", index)
        if line.line_state == "open":
            accept_line(answer=line, version=line.version, actor=year.people["appraiser"])
    return criterion(year)


def noting(year: Year) -> dict:
    return {"note": "Xem lại trang 2.", "version": year.answer("A.1").version}


def referred(year: Year) -> dict:
    """As above, and put before the appraisal council."""
    one = Explanation.objects.get(**contest(year))
    return {"pk": refer_to_council(explanation=one, reason="Không còn người thứ hai.", actor=year.people["lead"]).pk}


def minutes(year: Year) -> dict:
    day = f"{localdate(clock.now()):%d/%m/%Y}"
    return rejecting(year) | {"number": "05/BB-HĐTĐ", "decided_on": day, "present": "Ông A, Chủ tịch"}


def rejecting(year: Year) -> dict:
    return {"action": "reject", "reason": "Không đủ căn cứ."}


def grounds(year: Year) -> dict:
    return {"grounds": "Đề nghị xem lại."}


def asked_line(year: Year) -> dict:
    return {"pk": year.answer("A.3").pk}


def asked(year: Year) -> dict:
    """The appraiser asks about one line of unit 0 while the row is tried."""
    answer, due_at = year.answer("A.3"), year.cycle.appraisal_closes_at
    made = ask_clarification(
        answer=answer, question="Biên bản nào?", due_at=due_at, version=answer.version, actor=year.people["appraiser"]
    )
    return {"pk": made.pk}


def question(year: Year) -> dict:
    return {"version": year.answer("A.3").version, "question": "Biên bản nào?", "due_on": "20/01/2027"}


READS_PLANS = {"lead": 200, "secretary": 200, "auditor": 200}
ASSIGNS = {"lead": 302, "secretary": 403, "auditor": 403}


def of_agency(year: Year) -> dict:
    return by_year(year) | {"code": year.agency.code}


def adopting(year: Year) -> dict:
    way = {"mode": "unit", "cap": 2, "seed": 1}
    draft = plan_assignment(cycle=year.cycle, agency=year.agency, **way, actor=year.people["lead"])
    return way | {"digest": draft.digest}


def divided(year: Year) -> dict:
    """The agency's lines are divided while the row is tried."""
    given = adopting(year)
    adopt_assignment(cycle=year.cycle, agency=year.agency, **given, actor=year.people["lead"])
    return of_agency(year)


def overriding(year: Year) -> dict:
    held = year.answer("A.1").assignment.appraiser.username
    other = "appraiser2" if held == "appraiser" else "appraiser"
    return {"unit": year.units[0].code, "criterion": "A.1", "appraiser": other, "reason": "Ốm dài ngày"}


def declaring(year: Year) -> dict:
    return {"unit": year.units[0].code, "kind": "family", "reason": "Em trai là công chức của xã."}


def superior(year: Year) -> dict:
    return {"agency": year.office.code, "unit": year.units[0].code, "reason": "Quyết định thành lập"}


def declared(year: Year) -> dict:
    """A conflict of `appraiser` with unit 0, declared while the row is tried."""
    person = year.people["appraiser"]
    given = {"kind": "family", "reason": "Em trai là công chức của xã."}
    return {"pk": declare_conflict(person=person, unit=year.units[0], actor=person, **given).pk}


def closed_form(year: Year) -> dict:
    declared(year)
    return form(year)


def closed_line(year: Year) -> dict:
    declared(year)
    return line(year)


ROWS = [
    Row("assignment", stage="appraisal", expect=READS_PLANS, kwargs=by_year),
    Row("assignment", stage="published", expect=READS_PLANS, kwargs=by_year),
    Row("assignment_agency", stage="appraisal", expect=READS_PLANS, kwargs=of_agency),
    Row("assignment_agency", "POST", "appraisal", ASSIGNS, kwargs=of_agency, data=adopting),
    Row("assignment_override", stage="appraisal", expect=READS_PLANS | ASSIGNS | {"lead": 200}, kwargs=divided),
    Row("assignment_override", "POST", "appraisal", ASSIGNS, kwargs=divided, data=overriding),
    Row("assignment_override", stage="appraisal", expect={"secretary": 403, "auditor": 403}, kwargs=of_agency),
    Row("assignment_file", stage="appraisal", expect=READS_PLANS, kwargs=divided),
    Row("assignment_file", stage="appraisal", kwargs=of_agency),
    Row("conflicts", stage="appraisal", expect=DESK, kwargs=by_year),
    Row(
        "conflicts",
        "POST",
        "appraisal",
        dict.fromkeys(DESK, 302) | {"auditor": 403},
        kwargs=by_year,
        data=declaring,
    ),
    Row("conflicts_file", stage="appraisal", expect=DESK, kwargs=by_year),
    Row("conflict_superior", stage="appraisal", expect=LOOKERS | {"lead": 200}, kwargs=by_year),
    Row("conflict_superior", "POST", "appraisal", LOOKERS | {"lead": 302}, kwargs=by_year, data=superior),
    # Colleagues do not learn of it; whom it concerns does not end it.
    Row(
        "conflict_withdraw",
        stage="appraisal",
        expect={"lead": 200, "appraiser": 403, "secretary": 403, "auditor": 403},
        kwargs=declared,
    ),
    Row(
        "conflict_withdraw",
        "POST",
        "appraisal",
        {"lead": 302, "appraiser": 403, "secretary": 403, "auditor": 403},
        kwargs=declared,
        data=reason,
    ),
    # What is closed by a conflict of interest is not there: the page, and the act.
    Row("appraisal_unit", stage="appraisal", expect=DESK | {"appraiser": 404}, kwargs=closed_form),
    Row("appraisal_line", stage="appraisal", expect=DESK | {"appraiser": 404}, kwargs=closed_line),
    Row(
        "appraisal_line",
        "POST",
        "appraisal",
        LOOKERS | {"appraiser": 404, "appraiser2": 302, "lead": 302},
        kwargs=closed_line,
        data=accepting,
    ),
    Row("clarification_ask", kwargs=asked_line, stage="appraisal", expect=DESK),
    Row(
        "clarification_ask",
        "POST",
        kwargs=asked_line,
        data=question,
        stage="appraisal",
        expect=ASKS,
    ),
    Row(
        "clarification_withdraw",
        "POST",
        kwargs=asked,
        stage="appraisal",
        expect=ASKS,
    ),
    Row("clarification", kwargs=asked, stage="appraisal", expect=BOTH_SIDES),
    Row(
        "clarification",
        "POST",
        kwargs=asked,
        data=lambda year: {"reply": "Biên bản 12"},
        stage="appraisal",
        expect=LOOKERS | {"officer0": 302, "head0": 302},
    ),
    Row("appraisal", stage="appraisal", expect=DESK),
    Row("appraisal", expect=DESK),
    Row("appraisal_year", stage="appraisal", expect=DESK, kwargs=by_year),
    Row("appraisal_criterion", stage="appraisal", expect=DESK, kwargs=criterion),
    Row("appraisal_enter", stage="appraisal", expect=DESK, kwargs=entered),
    Row(
        "appraisal_enter",
        "POST",
        "appraisal",
        LOOKERS | {"appraiser": 302, "appraiser2": 302, "lead": 302},
        kwargs=entered,
        data=entering,
    ),
    Row("appraisal_grid", stage="appraisal", expect=DESK, kwargs=criterion),
    Row(
        "appraisal_row",
        "POST",
        "appraisal",
        LOOKERS | {"appraiser": 302, "appraiser2": 302, "lead": 302},
        kwargs=line,
        data=accepting,
    ),
    Row("appraisal_skip", "POST", "appraisal", dict.fromkeys(DESK, 302), kwargs=line),
    # Of a decision that `appraiser` made: nobody else takes it back.
    Row(
        "appraisal_take_back",
        "POST",
        "appraisal",
        LOOKERS | {"appraiser": 302, "appraiser2": 409, "lead": 409},
        kwargs=accepted,
    ),
    Row("appraisal_progress", stage="appraisal", expect=DESK, kwargs=by_year),
    Row("ledger", stage="explanation", expect=OVERSEERS, kwargs=by_year),
    Row("ledger_file", stage="explanation", expect=OVERSEERS, kwargs=by_year),
    Row("unit_ledger", stage="explanation", expect=OVERSEERS, kwargs=form),
    Row("pace", stage="appraisal", expect=DESK, kwargs=by_year),
    Row("pace_file", stage="appraisal", expect=OVERSEERS, kwargs=by_year),
    Row("cuts", stage="explanation", expect=OVERSEERS, kwargs=by_year),
    Row("minutes", stage="explanation", expect=OVERSEERS, kwargs=by_year),
    Row("minutes", "POST", "explanation", dict.fromkeys(OVERSEERS, 422), kwargs=by_year),
    Row("minutes_file", stage="explanation", expect=OVERSEERS, kwargs=by_year),
    Row("unit_minutes", stage="explanation", expect=OVERSEERS, kwargs=form),
    Row("appraisal_close", "POST", "appraisal", LOOKERS | {"lead": 302}, kwargs=by_year),
    Row("appraisal_close", "POST", "explanation", LOOKERS | {"lead": 409}, kwargs=by_year),
    Row("appraisal_review", "POST", "appraisal", LOOKERS | {"lead": 302}, kwargs=entered_everywhere),
    Row("appraisal_reopen", stage="appraisal", expect=LOOKERS | {"lead": 200}, kwargs=decided_line),
    Row("appraisal_reopen", "POST", "appraisal", LOOKERS | {"lead": 302}, kwargs=decided_line, data=noting),
    Row("appraisal_line", stage="appraisal", expect=DESK, kwargs=line),
    # A form that is not handed in is seen by whoever reads all, and by nobody else of the committee.
    Row("appraisal_line", stage="filing", expect={"lead": 200, "secretary": 200, "auditor": 200}, kwargs=line),
    Row(
        "appraisal_line",
        "POST",
        "appraisal",
        LOOKERS | {"appraiser": 302, "appraiser2": 302, "lead": 302},
        kwargs=line,
        data=accepting,
    ),
    Row(
        "appraisal_line",
        "POST",
        "explanation",
        LOOKERS | {"appraiser": 409, "appraiser2": 409, "lead": 409},
        kwargs=line,
        data=accepting,
    ),
    Row("appraisal_unit", stage="appraisal", expect=DESK, kwargs=form),
    Row(
        "appraisal_unit",
        "POST",
        "appraisal",
        LOOKERS | {"appraiser": 302, "appraiser2": 302, "lead": 302},
        kwargs=form,
        data=ticking,
    ),
    Row("appraisal_return", stage="appraisal", expect=DESK, kwargs=form),
    Row(
        "appraisal_return",
        "POST",
        "appraisal",
        LOOKERS | {"lead": 302, "secretary": 302},
        kwargs=form,
        data=reason,
    ),
    Row("explanations", stage="explanation", expect=DESK),
    Row(
        "explanation_refer",
        "POST",
        "explanation",
        LOOKERS | {"other_appraiser": 404, "lead": 302},
        kwargs=contest,
        data=reason,
    ),
    Row(
        "explanation_council",
        "POST",
        "explanation",
        LOOKERS | {"other_appraiser": 404, "lead": 302, "secretary": 302},
        kwargs=referred,
        data=minutes,
    ),
    Row("explanation", stage="explanation", expect=DESK | {"other_appraiser": 404}, kwargs=contest),
    Row(
        "explanation",
        "POST",
        "explanation",
        LOOKERS | {"appraiser2": 302, "lead": 302, "other_appraiser": 404},
        kwargs=contest,
        data=rejecting,
    ),
    # The own unit's only: not even the lead reads it here, and nobody before it is released.
    Row("provisional", stage="explanation", expect={"officer0": 200, "head0": 200}, kwargs=form),
    Row("provisional", stage="published", expect={"officer0": 200, "head0": 200}, kwargs=form),
    Row("provisional", stage="appraisal", expect={"officer0": 409, "head0": 409}, kwargs=form),
    Row("explain", stage="explanation", expect={"officer1": 200, "head1": 200}, kwargs=changed_line),
    Row("explain", stage="appraisal", expect={"officer1": 409, "head1": 409}, kwargs=changed_line),
    Row(
        "explain",
        "POST",
        "explanation",
        {"officer1": 403, "head1": 302},
        kwargs=changed_line,
        data=grounds,
    ),
]
