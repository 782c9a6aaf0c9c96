"""The agency's acts on its own self-assessment: save, import, put before the head, submit."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, locks
from core.audit.services import canonical, record
from core.cleaning import clean_text
from core.errors import Conflict, Invalid
from core.lifecycle import advance
from scoring import engine
from scoring.enums import AssessmentAction, CycleState, LineState
from scoring.filing.checks import blocking_findings
from scoring.filing.permissions import can_edit, can_prepare, can_reopen, can_submit
from scoring.inputs import is_complete, parse
from scoring.models import Answer, Assessment, Cycle, Submission

EXPLANATION_LIMIT = 4000
# Without letters that are mistaken for one another: the code is read out over the telephone.
_CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True)
class AnswerInput:
    """What was typed for one line. `raw` maps the rule's fields to text as typed; empty text is «not declared»."""

    raw: Mapping[str, str] = field(default_factory=dict)
    explanation: str = ""
    asks_not_applicable: bool = False


def _locked(assessment: Assessment) -> tuple[Cycle, Assessment]:
    """The fixed order: cycle shared, then the assessment for change."""
    cycle = locks.shared(Cycle, assessment.cycle_id)
    assessment = locks.exclusive(Assessment, assessment.pk)
    assessment.cycle = cycle
    return cycle, assessment


@transaction.atomic(durable=True)
def save_answer(*, answer: Answer, given: AnswerInput, version: int, actor: User) -> Answer:
    """Save one line. Conflict if somebody saved it since `version`; Invalid names the field and keeps what was saved.

    A line may be saved half filled in, so that nothing typed is lost; it then has no points yet.
    """
    cycle, assessment = _locked(answer.assessment)
    can_edit(actor, assessment, cycle, clock.now()).require()
    answer = Answer.objects.select_related("criterion__criteria_set", "updated_by").get(pk=answer.pk)
    if answer.version != version:
        raise Conflict(
            _("{name} changed this line meanwhile. Compare, choose one value and save again.").format(
                name=answer.updated_by or _("Somebody")
            )
        )
    _apply(answer, given, actor)
    answer.save()
    record(actor=actor, action="answer.save", obj=answer, details={"values": answer.values, "version": answer.version})
    return answer


@transaction.atomic(durable=True)
def import_form(*, assessment: Assessment, given: Mapping[str, AnswerInput], actor: User) -> Assessment:
    """Save many lines as one act (criterion code → what was typed): all or none, one audit entry."""
    cycle, assessment = _locked(assessment)
    can_edit(actor, assessment, cycle, clock.now()).require()
    answers = assessment.answers.select_related("criterion").filter(criterion__code__in=given)
    by_code = {answer.criterion.code: answer for answer in answers}
    if unknown := sorted(set(given) - set(by_code)):
        raise Invalid(_("These criteria are not in the form: {codes}.").format(codes=", ".join(unknown)))
    criteria_set, faults = assessment.criteria_set, {}
    for code, one in given.items():
        by_code[code].criterion.criteria_set = criteria_set
        try:
            _apply(by_code[code], one, actor)
        except Invalid as error:
            faults[code] = str(error.message)
    if faults:
        raise Invalid("\n".join(f"{code}: {sentence}" for code, sentence in faults.items()), fields=faults)
    Answer.objects.bulk_update(by_code.values(), _SAVED_FIELDS, batch_size=100)
    record(actor=actor, action="assessment.import_form", obj=assessment, details={"lines": len(given)})
    return assessment


_SAVED_FIELDS = [
    *("values", "explanation", "asks_not_applicable", "claimed_points", "version", "updated_at", "updated_by"),
    *("line_state", "correction", "appraised_points", "appraised_by", "appraised_at"),
]


def _apply(answer: Answer, given: AnswerInput, actor: User) -> None:
    """Put what was typed into the (unsaved) answer, points computed by the rule. Invalid leaves it untouched."""
    criterion = answer.criterion
    if not criterion.declared_by_unit:
        raise Invalid(_("This line is entered by the appraising agency."))
    definition, leaf = criterion.criteria_set.definition, criterion.leaf
    values, errors = parse(leaf, given.raw)
    if errors:
        raise Invalid(" ".join(errors.values()), fields=errors)
    if given.asks_not_applicable and not leaf.rule.na_allowed:
        raise Invalid(_("This criterion applies to every unit of the group."))
    explanation = clean_text(given.explanation, limit=EXPLANATION_LIMIT)
    points = None
    if is_complete(leaf, values):
        require_valid(definition, leaf.code, values)
        points = engine.score_line(definition, leaf.code, values).points
    answer.values, answer.explanation, answer.claimed_points = values, explanation, points
    answer.asks_not_applicable = given.asks_not_applicable
    answer.version += 1
    answer.updated_at, answer.updated_by = clock.now(), actor
    # A decision was about what stood here before (a returned form): it is asked for again.
    answer.line_state, answer.correction, answer.appraised_points = LineState.OPEN, None, None
    answer.appraised_by = answer.appraised_at = None


def require_valid(definition: engine.CriteriaSet, code: str, values: Mapping[str, str]) -> None:
    """The engine's own check of one line; its sentences become the product's refusal."""
    try:
        engine.check_fields(definition, code, values)
    except engine.Refused as refused:
        raise Invalid(" ".join(fault.sentence(get_language() or "vi") for fault in refused.faults)) from refused


@transaction.atomic(durable=True)
def prepare(*, assessment: Assessment, actor: User) -> Assessment:
    """Put the finished form before the head. Refused with the list of lines while something is missing."""
    cycle, assessment = _locked(assessment)
    can_prepare(actor, assessment, cycle, clock.now()).require()
    _require_complete(assessment)
    advance(assessment, AssessmentAction.PREPARE, actor=actor)
    return assessment


@transaction.atomic(durable=True)
def reopen(*, assessment: Assessment, actor: User) -> Assessment:
    """Take the form back from the head's desk to edit it."""
    cycle, assessment = _locked(assessment)
    can_reopen(actor, assessment, cycle, clock.now()).require()
    advance(assessment, AssessmentAction.REOPEN, actor=actor)
    return assessment


@transaction.atomic(durable=True)
def submit(*, assessment: Assessment, actor: User) -> Submission:
    """The head submits: state, frozen snapshot, audit entry and receipt together or not at all (reliability.md R2).

    The time is the database's, read after the locks are held; it decides between on time, late and locked.
    """
    cycle, assessment = _locked(assessment)
    now = clock.now()
    can_submit(actor, assessment, cycle, now).require()
    _require_complete(assessment)
    first = assessment.submissions.count() == 0
    assessment.submitted_at = now
    if first:
        assessment.on_time = now < cycle.filing_closes_at
    advance(assessment, AssessmentAction.SUBMIT, actor=actor)
    if cycle.state == CycleState.APPRAISAL:  # handed in again after a return: the appraisers go on at once
        advance(assessment, AssessmentAction.BEGIN_APPRAISAL, actor=actor)
    snapshot = canonical(snapshot_of(assessment))
    submission = Submission.objects.create(
        assessment=assessment,
        number=assessment.submissions.count() + 1,
        snapshot=snapshot,
        sha256=hashlib.sha256(snapshot.encode()).hexdigest(),
        receipt_code=_receipt_code(cycle.year),
        submitted_at=now,
        submitted_by=actor,
    )
    record(
        actor=actor,
        action="assessment.receipt",
        obj=assessment,
        details={"sha256": submission.sha256, "receipt": submission.receipt_code, "on_time": assessment.on_time},
    )
    return submission


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


def _receipt_code(year: int) -> str:
    body = "".join(secrets.choice(_CODE_ALPHABET) for _position in range(8))
    return f"TN{year % 100:02d}-{body[:4]}-{body[4:]}"


def snapshot_of(assessment: Assessment) -> dict:
    """Everything the unit declares, as it stands: what the head's submission covers."""
    answers = assessment.answers.select_related("criterion").prefetch_related("evidence")
    return {
        "unit": assessment.unit.code,
        "year": assessment.cycle.year,
        "criteria_set": assessment.criteria_set.identity,
        "answers": {
            answer.criterion.code: {
                "values": answer.values,
                "claimed_points": answer.claimed_points,
                "explanation": answer.explanation,
                "asks_not_applicable": answer.asks_not_applicable,
                "evidence": sorted(one.sha256 for one in answer.evidence.all() if one.removed_at is None),
            }
            for answer in answers
        },
    }
