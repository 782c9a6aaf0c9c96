"""What waits for the scoring secretary: the next step of the year and the units that have not filed."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import Role
from accounts.models import User
from core import clock
from core.waiting import Task
from scoring.cycles.phases import ends_at
from scoring.cycles.steps import next_step
from scoring.enums import HANDED_IN, CycleState
from scoring.models import Cycle


def waiting_for(user: User) -> list[Task]:
    """Constant queries; nothing for anybody else."""
    if not user.has_role(Role.SCORING_SECRETARY):
        return []
    tasks = []
    for cycle in Cycle.objects.exclude(state__in=[CycleState.PUBLISHED, CycleState.ARCHIVED]).order_by("year"):
        tasks += [*_late(cycle), *_step(cycle)]
    return tasks


def _late(cycle: Cycle) -> list[Task]:
    if cycle.state != CycleState.FILING:
        return []
    missing = cycle.assessments.exclude(state__in=HANDED_IN).count()
    if not missing:
        return []
    title = ngettext("{n} unit has not submitted", "{n} units have not submitted", missing).format(n=missing)
    where = _("Filing board of {year}").format(year=cycle.year)
    return [Task("people", title, where, reverse("cycle", args=[cycle.year]), _("See who"), cycle.filing_closes_at)]


def _step(cycle: Cycle) -> list[Task]:
    step = next_step(cycle, clock.now())
    if step is None:
        return []
    where = _("Cycle of {year}").format(year=cycle.year)
    return [
        Task(
            "calendar-check",
            step.label,
            where,
            reverse("cycle", args=[cycle.year]),
            _("Open the cycle"),
            ends_at(cycle),
            step.locked,
        )
    ]
