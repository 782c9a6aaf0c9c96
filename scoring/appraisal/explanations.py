"""The unit contests a correction; somebody else decides."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from core import clock, locks
from core.audit.services import record
from core.cleaning import clean_text, count_words
from core.errors import Conflict, DomainError, Invalid
from core.lifecycle import advance
from scoring.appraisal.lines import NOT_APPLICABLE_VALUES, effective_values, figures_upheld, points_of
from scoring.appraisal.permissions import can_decide_explanation, can_explain, can_uphold
from scoring.appraisal.services import REASON_LIMIT
from scoring.enums import CorrectionKind, ExplanationAction, LineState, ReasonCode
from scoring.filing.keeping import Kept, keep, kept, require_place, shown_name
from scoring.models import Answer, Assessment, Correction, Cycle, Explanation

# Far above the words that a year allows; a text above it is not read to its end.
GROUNDS_LIMIT = 20_000


def _hold(answer: Answer) -> tuple[Cycle, Answer]:
    cycle = locks.shared(Cycle, answer.assessment.cycle_id)
    assessment = locks.exclusive(Assessment, answer.assessment_id)
    related = ("criterion__criteria_set", "criterion__responsible", "correction")
    answer = Answer.objects.select_related(*related).get(pk=answer.pk)
    answer.assessment, assessment.cycle = assessment, cycle
    return cycle, answer


def file_explanation(*, answer: Answer, grounds: str, actor: User, files: Sequence[File] = ()) -> Explanation:
    """The head contests one corrected line, once a round, within the time; `files` are new evidence for it.

    The files belong to the explanation: what the unit declared, and what stood behind it, stays as it was signed. All of
    it is taken or nothing.
    """
    if files:
        with transaction.atomic():
            _contestable(answer, grounds, actor)
            require_place(len(files) - 1)
    with ExitStack() as stack:
        return _file(answer, grounds, [_taken(stack, one) for one in files], actor)


@transaction.atomic(durable=True)
def _file(answer: Answer, grounds: str, files: Sequence[Kept], actor: User) -> Explanation:
    answer, grounds = _contestable(answer, grounds, actor)
    explanation = Explanation.objects.create(
        answer=answer,
        round=answer.assessment.cycle.explanation_round,
        grounds=grounds,
        filed_by=actor,
        filed_at=clock.now(),
        contested=answer.correction,
    )
    answer.contest = explanation
    answer.save(update_fields=["contest"])
    for one in files:
        keep(answer.assessment, one, one.original_name, actor, explanation=explanation)
    details = {"answer": answer.pk, "files": [one.sha256 for one in files]}
    record(actor=actor, action="explanation.file", obj=explanation, details=details)
    return explanation


def _contestable(answer: Answer, grounds: str, actor: User) -> tuple[Answer, str]:
    """The line held and the grounds as they are kept, or the refusal."""
    cycle, answer = _hold(answer)
    can_explain(actor, answer, cycle, clock.now()).require()
    grounds = clean_text(grounds, limit=GROUNDS_LIMIT)
    length, limit = count_words(grounds), cycle.explanation_words
    sentence = ""
    if not length:
        sentence = _("Write the grounds.")
    elif length > limit:
        sentence = ngettext(
            "{n} word too many: at most {limit} words, there are {length}.",
            "{n} words too many: at most {limit} words, there are {length}.",
            length - limit,
        ).format(n=length - limit, limit=limit, length=length)
    if sentence:
        raise Invalid(sentence, code="ERR-INVALID" if length else "ERR-REQUIRED", fields={"grounds": sentence})
    if Explanation.objects.filter(answer=answer, round=cycle.explanation_round).exists():
        raise Conflict(_("This line is contested already."), code="ERR-DONE")
    return answer, grounds


def _taken(stack: ExitStack, upload: File) -> Kept:
    """One file of several in the store; a refusal names it."""
    try:
        return stack.enter_context(kept(upload))
    except DomainError as refusal:
        refusal.fields = {"file": f"{shown_name(upload.name)}: {refusal.message}"}
        raise


@transaction.atomic(durable=True)
def decide_explanation(
    *, explanation: Explanation, action: ExplanationAction, raw: Mapping[str, str], reason: str, actor: User
) -> Explanation:
    """Uphold (the claim counts), uphold in part (new figures in `raw`) or reject (the correction stays), with a reason."""
    cycle, explanation = held_contest(explanation)
    can_decide_explanation(actor, explanation, cycle).require()
    return rule_on(explanation, action, raw, required_reason(reason), actor)


def held_contest(explanation: Explanation) -> tuple[Cycle, Explanation]:
    """The locks in their order; cycle and explanation as they stand now."""
    cycle, answer = _hold(explanation.answer)
    explanation = locks.exclusive(Explanation, explanation.pk)
    explanation.answer = answer
    return cycle, explanation


def required_reason(reason: str) -> str:
    reason = clean_text(reason, limit=REASON_LIMIT)
    if not reason:
        raise Invalid(_("Write the reason."), code="ERR-REQUIRED", fields={"reason": _("Still empty.")})
    return reason


def rule_on(
    explanation: Explanation,
    action: ExplanationAction,
    raw: Mapping[str, str],
    reason: str,
    actor: User,
    details: Mapping[str, str] | None = None,
) -> Explanation:
    """Put the decision in force on the held line, whoever took it, with one audit entry."""
    answer = explanation.answer
    explanation.decision_reason, explanation.decided_by, explanation.decided_at = reason, actor, clock.now()
    before = answer.appraised_points
    if action == ExplanationAction.UPHOLD:
        _uphold(answer, reason, actor)
    elif action == ExplanationAction.UPHOLD_PARTLY:
        values = figures_upheld(answer, raw)
        _count(answer, LineState.CORRECTED, _second_correction(answer, CorrectionKind.INPUTS, values, reason, actor))
    points = {"before": before, "after": answer.appraised_points}
    advance(explanation, action, actor=actor, details=points | dict(details or {}))
    return explanation


def _uphold(answer: Answer, reason: str, actor: User) -> None:
    """The claim counts: the declared figures, or the «not applicable» that the unit had asked for."""
    can_uphold(answer).require()
    if not answer.asks_not_applicable:
        _count(answer, LineState.ACCEPTED, None)
        return
    kind = CorrectionKind.NOT_APPLICABLE
    granted = _second_correction(answer, kind, NOT_APPLICABLE_VALUES, reason, actor)
    _count(answer, LineState.NOT_APPLICABLE, granted)


def _second_correction(answer: Answer, kind: CorrectionKind, values: dict, reason: str, actor: User) -> Correction:
    return Correction.objects.create(
        answer=answer,
        kind=kind,
        values=values,
        points=points_of(answer, values),
        reason_code=ReasonCode.AFTER_EXPLANATION,
        reason=reason,
        made_by=actor,
        made_at=clock.now(),
    )


def _count(answer: Answer, state: LineState, correction: Correction | None) -> None:
    """What counts from now on; who appraised first stays on the correction rows."""
    answer.line_state, answer.correction = state, correction
    answer.appraised_points = points_of(answer, effective_values(answer))
    answer.version += 1
    answer.save()
