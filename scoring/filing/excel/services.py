"""The act of taking a checked file in: all its fresh lines at once, under lock."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from core import clock, locks
from core.audit.services import record
from scoring.filing.declaring import AnswerInput
from scoring.filing.permissions import can_edit
from scoring.filing.together import Written, write_lines
from scoring.models import Assessment, Cycle


@dataclass(frozen=True)
class Typed:
    """What a file holds for one line, and the version of the line that its row was made from."""

    given: AnswerInput
    version: int


@transaction.atomic(durable=True)
def take_form(*, assessment: Assessment, typed: Mapping[str, Typed], sha256: str, actor: User) -> Written:
    """Write the lines of a checked file (by criterion code) as one act with one audit entry.

    A line that somebody saved after its row was made is left as it is, each by itself. A line that cannot be read
    refuses the whole file (Invalid).
    """
    cycle = locks.shared(Cycle, assessment.cycle_id)
    assessment = locks.exclusive(Assessment, assessment.pk)
    can_edit(actor, assessment, cycle, clock.now()).require()
    given = {code: one.given for code, one in typed.items()}
    written = write_lines(assessment, given, actor, {code: one.version for code, one in typed.items()})
    details = {"lines": len(typed), "changed": written.changed, "stale": written.stale, "sha256": sha256}
    details |= {"differences": written.differences}
    record(actor=actor, action="assessment.import_form", obj=assessment, details=details)
    return written
