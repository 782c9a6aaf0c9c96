"""Who is late with the appraisal: lines decided against the share of the time that is over."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil

from django.db.models import Count, Max, Q, QuerySet, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Role
from accounts.models import Unit, UnitGroup, User
from scoring.appraisal.permissions import RELEASED
from scoring.appraisal.selectors.progress import WITH_COMMITTEE, need_decision
from scoring.clarifying.selectors import awaits_unit
from scoring.enums import LineState
from scoring.marking.blind import unfinished, waiting_of
from scoring.models import Answer, Conflict, Criterion, Cycle
from scoring.models.assessment import READS_WHATEVER
from scoring.oversight.permissions import can_oversee

DAY = 24 * 60 * 60


class By(TextChoices):
    APPRAISER = "appraiser", gettext_lazy("By appraiser")
    CRITERION = "criterion", gettext_lazy("By criterion")
    UNIT = "unit", gettext_lazy("By unit")


@dataclass(frozen=True)
class Phase:
    """The time of the appraisal: from the lock of the filing to the closing date, seen at `now`."""

    begins_at: datetime
    closes_at: datetime
    now: datetime

    @property
    def _whole(self) -> int:
        return int((self.closes_at - self.begins_at).total_seconds())

    @property
    def _over(self) -> int:
        return min(max(int((self.now - self.begins_at).total_seconds()), 0), self._whole)

    @property
    def percent(self) -> int:
        """Of the time that is over, rounded down."""
        return 100 * self._over // self._whole if self._whole > 0 else 100

    @property
    def days_left(self) -> int:
        """Begun days."""
        return max(ceil((self.closes_at - self.now).total_seconds() / DAY), 0)

    def expected(self, lines: int) -> int:
        """How many of so many lines should be decided by now: evenly over the time, rounded down."""
        return lines * self._over // self._whole if self._whole > 0 else lines


@dataclass(frozen=True)
class Pace:
    """One person, criterion or unit: `assigned` lines are decided, open, or wait for the unit's answer."""

    phase: Phase
    title: str
    beside: str
    code: str
    assigned: int
    undecided: int
    waiting: int
    last_at: datetime | None

    @property
    def decided(self) -> int:
        return self.assigned - self.undecided

    @property
    def open(self) -> int:
        return self.undecided - self.waiting

    @property
    def behind(self) -> int:
        """Lines that should be decided by now and are not; what waits for a unit is nobody's delay."""
        return min(max(self.phase.expected(self.assigned) - self.decided - self.waiting, 0), self.open)

    @property
    def is_late(self) -> bool:
        return self.behind > 0

    @property
    def needed(self) -> int | None:
        """Lines a day from now on; None where no day is left."""
        return ceil(self.open / self.phase.days_left) if self.phase.days_left else None


def phase_of(cycle: Cycle, now: datetime) -> Phase:
    return Phase(cycle.filing_locks_at, cycle.appraisal_closes_at, now)


def paces(user: User, cycle: Cycle, by: By, now: datetime, group: UnitGroup | None = None) -> list[Pace]:
    """The latest first: three queries at most. Who only appraises sees the own row, and what the own agency shares."""
    phase = phase_of(cycle, now)
    rows = [Pace(phase, *names, *counts) for names, counts in _READERS[by](_lines(user, cycle, group), now)]
    return sorted(rows, key=lambda one: (-one.behind, -one.open))


Counts = tuple[int, int, int, datetime | None]
# Title, what stands beside it, code; and the figures.
Named = tuple[tuple[str, str, str], Counts]


def _lines(user: User, cycle: Cycle, group: UnitGroup | None) -> QuerySet[Answer]:
    lines = need_decision(Answer.objects.filter(assessment__cycle=cycle, assessment__state__in=WITH_COMMITTEE))
    if cycle.state not in RELEASED:
        lines = lines.exclude(assessment__unit__in=user.own_units)  # others appraise them, and their marks are hidden
    if not user.has_role(*READS_WHATEVER):
        lines = lines.exclude(assessment__unit__in=Conflict.objects.barred_units(user))
    if not can_oversee(user):
        lines = lines.exclude(waiting_of(user))
        shared = Q(assignment=None, criterion__responsible__in=user.units_as(Role.APPRAISER))
        lines = lines.filter(shared | Q(assignment__appraiser=user.pk))
    return lines.filter(assessment__group=group) if group else lines


def _counted(lines: QuerySet[Answer], now: datetime, *keys: str) -> dict[tuple, Counts]:
    """One query. A line that the unit was asked about, or whose second mark is still to come, is not decided yet."""
    waits = awaits_unit(now)
    figures = {
        "assigned": Count("pk"),
        "undecided": Count("pk", filter=Q(line_state=LineState.OPEN) | waits | unfinished()),
        "waiting": Count("pk", filter=waits),
        "last_at": Max("appraised_at"),
    }
    rows = lines.order_by().values(*keys).annotate(**figures)
    return {tuple(row[key] for key in keys): tuple(row[name] for name in figures) for row in rows}


def _by_appraiser(lines: QuerySet[Answer], now: datetime) -> list[Named]:
    """Lines of an agency without a plan are one row, and what a plan left to the lead another."""
    keys = ("assignment__plan", "assignment__appraiser", "criterion__responsible")
    counted = _counted(lines, now, *keys)
    people = User.objects.in_bulk({person for _plan, person, _agency in counted if person})
    agencies = Unit.objects.in_bulk({agency for _plan, _person, agency in counted if agency})
    found = []
    for (plan, person, agency), counts in counted.items():
        shared = _("left to an appraisal lead") if plan else _("shared by the agency")
        title = str(people[person]) if person else shared
        beside = agencies[agency].label if agency else ""
        order = (people[person].name_sort if person else "", agencies[agency].name_sort if agency else "", bool(plan))
        found.append((order, ((title, beside, ""), counts)))
    return [named for _order, named in sorted(found, key=lambda one: one[0])]


def _by_criterion(lines: QuerySet[Answer], now: datetime) -> list[Named]:
    counted = _counted(lines, now, "criterion")
    criteria = Criterion.objects.filter(pk__in=[pk for (pk,) in counted]).select_related("responsible")
    ordered = criteria.order_by("criteria_set__code", "position")
    return [
        ((one.title, one.responsible.label if one.responsible else "", one.code), counted[one.pk,]) for one in ordered
    ]


def _by_unit(lines: QuerySet[Answer], now: datetime) -> list[Named]:
    counted = _counted(lines, now, "assessment__unit")
    units = Unit.objects.filter(pk__in=[pk for (pk,) in counted]).select_related("group").order_by("name_sort", "pk")
    return [((one.label, one.group.label if one.group else "", ""), counted[one.pk,]) for one in units]


_READERS = {By.APPRAISER: _by_appraiser, By.CRITERION: _by_criterion, By.UNIT: _by_unit}
