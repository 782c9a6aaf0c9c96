"""What the pages read about more time."""

from scoring.models import Assessment, Extension


def extensions_of(assessment: Assessment) -> list[Extension]:
    """All of one form, the newest first, with the people: one query."""
    found = list(assessment.extensions.select_related("asked_by", "decided_by", "withdrawn_by"))
    for one in found:
        one.assessment = assessment
    return found
