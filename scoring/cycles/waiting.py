"""What waits for the scoring secretary: the next step of the year and the units that have not filed."""

from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import Role
from accounts.models import User
from core import clock
from core.templatetags.values import last_moment
from core.waiting import Task
from scoring.cycles.checks import outstanding
from scoring.cycles.steps import next_step
from scoring.enums import CycleState, ExtensionState
from scoring.models import Cycle, Extension

# Units named in one line of the list.
NAMED = 4


def waiting_for(user: User) -> list[Task]:
    """A few queries per year under way (there are one or two); nothing for anybody else."""
    if not user.has_role(Role.SCORING_SECRETARY):
        return []
    now, tasks = clock.now(), []
    running = list(Cycle.objects.exclude(state__in=[CycleState.PUBLISHED, CycleState.ARCHIVED]).order_by("year"))
    for cycle in running:
        tasks += [*_late(cycle, now), *_asked(cycle), *_step(cycle, now)]
    return tasks or _next_year()


def _next_year() -> list[Task]:
    """Nothing runs: the next year can be set up."""
    where = _("Its dates, its groups and the criteria set of each group.")
    return [Task("calendar3", _("Set up a year"), where, reverse("cycle_new"), _("Set up a year"))]


def _late(cycle: Cycle, now: datetime) -> list[Task]:
    missing = outstanding(cycle) if cycle.state == CycleState.FILING else 0
    if not missing:
        return []
    title = ngettext("{n} unit has not submitted", "{n} units have not submitted", missing).format(n=missing)
    late = now >= cycle.filing_closes_at
    until = cycle.filing_locks_at if late else cycle.filing_closes_at
    words = (
        _("Cycle of {year}: late since {day}; filing is locked after {until}.")
        if late
        else _("Cycle of {year}: on time through {until}.")
    )
    where = words.format(year=cycle.year, day=_day(cycle.filing_closes_at), until=_day(last_moment(until)))
    return [Task("people", title, where, reverse("board", args=[cycle.year]), _("See who"), until)]


def _asked(cycle: Cycle) -> list[Task]:
    """Units that asked for more time and wait for an answer."""
    asked = Extension.objects.filter(assessment__cycle=cycle, state=ExtensionState.ASKED)
    units = list(asked.order_by("asked_at").values_list("assessment", "assessment__unit__name")[:50])
    if not units or cycle.state not in (CycleState.FILING, CycleState.APPRAISAL):
        return []
    title = ngettext("{n} unit asks for more time", "{n} units ask for more time", len(units)).format(n=len(units))
    where = ", ".join(name for _pk, name in units[:NAMED]) + (" …" if len(units) > NAMED else "")
    board = f"{reverse('board', args=[cycle.year])}?flag=asked"
    url = reverse("board_unit", args=[cycle.year, units[0][0]]) if len(units) == 1 else board
    return [Task("clock-history", title, where, url, _("Answer"))]


def _day(moment: datetime) -> str:
    return f"{localtime(moment):%d/%m/%Y}"


def _step(cycle: Cycle, now: datetime) -> list[Task]:
    step = next_step(cycle, now)
    if step is None:
        return []
    title = _("{act}, cycle of {year}").format(act=step.label, year=cycle.year)
    url = reverse("cycle_step", args=[cycle.year, step.slug])
    return [Task("calendar-check", title, step.consequence, url, step.label, None, step.locked)]
