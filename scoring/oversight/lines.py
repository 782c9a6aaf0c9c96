"""What the first decision on a line was, before any explanation was heard."""

from django.db.models import Prefetch

from scoring.enums import CorrectionKind
from scoring.models import Answer, Correction, Explanation

# What `first_correction` needs beside `correction`: one query for all lines.
ROUNDS = Prefetch("explanations", Explanation.objects.select_related("contested__made_by").order_by("round"))


def first_correction(answer: Answer) -> Correction | None:
    """What the first round contested, else what is in force. Needs `correction` and ROUNDS at hand."""
    explanations = answer.explanations.all()
    return explanations[0].contested if explanations else answer.correction


def is_entered(answer: Answer) -> bool:
    """Whether the agency enters the line itself, for every unit: nothing was claimed that could be corrected."""
    return not answer.criterion.declared_by_unit and answer.criterion.pillar_id is not None


def is_granted(answer: Answer) -> bool:
    correction = first_correction(answer)
    return correction is not None and correction.kind == CorrectionKind.NOT_APPLICABLE
