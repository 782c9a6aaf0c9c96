"""A receipt's code as people type it, and the submission that it names."""

import re

from core.codes import ALPHABET, read_code
from scoring.models import Submission

_SHAPE = re.compile(rf"(TN[0-9]{{2}})([{ALPHABET}]{{4}})([{ALPHABET}]{{4}})")


def submission_by_code(typed: str) -> Submission | None:
    """With unit and cycle at hand. One query also for what cannot be a code: every wrong one is the same work."""
    found = _SHAPE.fullmatch(read_code(typed))
    code = "-".join(found.groups()) if found else "-"
    return Submission.objects.select_related("assessment__unit", "assessment__cycle").filter(receipt_code=code).first()


def is_last(submission: Submission) -> bool:
    return not Submission.objects.filter(assessment=submission.assessment_id, number__gt=submission.number).exists()
