"""What is still missing before submission, line by line, with a sentence each."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from scoring.inputs import is_complete
from scoring.models import Answer, Assessment, Evidence


class Kind(models.TextChoices):
    """What a finding is about; the home page counts by it."""

    EMPTY = "empty"
    HALF = "half"
    EVIDENCE = "evidence"
    REASON = "reason"


@dataclass(frozen=True)
class Finding:
    """One thing about one line. A blocking finding must be mended before submission; the others are hints."""

    answer_id: int
    criterion_code: str
    pillar_code: str
    sentence: str
    kind: str
    blocks: bool = True


def lines_of(assessments: Iterable[Assessment]) -> list[Answer]:
    """Every line of the assessments in the order of the form, with criterion, pillar and evidence in force at hand.

    Two queries, whatever the number of assessments and lines. `answer.evidence.all()` is what was not removed.
    """
    by_pk = {assessment.pk: assessment for assessment in assessments}
    answers = list(
        Answer.objects.filter(assessment__in=by_pk)
        .select_related(
            "criterion__pillar", "criterion__responsible", "updated_by", "correction", "measurement__source"
        )
        .prefetch_related(Prefetch("evidence", Evidence.objects.filter(removed_at__isnull=True)))
        .order_by("assessment_id", "criterion__position")
    )
    for answer in answers:
        answer.assessment = by_pk[answer.assessment_id]
        answer.criterion.criteria_set = answer.assessment.criteria_set
    return answers


def findings(assessment: Assessment) -> list[Finding]:
    """All findings in the order of the form."""
    return findings_in(lines_of([assessment]))


def findings_in(lines: Iterable[Answer]) -> list[Finding]:
    """The same for lines already read with `lines_of`: no query."""
    return [found for answer in lines if answer.criterion.declared_by_unit and (found := finding_of(answer))]


def finding_of(answer: Answer) -> Finding | None:
    """The one thing to say about a line that the unit declares, the most important first."""
    found = _declared_in_part(answer) or _without_reason(answer) or _without_evidence(answer)
    if not found:
        return None
    kind, sentence, *blocks = found
    pillar = answer.criterion.pillar
    return Finding(answer.pk, answer.criterion.code, pillar.code if pillar else "", sentence, kind, *blocks)


def _declared_in_part(answer: Answer) -> tuple | None:
    if answer.asks_not_applicable:
        return None
    if answer.values:
        if is_complete(answer.criterion.leaf, answer.values):
            return None
        return Kind.HALF, _("The line is only half filled in.")
    if answer.criterion.leaf.rule.is_adjustment or answer.explanation:  # a bonus need not be claimed
        return None
    return Kind.EMPTY, _("Nothing is declared. Declare it, or write in the explanation why there is no figure.")


def _without_reason(answer: Answer) -> tuple | None:
    """Not applicable is decided by an appraiser on a reason: asked for, or because the total declared is 0."""
    if answer.explanation:
        return None
    if answer.asks_not_applicable:
        return Kind.REASON, _("Say why the criterion does not apply.")
    if gives_not_applicable(answer):
        return Kind.REASON, _("The total is 0, so the criterion would not apply. Say why in the explanation.")
    return None


def gives_not_applicable(answer: Answer) -> bool:
    """A ratio whose total is 0 under a rule that then drops the line."""
    rule = answer.criterion.leaf.rule
    zero = rule.kind == "ratio" and rule.b_zero == "na" and answer.values.get("b") == "0"
    return zero and is_complete(answer.criterion.leaf, answer.values)


def _without_evidence(answer: Answer) -> tuple | None:
    if not (answer.criterion.evidence_required and answer.claimed_points) or answer.evidence.all():
        return None
    if answer.explanation:
        return Kind.EVIDENCE, _("No evidence is attached, only an explanation; the appraiser decides."), False
    return Kind.EVIDENCE, _("Evidence is missing. Attach it, or explain why there is none.")


def blocking_findings(assessment: Assessment) -> list[Finding]:
    return [finding for finding in findings(assessment) if finding.blocks]
