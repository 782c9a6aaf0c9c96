"""What stands around every page of the desk: phases, time limits, what the person may do now."""

from typing import Any

from accounts.models import User
from core import clock
from scoring.appraisal.permissions import result_is_shown
from scoring.clarifying.permissions import line_gate
from scoring.criteria.provenance import is_reconstruction
from scoring.cycles.phases import phase_strip
from scoring.enums import AssessmentState
from scoring.extending.frame import time_frame
from scoring.filing.deadlines import countdown_of
from scoring.filing.permissions import can_edit, can_prepare, can_reopen, can_submit
from scoring.models import Assessment
from scoring.models.assessment import FILES


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
            "countdown": countdown_of(assessment, cycle, now),
            "can_edit": can_edit(user, assessment, cycle, now),
            "line_gate": line_gate(user, assessment, cycle, now),
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
