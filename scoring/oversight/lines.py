"""What the first decision on a line was, before any explanation was heard."""

from scoring.enums import CorrectionKind
from scoring.models import Answer, Correction


def first_correction(answer: Answer) -> Correction | None:
    """Needs `correction` and `contest__contested` at hand."""
    contest = getattr(answer, "contest", None)
    return contest.contested if contest else answer.correction


def is_entered(answer: Answer) -> bool:
    """Whether the agency enters the line itself, for every unit: nothing was claimed that could be corrected."""
    return not answer.criterion.declared_by_unit and answer.criterion.pillar_id is not None


def is_granted(answer: Answer) -> bool:
    correction = first_correction(answer)
    return correction is not None and correction.kind == CorrectionKind.NOT_APPLICABLE
