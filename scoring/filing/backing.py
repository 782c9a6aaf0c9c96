"""Whether something stands behind a line that an appraiser can look at."""

from scoring.enums import ScanState
from scoring.models import Answer


def is_backed(answer: Answer) -> bool:
    """A sound file, or a citation. The answer comes from `checks.lines_of`: no query."""
    return any(one.scan != ScanState.INFECTED for one in answer.evidence.all()) or bool(answer.citations.all())
