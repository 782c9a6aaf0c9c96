"""What the pages of a form say about time: the unit's own limits, and the way to more."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from core.templatetags.values import last_moment, time_left, weekday_vi
from scoring.enums import CycleState
from scoring.extending.permissions import can_ask
from scoring.filing.deadlines import limits_of
from scoring.filing.permissions import filing_is_open
from scoring.models import Assessment


def time_frame(user: User, assessment: Assessment, now: datetime) -> dict[str, Any]:
    """`is_late`: past «on time», not locked yet. `is_shut`: over before anything was submitted. No query.

    Where the unit has more time than the others, the strip under the header counts down to its own limit.
    """
    cycle, limits = assessment.cycle, limits_of(assessment, assessment.cycle)
    unsubmitted = assessment.submitted_at is None and cycle.state in (CycleState.FILING, CycleState.APPRAISAL)
    is_open = bool(filing_is_open(assessment, cycle, now))
    frame = {
        "limits": limits,
        "may_ask_time": can_ask(user, assessment, cycle, now),
        "is_late": unsubmitted and is_open and limits.on_time_until <= now,
        "is_shut": unsubmitted and not is_open and now >= cycle.filing_opens_at,
    }
    if limits.extended_until and unsubmitted and now < limits.extended_until:
        until = weekday_vi(last_moment(limits.on_time_until))
        frame |= {"phase_left": time_left(limits.on_time_until, now)}
        frame |= {"phase_until": _("more time until {until}").format(until=until)}
    return frame
