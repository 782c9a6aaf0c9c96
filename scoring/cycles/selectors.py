"""What the secretary's pages read."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from accounts.enums import Role
from accounts.models import RoleMembership, User
from core import clock
from core.collation import fold
from scoring.enums import AssessmentState, SetState
from scoring.models import Assessment, CriteriaSet, Cycle
from scoring.models.assessment import READS_ALL


def cycles_for(user: User) -> QuerySet[Cycle]:
    """The calendar is the committee's; units see the phases on their own pages."""
    return Cycle.objects.select_related("movement") if user.has_role(*READS_ALL) else Cycle.objects.none()


@dataclass(frozen=True)
class BoardRow:
    """One unit on the filing board: `saved` of `lines` lines that the unit declares, and whom to call."""

    assessment: Assessment
    saved: int
    lines: int
    officers: list[User]

    @property
    def standing(self) -> str:
        """not_begun, or the state of the assessment."""
        untouched = self.assessment.state == AssessmentState.DRAFT and not self.saved
        return "not_begun" if untouched else self.assessment.state


SORTS = {
    "name": lambda row: row.assessment.unit.name_sort,
    "done": lambda row: row.saved / row.lines if row.lines else 0,
}


def filing_board(
    cycle: Cycle, *, search: str = "", standing: str = "", group: str = "", sort: str = "name"
) -> list[BoardRow]:
    """Three queries for any number of units. `sort` is a key of SORTS, with a leading minus downwards."""
    declared = Q(answers__criterion__declared_by_unit=True)
    assessments = (
        cycle.assessments.select_related("unit", "group")
        .annotate(
            lines=Count("answers", filter=declared),
            saved=Count("answers", filter=declared & Q(answers__updated_at__isnull=False)),
        )
        .order_by("unit__name_sort")
    )
    if search:
        assessments = assessments.filter(unit__name_fold__contains=fold(search))
    if group:
        assessments = assessments.filter(group__code=group)
    officers = _officers([one.unit_id for one in assessments])
    rows = [BoardRow(one, one.saved, one.lines, officers[one.unit_id]) for one in assessments]
    rows = [row for row in rows if standing in ("", row.standing)]
    return sorted(rows, key=SORTS[sort.removeprefix("-")], reverse=sort.startswith("-"))


def _officers(units: list[int]) -> dict[int, list[User]]:
    found = defaultdict(list)
    memberships = RoleMembership.objects.in_force(clock.today()).filter(role=Role.UNIT_OFFICER, unit__in=units)
    for membership in memberships.select_related("user"):
        found[membership.unit_id].append(membership.user)
    return found


def offered_sets() -> QuerySet[CriteriaSet]:
    """Sets that a cycle may be scored by; drafts stand there to be published first."""
    return CriteriaSet.objects.exclude(state=SetState.RETIRED).defer("document")
