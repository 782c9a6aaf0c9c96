"""What is still missing before submission, line by line, with a sentence each."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from scoring.inputs import is_complete
from scoring.models import Answer, Assessment


@dataclass(frozen=True)
class Finding:
    """One thing about one line. A blocking finding must be mended before submission; the others are hints."""

    answer_id: int
    criterion_code: str
    pillar_code: str
    sentence: str
    blocks: bool = True


def findings(assessment: Assessment) -> list[Finding]:
    """All findings in the order of the form: two queries, whatever the number of lines."""
    answers = (
        assessment.answers.filter(criterion__declared_by_unit=True)
        .select_related("criterion__pillar")
        .prefetch_related("evidence")
    )
    found = []
    for answer in answers:
        answer.criterion.criteria_set = assessment.criteria_set
        sentence, blocks = _finding(answer)
        if sentence:
            pillar = answer.criterion.pillar
            found.append(Finding(answer.pk, answer.criterion.code, pillar.code if pillar else "", sentence, blocks))
    return found


def _finding(answer: Answer) -> tuple[str, bool]:
    criterion = answer.criterion
    if answer.asks_not_applicable:
        return (_("Say why the criterion does not apply."), True) if not answer.explanation else ("", False)
    if not answer.values:
        if criterion.pillar is None or answer.explanation:
            return "", False
        return _("Nothing is declared. Declare it, or write in the explanation why there is no figure."), True
    if not is_complete(criterion.leaf, answer.values):
        return _("The line is only half filled in."), True
    has_evidence = any(one.removed_at is None for one in answer.evidence.all())
    needs = criterion.evidence_required and answer.claimed_points
    if needs and not has_evidence and not answer.explanation:
        return _("Evidence is missing. Attach it, or explain why there is none."), True
    if needs and not has_evidence:
        return _("No evidence is attached, only an explanation; the appraiser decides."), False
    return "", False


def blocking_findings(assessment: Assessment) -> list[Finding]:
    return [finding for finding in findings(assessment) if finding.blocks]
