"""The committee's acts on lines: accept, correct, grant as not applicable, return, close."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, locks
from core.audit.services import record
from core.cleaning import clean_text
from core.errors import Conflict, Invalid, WrongState
from core.lifecycle import advance
from scoring.appraisal.lines import (
    NOT_APPLICABLE_VALUES,
    claim_values,
    corrected_values,
    effective_values,
    points_of,
    points_values,
)
from scoring.appraisal.permissions import can_accept, can_appraise, can_close, can_return, is_na_allowed
from scoring.appraisal.reading import READ, can_be_taken_back, pin, put_back
from scoring.appraisal.selectors.progress import unfinished_forms
from scoring.clarifying.services import settle_question
from scoring.conflicts.selectors import conflicts_of
from scoring.enums import AssessmentAction, AssessmentState, CorrectionKind, LineState, ReasonCode
from scoring.marking.comparing import compare
from scoring.models import Answer, Assessment, Correction, Cycle

REASON_LIMIT = 2000
_OF_MANY = ("criterion__responsible", "clarification", "assignment__appraiser", "second_mark__draw")


def _changed() -> Conflict:
    return Conflict(_("The line changed after it was opened. Read it again, then decide."))


def _locked_line(answer: Answer, version: int, actor: User) -> Answer:
    """Lock, right, state, and the version that was read: a mark is for what the appraiser saw."""
    cycle = locks.shared(Cycle, answer.assessment.cycle_id)
    assessment = locks.exclusive(Assessment, answer.assessment_id)
    related = (
        "criterion__criteria_set",
        "criterion__responsible",
        "correction",
        "clarification",
        "assignment__appraiser",
        "second_mark__draw",
    )
    answer = Answer.objects.select_related(*related).get(pk=answer.pk)
    answer.assessment = assessment
    can_appraise(actor, answer, cycle).require()
    if answer.version != version:
        raise _changed()
    return answer


def decide(
    answer: Answer, state: LineState, correction: Correction | None, points: Decimal | None, actor: User
) -> None:
    now = clock.now()
    pin([answer])
    settle_question(answer, actor, now)
    answer.line_state, answer.correction, answer.appraised_points = state, correction, points
    answer.appraised_by, answer.appraised_at = actor, now
    answer.version += 1
    answer.save()
    compare([answer])


def count_claim(answer: Answer, actor: User) -> None:
    """For an act that holds the line: its claim counts, as declared."""
    decide(answer, LineState.ACCEPTED, None, points_of(answer, claim_values(answer)), actor)


def checked_reason(code: str, reason: str) -> str:
    """The reason as it is kept. Invalid where it or its code is missing: both are always needed."""
    reason = clean_text(reason, limit=REASON_LIMIT)
    faults = {} if code in ReasonCode.values else {"reason_code": _("Choose a reason.")}
    faults |= {} if reason else {"reason": _("Still empty.")}
    if faults:
        sentence = _("Choose a reason and write it out: the unit reads both with its result.")
        raise Invalid(sentence, code="ERR-REQUIRED", fields=faults)
    return reason


def count_correction(
    answer: Answer, kind: CorrectionKind, values: dict, code: str, reason: str, actor: User
) -> Correction:
    """For an act that holds the line: add the row, point the answer at it, one audit entry."""
    reason = checked_reason(code, reason)
    points = points_of(answer, values)
    correction = Correction.objects.create(
        answer=answer,
        kind=kind,
        values=values,
        points=points,
        reason_code=code,
        reason=reason,
        made_by=actor,
        made_at=clock.now(),
    )
    state = LineState.NOT_APPLICABLE if kind == CorrectionKind.NOT_APPLICABLE else LineState.CORRECTED
    details = {"kind": kind, "values": values, "points": points, "claimed": answer.claimed_points, "reason_code": code}
    details["version"] = answer.version
    decide(answer, state, correction, points, actor)
    record(actor=actor, action="answer.correct", obj=answer, details=details)
    return correction


@transaction.atomic(durable=True)
def accept_line(*, answer: Answer, version: int, actor: User) -> Answer:
    """The claim stands as declared."""
    answer = _locked_line(answer, version, actor)
    can_accept(answer).require()
    count_claim(answer, actor)
    record(
        actor=actor, action="answer.accept", obj=answer, details={"points": answer.appraised_points, "version": version}
    )
    return answer


@transaction.atomic(durable=True)
def accept_lines(*, assessment: Assessment, answers: Iterable[Answer], actor: User) -> int:
    """Accept many lines of one assessment as one act: one transaction, one audit entry. Returns how many.

    Each answer carries the `version` that the appraiser saw. Lines decided meanwhile stay as they are decided; an open
    line that changed (a returned form handed in again) refuses the whole act.
    """
    cycle = locks.shared(Cycle, assessment.cycle_id)
    assessment = locks.exclusive(Assessment, assessment.pk)
    seen = {answer.pk: answer.version for answer in answers}
    lines = list(assessment.answers.select_related(*_OF_MANY).filter(pk__in=seen, line_state=LineState.OPEN))
    now, known = clock.now(), conflicts_of(actor)
    pin(lines)
    for answer in lines:
        answer.assessment, answer.criterion.criteria_set = assessment, assessment.criteria_set
        can_appraise(actor, answer, cycle, known).require()
        if answer.version != seen[answer.pk]:
            raise _changed()
        if not (verdict := can_accept(answer)):
            raise WrongState(f"{answer.criterion.code}: {verdict.reason}")
        settle_question(answer, actor, now)
        answer.line_state, answer.appraised_points = LineState.ACCEPTED, points_of(answer, effective_values(answer))
        answer.appraised_by, answer.appraised_at = actor, now
        answer.version += 1
    if lines:
        fields = ["line_state", "clarification", "appraised_points", "appraised_by", "appraised_at", "version", READ]
        Answer.objects.store(lines, fields)
        compare(lines)
        codes = [answer.criterion.code for answer in lines]
        record(actor=actor, action="assessment.accept_lines", obj=assessment, details={"lines": codes})
    return len(lines)


@transaction.atomic(durable=True)
def correct_inputs(
    *, answer: Answer, raw: Mapping[str, str], reason_code: str, reason: str, version: int, actor: User
) -> Correction:
    """Other figures than declared; the points follow by the rule. All fields empty means: nothing is recognised."""
    answer = _locked_line(answer, version, actor)
    return count_correction(answer, CorrectionKind.INPUTS, corrected_values(answer, raw), reason_code, reason, actor)


@transaction.atomic(durable=True)
def correct_points(
    *, answer: Answer, points: Decimal, reason_code: str, reason: str, version: int, actor: User
) -> Correction:
    """Set the points themselves, where figures cannot say it. The claim and the rule's result stay visible beside them."""
    answer = _locked_line(answer, version, actor)
    return count_correction(answer, CorrectionKind.POINTS, points_values(answer, points), reason_code, reason, actor)


@transaction.atomic(durable=True)
def grant_not_applicable(*, answer: Answer, reason: str, version: int, actor: User) -> Correction:
    """The line leaves the unit's applicable maximum. Only where the rule allows it."""
    answer = _locked_line(answer, version, actor)
    is_na_allowed(answer).require()
    kind = CorrectionKind.NOT_APPLICABLE
    return count_correction(answer, kind, NOT_APPLICABLE_VALUES, ReasonCode.NOT_APPLICABLE, reason, actor)


@transaction.atomic(durable=True)
def take_back_decision(*, answer: Answer, version: int, actor: User) -> Answer:
    """The own last decision on a line is gone and what stood there before counts, while nothing else happened to it.

    A correction that was made stays on record; only it is in force no more.
    """
    answer = _locked_line(answer, version, actor)
    if not can_be_taken_back(answer, actor):
        raise Conflict(_("There is no decision of yours here that can be taken back."), code="ERR-STATE")
    before = {"line_state": answer.line_state, "points": answer.appraised_points}
    put_back(answer)
    answer.version += 1
    answer.save()
    details = {"before": before, "after": {"line_state": answer.line_state, "points": answer.appraised_points}}
    record(actor=actor, action="answer.take_back", obj=answer, details=details)
    return answer


@transaction.atomic(durable=True)
def return_assessment(*, assessment: Assessment, reason: str, actor: User) -> Assessment:
    """Give the form back to the unit with a reason; decided lines stay decided until the unit changes them.

    Refused when the unit could no longer hand it in again.
    """
    cycle = locks.shared(Cycle, assessment.cycle_id)
    assessment = locks.exclusive(Assessment, assessment.pk)
    can_return(actor, assessment, cycle, clock.now()).require()
    assessment.return_reason = clean_text(reason, limit=REASON_LIMIT)
    if not assessment.return_reason:
        raise Invalid(
            _("Say what the unit shall mend."),
            code="ERR-REQUIRED",
            fields={"reason": _("Say what the unit shall mend.")},
        )
    advance(assessment, AssessmentAction.RETURN, actor=actor, details={"reason": assessment.return_reason})
    return assessment


@transaction.atomic(durable=True)
def close_appraisals(*, cycle: Cycle, actor: User) -> tuple[int, int]:
    """Close every assessment whose lines are all decided, second marks and gaps included. Returns how many were closed and
    how many still wait.

    Holds the cycle for itself: no line changes while it is seen what is still open. Bonus and penalty lines without a
    value need no decision: no value is 0. A form waits while its unit may still answer a question.
    """
    cycle = locks.exclusive(Cycle, cycle.pk)
    can_close(actor, cycle).require()
    under = cycle.assessments.select_for_update(of=("self",)).filter(state=AssessmentState.UNDER_APPRAISAL)
    ready = list(under.exclude(pk__in=unfinished_forms(cycle, clock.now())).order_by("pk"))
    for assessment in ready:
        advance(assessment, AssessmentAction.CLOSE_APPRAISAL, actor=actor)
    return len(ready), under.count()
