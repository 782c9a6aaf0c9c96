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
from core.fields import plain
from core.lifecycle import advance
from scoring import engine
from scoring.appraisal.permissions import can_appraise, can_lead, can_return
from scoring.enums import AssessmentAction, AssessmentState, CorrectionKind, LineState, ReasonCode
from scoring.filing.services import require_valid
from scoring.inputs import is_complete, parse
from scoring.models import Answer, Assessment, Correction, Cycle

REASON_LIMIT = 2000
# Rules whose input is points: setting points is then the same as giving the input.
POINTS_KINDS = {"manual", "carried"}


def effective_values(answer: Answer) -> dict[str, str] | None:
    """What the engine is given for the line: the correction in force, else the finished claim, else nothing."""
    if answer.correction_id:
        return answer.correction.values or None
    if answer.asks_not_applicable or not is_complete(answer.criterion.leaf, answer.values):
        return None
    return answer.values


def _points(answer: Answer, values: Mapping[str, str] | None) -> Decimal | None:
    criterion = answer.criterion
    return engine.score_line(criterion.criteria_set.definition, criterion.code, values).points


def _locked_line(answer: Answer, version: int, actor: User) -> Answer:
    """Lock, right, state, and the version that was read: a mark is for what the appraiser saw."""
    cycle = locks.shared(Cycle, answer.assessment.cycle_id)
    assessment = locks.exclusive(Assessment, answer.assessment_id)
    answer = Answer.objects.select_related("criterion__criteria_set", "criterion__responsible", "correction").get(
        pk=answer.pk
    )
    answer.assessment = assessment
    can_appraise(actor, answer, cycle).require()
    if answer.version != version:
        raise Conflict(_("The line changed after it was opened. Read it again, then decide."))
    return answer


def _decide(
    answer: Answer, state: LineState, correction: Correction | None, points: Decimal | None, actor: User
) -> None:
    answer.line_state, answer.correction, answer.appraised_points = state, correction, points
    answer.appraised_by, answer.appraised_at = actor, clock.now()
    answer.version += 1
    answer.save()


def _correct(answer: Answer, kind: CorrectionKind, values: dict, code: str, reason: str, actor: User) -> Correction:
    """Add the row, point the answer at it, one audit entry. A reason code and a reason in words are always needed."""
    reason = clean_text(reason, limit=REASON_LIMIT)
    if not reason or code not in ReasonCode.values:
        raise Invalid(
            _("Choose a reason and write it out: the unit sees it at once."),
            code="ERR-REQUIRED",
            fields={"reason": _("Write the reason.")} if not reason else {"reason_code": _("Choose a reason.")},
        )
    points = _points(answer, values or None)
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
    _decide(answer, state, correction, points, actor)
    record(actor=actor, action="answer.correct", obj=answer, details=details)
    return correction


@transaction.atomic(durable=True)
def accept_line(*, answer: Answer, version: int, actor: User) -> Answer:
    """The claim stands as declared."""
    answer = _locked_line(answer, version, actor)
    _accept(answer, actor)
    record(actor=actor, action="answer.accept", obj=answer, details={"points": answer.appraised_points})
    return answer


def _accept(answer: Answer, actor: User) -> None:
    if answer.asks_not_applicable:
        raise WrongState(_("The unit asks for “not applicable”: grant it, or enter the figures with the reason."))
    answer.correction = None
    _decide(answer, LineState.ACCEPTED, None, _points(answer, effective_values(answer)), actor)


@transaction.atomic(durable=True)
def accept_lines(*, assessment: Assessment, answers: Iterable[Answer], actor: User) -> int:
    """Accept many lines of one assessment as one act: one transaction, one audit entry. Returns how many."""
    cycle = locks.shared(Cycle, assessment.cycle_id)
    assessment = locks.exclusive(Assessment, assessment.pk)
    wanted = [answer.pk for answer in answers]
    lines = list(
        assessment.answers.select_related("criterion__responsible").filter(pk__in=wanted, line_state=LineState.OPEN)
    )
    definition, now = assessment.criteria_set.definition, clock.now()
    for answer in lines:
        answer.assessment, answer.criterion.criteria_set = assessment, assessment.criteria_set
        can_appraise(actor, answer, cycle).require()
        if answer.asks_not_applicable:
            raise WrongState(
                _("{code}: decide on the request for “not applicable” first.").format(code=answer.criterion.code)
            )
        answer.line_state = LineState.ACCEPTED
        answer.appraised_points = engine.score_line(definition, answer.criterion.code, effective_values(answer)).points
        answer.appraised_by, answer.appraised_at = actor, now
        answer.version += 1
    fields = ["line_state", "appraised_points", "appraised_by", "appraised_at", "version"]
    Answer.objects.bulk_update(lines, fields, batch_size=100)
    codes = [answer.criterion.code for answer in lines]
    record(actor=actor, action="assessment.accept_lines", obj=assessment, details={"lines": codes})
    return len(lines)


@transaction.atomic(durable=True)
def correct_inputs(
    *, answer: Answer, raw: Mapping[str, str], reason_code: str, reason: str, version: int, actor: User
) -> Correction:
    """Other figures than declared; the points follow by the rule. All fields empty means: nothing is recognised."""
    answer = _locked_line(answer, version, actor)
    return _correct(answer, CorrectionKind.INPUTS, corrected_values(answer, raw), reason_code, reason, actor)


def corrected_values(answer: Answer, raw: Mapping[str, str]) -> dict[str, str]:
    """Figures typed by an appraiser, checked by the rule. Invalid names the field."""
    leaf = answer.criterion.leaf
    values, errors = parse(leaf, raw)
    if errors:
        raise Invalid(" ".join(errors.values()), fields=errors)
    if values and not is_complete(leaf, values):
        raise Invalid(_("Fill in all figures of the line, or none."), code="ERR-INCOMPLETE")
    if values:
        require_valid(answer.criterion.criteria_set.definition, leaf.code, values)
    return values


@transaction.atomic(durable=True)
def correct_points(
    *, answer: Answer, points: Decimal, reason_code: str, reason: str, version: int, actor: User
) -> Correction:
    """Set the points themselves, where figures cannot say it. The claim and the rule's result stay visible beside them."""
    answer = _locked_line(answer, version, actor)
    return _correct(answer, CorrectionKind.POINTS, points_values(answer, points), reason_code, reason, actor)


def points_values(answer: Answer, points: Decimal) -> dict[str, str]:
    """Points as the engine reads them: the rule's own input, or the field `appraised_points`."""
    field = "points" if answer.criterion.leaf.rule.kind in POINTS_KINDS else "appraised_points"
    values = {field: plain(points)}
    require_valid(answer.criterion.criteria_set.definition, answer.criterion.code, values)
    return values


@transaction.atomic(durable=True)
def grant_not_applicable(*, answer: Answer, reason: str, version: int, actor: User) -> Correction:
    """The line leaves the unit's applicable maximum. Only where the rule allows it."""
    answer = _locked_line(answer, version, actor)
    if not answer.criterion.leaf.rule.na_allowed:
        raise Invalid(_("This criterion applies to every unit of the group."))
    values = {"na": "approved"}
    return _correct(answer, CorrectionKind.NOT_APPLICABLE, values, ReasonCode.NOT_APPLICABLE, reason, actor)


@transaction.atomic(durable=True)
def return_assessment(*, assessment: Assessment, reason: str, actor: User) -> Assessment:
    """Give the form back to the unit with a reason; decided lines stay decided until the unit changes them."""
    cycle = locks.shared(Cycle, assessment.cycle_id)
    assessment = locks.exclusive(Assessment, assessment.pk)
    can_return(actor, assessment, cycle).require()
    assessment.return_reason = clean_text(reason, limit=REASON_LIMIT)
    if not assessment.return_reason:
        raise Invalid(
            _("Say what the unit shall mend."), code="ERR-REQUIRED", fields={"reason": _("Write the reason.")}
        )
    advance(assessment, AssessmentAction.RETURN, actor=actor, details={"reason": assessment.return_reason})
    return assessment


@transaction.atomic(durable=True)
def close_appraisals(*, cycle: Cycle, actor: User) -> tuple[int, int]:
    """Close every assessment whose lines are all decided. Returns how many were closed and how many still wait.

    Bonus and penalty lines without a value need no decision: no value is 0.
    """
    can_lead(actor).require()
    cycle = locks.shared(Cycle, cycle.pk)
    waiting = undecided_lines(cycle).values("assessment")
    under = cycle.assessments.select_for_update(of=("self",)).filter(state=AssessmentState.UNDER_APPRAISAL)
    ready = list(under.exclude(pk__in=waiting))
    for assessment in ready:
        advance(assessment, AssessmentAction.CLOSE_APPRAISAL, actor=actor)
    return len(ready), under.count()


def undecided_lines(cycle: Cycle):
    """Answers of handed-in assessments that somebody still has to decide on."""
    lines = Answer.objects.filter(assessment__cycle=cycle, line_state=LineState.OPEN)
    return lines.exclude(criterion__pillar=None, values={}).filter(assessment__state=AssessmentState.UNDER_APPRAISAL)
