"""The agency's acts on its own self-assessment: save, import, put before the head, submit."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.proof import Proof
from core import clock
from core.audit.services import record
from core.errors import Conflict, DomainError, Invalid
from core.lifecycle import advance
from scoring.clarifying.permissions import line_gate
from scoring.enums import AssessmentAction, AssessmentState, CycleState
from scoring.filing.checks import blocking_findings, findings
from scoring.filing.checks.counting import warnings_by_check
from scoring.filing.deadlines import punctuality
from scoring.filing.declaring import AnswerInput, difference, facts_of, put, read
from scoring.filing.permissions import can_edit, can_prepare, can_reopen, can_submit
from scoring.filing.signing import freeze, sign, unchanged_since_prepared, void
from scoring.filing.together import write_lines
from scoring.holding import held as _locked
from scoring.inputs import require_valid
from scoring.marking.blind import forget_outdated
from scoring.models import Answer, Assessment, Submission

__all__ = ["AnswerInput", "import_form", "prepare", "reopen", "require_valid", "save_answer", "submit"]


@transaction.atomic(durable=True)
def save_answer(*, answer: Answer, given: AnswerInput, version: int, actor: User) -> Answer:
    """Save one line. Conflict if somebody saved something else since `version`; Invalid names the field and keeps what was saved.

    A line may be saved half filled in, so that nothing typed is lost; it then has no points yet. What stands there
    already is not saved again: a double click, a retry after a lost answer and an untouched decided line change nothing.
    """
    cycle, assessment = _locked(answer.assessment)
    answer = Answer.objects.select_related("criterion__criteria_set", "updated_by", "clarification").get(pk=answer.pk)
    answer.assessment = assessment
    line_gate(actor, assessment, cycle, clock.now())(answer).require()
    is_stale = answer.version != version
    try:
        declared = read(answer, given)
    except DomainError:
        if is_stale:
            raise changed_meanwhile(answer) from None
        raise
    if declared.equals(answer):
        return answer
    if is_stale:
        raise changed_meanwhile(answer)
    before = facts_of(answer)
    put(answer, declared, actor)
    answer.save()
    record(actor=actor, action="answer.save", obj=answer, details=difference(before, answer))
    return answer


def changed_meanwhile(answer: Answer) -> Conflict:
    """Says who saved the line since it was read, and when."""
    if not answer.updated_at:
        return Conflict(_("This line was changed meanwhile. Compare, choose one value and save again."))
    return Conflict(
        _("{name} changed this line at {time:%H:%M}. Compare, choose one value and save again.").format(
            name=answer.updated_by, time=localtime(answer.updated_at)
        )
    )


@transaction.atomic(durable=True)
def import_form(*, assessment: Assessment, given: Mapping[str, AnswerInput], actor: User) -> Assessment:
    """Save many lines as one act (criterion code → what was typed): all or none, one audit entry."""
    cycle, assessment = _locked(assessment)
    can_edit(actor, assessment, cycle, clock.now()).require()
    differences = write_lines(assessment, given, actor).differences
    details = {"lines": len(given), "changed": list(differences), "differences": differences}
    record(actor=actor, action="assessment.import_form", obj=assessment, details=details)
    return assessment


@transaction.atomic(durable=True)
def prepare(*, assessment: Assessment, actor: User) -> Assessment:
    """Put the finished form before the head, frozen as it stands: what the signature will cover.

    Refused with the list of lines while something is missing.
    """
    cycle, assessment = _locked(assessment)
    now = clock.now()
    can_prepare(actor, assessment, cycle, now).require()
    _require_complete(assessment)
    frozen = freeze(assessment, actor, now)
    advance(assessment, AssessmentAction.PREPARE, actor=actor, details={"sha256": frozen.sha256})
    return assessment


@transaction.atomic(durable=True)
def reopen(*, assessment: Assessment, actor: User) -> Assessment:
    """Take the form back from the head's desk to edit it. What was frozen there is void: nobody can sign it any more."""
    cycle, assessment = _locked(assessment)
    now = clock.now()
    can_reopen(actor, assessment, cycle, now).require()
    voided = void(assessment, actor, now)
    advance(assessment, AssessmentAction.REOPEN, actor=actor, details={"voided": voided.sha256} if voided else None)
    return assessment


@transaction.atomic(durable=True)
def submit(*, assessment: Assessment, actor: User, proof: Proof, version: int | None = None) -> Submission:
    """The head signs and submits: state, frozen snapshot, audit entry and receipt together or not at all (reliability.md R2).

    `proof` is the head's own, shown a moment ago. What is signed is the hash of the form as it was put before the head;
    whatever changed since refuses the act. The time is the database's, read after the locks are held; it decides between
    on time, late and locked. `version` is the form that the head has read: another one is a Conflict, and the same click
    sent twice gives the same receipt.
    """
    cycle, assessment = _locked(assessment)
    now = clock.now()
    proof.require(actor, now)
    if version is not None and (done := _same_click(assessment, version, actor)):
        return done
    can_submit(actor, assessment, cycle, now).require()
    if version is not None and version != assessment.version:
        raise Conflict(_("The form was taken back and changed after this page was opened. Read it again, then submit."))
    _require_complete(assessment)
    prepared = unchanged_since_prepared(assessment)
    warned = warnings_by_check(findings(assessment, now))
    if assessment.submitted_at is None:
        stands = punctuality(assessment, cycle, now)
        assessment.on_time, assessment.late_minutes = stands.on_time, stands.late_minutes
        assessment.on_time_by_extension = stands.by_extension
    assessment.submitted_at = now
    advance(assessment, AssessmentAction.SUBMIT, actor=actor)
    if cycle.state == CycleState.APPRAISAL:  # handed in again after a return: the appraisers go on at once
        advance(assessment, AssessmentAction.BEGIN_APPRAISAL, actor=actor)
        forget_outdated(assessment.answers.all())
    submission = sign(assessment, prepared, actor, proof)
    details = {"sha256": submission.sha256, "receipt": submission.receipt_code, "on_time": assessment.on_time}
    details |= {"by_extension": assessment.on_time_by_extension, "late_minutes": assessment.late_minutes}
    details |= {"proof": proof.method, "warnings": warned}
    record(actor=actor, action="assessment.receipt", obj=assessment, details=details)
    return submission


def _same_click(assessment: Assessment, version: int, actor: User) -> Submission | None:
    """The submission made from this very version by the same person: submitting, then beginning the appraisal, add 1 each."""
    states = (AssessmentState.SUBMITTED, AssessmentState.UNDER_APPRAISAL)
    if assessment.state in states and 1 <= assessment.version - version <= 2:
        return assessment.submissions.filter(submitted_by=actor).first()
    return None


def _require_complete(assessment: Assessment) -> None:
    findings = blocking_findings(assessment)
    if findings:
        raise Invalid(
            _("{count} lines must be completed before the self-assessment can be submitted.").format(
                count=len(findings)
            ),
            code="ERR-INCOMPLETE",
            fields={finding.criterion_code: finding.sentence for finding in findings},
        )
