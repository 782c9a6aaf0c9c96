"""The two doors of this desk: the committee reads, the scoring secretary acts."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from core.doors import door
from scoring.cycles.permissions import can_run_cycle, can_see_calendar
from scoring.cycles.selectors import cycles_for
from scoring.models import Cycle

# Secretary, appraisal lead, auditor; for others the page does not exist (404).
for_committee = door(can_see_calendar)
# As above, and who only reads is refused with the reason (403).
for_secretary = door(can_see_calendar, can_run_cycle)


def cycle_or_404(request: HttpRequest, year: int) -> Cycle:
    return get_object_or_404(cycles_for(request.user), year=year)
