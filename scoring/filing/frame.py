"""What stands around every page of the desk: phases, time limits, what the person may do now."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.templatetags.ui import last_moment, time_left, weekday_vi
from scoring.appraisal.permissions import result_is_shown
from scoring.cycles.phases import ends_at, phases_of
from scoring.enums import AssessmentState, CycleState
from scoring.filing.permissions import can_edit, can_prepare, can_reopen, can_submit
from scoring.models import Assessment, Cycle
from scoring.models.assessment import FILES


def phase_strip(cycle: Cycle, now: datetime) -> dict[str, Any]:
    """Context of the strip under the header. «On time» and «locked» are two dates."""
    until = ends_at(cycle)
    if cycle.state == CycleState.FILING and now >= cycle.filing_closes_at:
        left, words = time_left(cycle.filing_locks_at, now), _("late; locked from {until}")
        until = cycle.filing_locks_at
    else:
        left, words = (time_left(until, now), _("until {until}")) if until else ("", "")
    return {
        "phases": phases_of(cycle),
        "phase_left": left,
        "phase_until": words.format(until=weekday_vi(last_moment(until))) if until else "",
    }


def desk_frame(user: User, assessment: Assessment) -> dict[str, Any]:
    """The strip and the person's rights on one assessment, with `now` by the database's clock."""
    now, cycle = clock.now(), assessment.cycle
    return phase_strip(cycle, now) | {
        "now": now,
        "assessment": assessment,
        "cycle": cycle,
        "can_edit": can_edit(user, assessment, cycle, now),
        "can_prepare": can_prepare(user, assessment, cycle, now),
        "can_reopen": can_reopen(user, assessment, cycle, now),
        "can_submit": can_submit(user, assessment, cycle, now),
        "is_returned": assessment.state == AssessmentState.RETURNED,
        "is_prepared": assessment.state == AssessmentState.PREPARED,
        "has_result": assessment.unit_id in user.units_as(*FILES) and bool(result_is_shown(cycle)),
        "is_reconstruction": any(leaf.provenance for leaf in assessment.criteria_set.definition.lines),
    }
