"""What stands around every page of the desk: phases, time limits, what the person may do now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from core import clock
from scoring.appraisal.permissions import result_is_shown
from scoring.criteria.provenance import is_reconstruction
from scoring.cycles.phases import phase_strip
from scoring.enums import AssessmentState, CycleState
from scoring.extending.frame import time_frame
from scoring.filing.permissions import can_edit, can_prepare, can_reopen, can_submit
from scoring.models import Assessment, Cycle
from scoring.models.assessment import FILES


@dataclass(frozen=True)
class Limits:
    """On time before `closes_at`, possible before `locks_at`: what `permissions.may_file` asks, for a countdown."""

    closes_at: datetime
    locks_at: datetime
    is_near: bool


# From here on a countdown is shown; before, the strip of phases says enough.
_NEAR = timedelta(days=3)


def limits_of(assessment: Assessment, cycle: Cycle, now: datetime) -> Limits:
    closes_at, locks_at = cycle.filing_closes_at, cycle.filing_locks_at
    if assessment.submitted_at and cycle.state == CycleState.APPRAISAL:  # returned to be mended
        closes_at = locks_at = cycle.appraisal_closes_at
    return Limits(closes_at, locks_at, is_near=closes_at - now <= _NEAR)


def desk_frame(user: User, assessment: Assessment) -> dict[str, Any]:
    """The strip and the person's rights on one assessment, with `now` by the database's clock."""
    now, cycle = clock.now(), assessment.cycle
    return (
        phase_strip(cycle, now)
        | time_frame(user, assessment, now)
        | {
            "now": now,
            "assessment": assessment,
            "cycle": cycle,
            "can_edit": can_edit(user, assessment, cycle, now),
            "can_prepare": can_prepare(user, assessment, cycle, now),
            "can_reopen": can_reopen(user, assessment, cycle, now),
            "can_submit": can_submit(user, assessment, cycle, now),
            "is_returned": assessment.state == AssessmentState.RETURNED,
            "is_prepared": assessment.state == AssessmentState.PREPARED,
            "is_own": assessment.unit_id in user.units_as(*FILES),
            "has_result": assessment.unit_id in user.units_as(*FILES) and bool(result_is_shown(cycle)),
            "is_reconstruction": is_reconstruction(assessment.criteria_set.definition),
        }
    )
