"""The two doors of this desk: the committee reads, the scoring secretary acts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from core import clock
from core.doors import door
from scoring.cycles.permissions import can_run_cycle, can_see_calendar
from scoring.cycles.phases import phase_strip
from scoring.cycles.selectors import cycles_for
from scoring.models import Cycle

# Secretary, appraisal lead, auditor; for others the page does not exist (404).
for_committee = door(can_see_calendar)
# As above, and who only reads is refused with the reason (403).
for_secretary = door(can_see_calendar, can_run_cycle)


def cycle_or_404(request: HttpRequest, year: int) -> Cycle:
    return get_object_or_404(cycles_for(request.user), year=year)


def year_page(
    request: HttpRequest, cycle: Cycle, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page about that year: the strip under the header tells of its phases, not of the newest year's."""
    frame = phase_strip(cycle, clock.now()) | {"cycle": cycle}
    return render(request, template, frame | context, status=status)
