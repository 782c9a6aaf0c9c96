"""One paper of minutes from the records as they are now."""

from django.conf import settings

from core import clock
from core.official.filling import filled
from scoring.minutes.records import read_records
from scoring.minutes.scope import Scope
from scoring.minutes.wording import worded

TEMPLATES = settings.ROOT / "data" / "word"


def minutes(scope: Scope, made_by: str) -> bytes:
    """A Word file for the office to go on writing in; `made_by` stands at the foot of its pages."""
    now = clock.now()
    template = TEMPLATES / ("minutes-unit.docx" if scope.unit else "minutes.docx")
    return filled(template, worded(read_records(scope), made_by, now), now)
