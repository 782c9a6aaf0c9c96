"""Whose pages these are."""

from core.doors import door
from core.errors import NotAllowed
from core.verdict import Verdict
from scoring.appraisal.permissions import can_see_desk


def require_right(verdict: Verdict) -> None:
    """Refuse at once what the person may never do here; a wrong state is for the service, and is shown in the form."""
    if not verdict and verdict.error is NotAllowed:
        verdict.require()


# For the committee, the secretary and the auditor; to everybody else the page is not there (404).
desk_page = door(can_see_desk)
