"""The filing board: how far every unit of a year has come, and whom to call."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import RoleMembership, UnitGroup, User
from core import clock
from core.collation import fold
from scoring.enums import AssessmentState
from scoring.models import Answer, Assessment, Cycle


class Standing(models.TextChoices):
    """Where a unit stands with its filing, in the order in which somebody should look at it."""

    NOT_BEGUN = "not_begun", _("not begun")
    DRAFT = "draft", _("filling in")
    PREPARED = "prepared", _("waits for the head")
    RETURNED = "returned", _("returned, to be mended")
    LATE = "late", _("submitted late")
    ON_TIME = "on_time", _("submitted on time")


_ORDER = list(Standing)


@dataclass(frozen=True)
class BoardRow:
    """One unit on the filing board: `saved` of `lines` lines of the pillars that the unit declares."""

    assessment: Assessment
    saved: int
    lines: int
    officers: list[User]

    @property
    def standing(self) -> Standing:
        if self.assessment.is_handed_in:
            return Standing.ON_TIME if self.assessment.on_time else Standing.LATE
        if self.assessment.state == AssessmentState.DRAFT and not self.saved:
            return Standing.NOT_BEGUN
        return Standing(self.assessment.state)


@dataclass(frozen=True)
class GroupCount:
    """How many units of a group stand where, in the order of Standing."""

    group: UnitGroup
    total: int
    cells: list[tuple[Standing, int]]


_NEVER = datetime.max.replace(tzinfo=None)
SORTS = {
    "name": lambda row: row.assessment.unit.name_sort,
    "state": lambda row: (_ORDER.index(row.standing), row.assessment.unit.name_sort),
    "done": lambda row: row.saved / row.lines if row.lines else 0,
    "submitted": lambda row: (
        row.assessment.submitted_at.replace(tzinfo=None) if row.assessment.submitted_at else _NEVER,
        row.assessment.unit.name_sort,
    ),
}


def board_rows(cycle: Cycle) -> list[BoardRow]:
    """Every unit of the cycle by name: three queries for any number of units."""
    assessments = list(cycle.assessments.select_related("unit", "group").order_by("unit__name_sort"))
    touched = ~Q(values={}) | ~Q(explanation="") | Q(asks_not_applicable=True)
    counted = (
        Answer.objects.filter(
            assessment__cycle=cycle, criterion__declared_by_unit=True, criterion__pillar__isnull=False
        )
        .values_list("assessment")
        .annotate(lines=Count("pk"), saved=Count("pk", filter=touched))
        .values_list("assessment", "saved", "lines")
        .order_by()
    )
    numbers = {pk: (saved, lines) for pk, saved, lines in counted}
    officers = _officers([one.unit_id for one in assessments])
    return [BoardRow(one, *numbers.get(one.pk, (0, 0)), officers[one.unit_id]) for one in assessments]


def _officers(units: list[int]) -> dict[int, list[User]]:
    found = defaultdict(list)
    memberships = RoleMembership.objects.in_force(clock.today()).filter(role=Role.UNIT_OFFICER, unit__in=units)
    for membership in memberships.select_related("user"):
        found[membership.unit_id].append(membership.user)
    return found


def narrowed(
    rows: list[BoardRow], *, q: str = "", standing: str = "", group: str = "", sort: str = "name"
) -> list[BoardRow]:
    """Those that fit the filter (tone marks ignored), in one order; a leading minus turns it round."""
    wanted = fold(q)
    fitting = [
        row
        for row in rows
        if wanted in row.assessment.unit.name_fold
        and standing in ("", row.standing)
        and group in ("", row.assessment.group.code)
    ]
    return sorted(fitting, key=SORTS[sort.removeprefix("-")], reverse=sort.startswith("-"))


def counts_of(rows: list[BoardRow]) -> list[GroupCount]:
    """One line per group that takes part, in the order of the groups."""
    by_group: dict[UnitGroup, Counter] = defaultdict(Counter)
    for row in rows:
        by_group[row.assessment.group][row.standing] += 1
    groups = sorted(by_group, key=lambda group: (group.position, group.code))
    return [
        GroupCount(group, by_group[group].total(), [(standing, by_group[group][standing]) for standing in _ORDER])
        for group in groups
    ]
