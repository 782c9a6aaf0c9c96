"""What the pages of assignment show: agencies with their plans, and one plan line by line."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from accounts.enums import Role
from accounts.models import RoleMembership, Unit, User
from scoring.conflicts.selectors import Barred, conflicts_among
from scoring.models import Answer, Assignment, AssignmentPlan, Cycle


@dataclass(frozen=True)
class AgencyRow:
    agency: Unit
    criteria: int
    lines: int
    appraisers: int
    plan: AssignmentPlan | None


def agencies(cycle: Cycle, user: User) -> list[AgencyRow]:
    """Every agency that appraises a line of the year: four queries."""
    lines = Answer.objects.filter(assessment__cycle=cycle, criterion__responsible__isnull=False).order_by()
    counted = lines.values("criterion__responsible").annotate(
        lines=Count("pk"), criteria=Count("criterion", distinct=True)
    )
    counts = {row["criterion__responsible"]: row for row in counted}
    held = RoleMembership.objects.in_force(user.today).filter(role=Role.APPRAISER, user__is_active=True)
    people = Counter(
        unit for unit, _user in held.filter(unit__in=counts).order_by().values_list("unit", "user").distinct()
    )
    plans = plans_in_force(cycle)
    return [
        AgencyRow(one, counts[one.pk]["criteria"], counts[one.pk]["lines"], people[one.pk], plans.get(one.pk))
        for one in Unit.objects.filter(pk__in=counts)
    ]


def plans_in_force(cycle: Cycle) -> dict[int, AssignmentPlan]:
    """Agency → its last plan of the year; the long lists stay in the database."""
    plans = cycle.assignment_plans.defer("table", "conflicts", "loads").select_related("made_by").order_by("pk")
    return {one.agency_id: one for one in plans}


def assigned(cycle: Cycle, agency: Unit) -> QuerySet[Assignment]:
    """The lines of the agency as they are assigned now, by unit and criterion."""
    related = ("answer__assessment__unit", "answer__criterion", "appraiser", "overridden_by")
    found = Assignment.objects.filter(plan__cycle=cycle, plan__agency=agency).select_related(*related)
    return found.order_by("answer__assessment__unit__name_sort", "answer__criterion__position", "pk")


@dataclass(frozen=True)
class PersonLoad:
    """`lines` of `units` units; `waiting` not decided; `blocked` of units with which the person has a conflict now.
    `is_gone`: no appraiser of the agency today."""

    person: User | None
    lines: int
    units: int
    waiting: int
    blocked: int
    is_gone: bool


def loads_of(rows: list[Assignment], people: list[User]) -> list[PersonLoad]:
    """Everybody of the agency, who has lines but is gone, and what is left to a lead: three queries."""
    by_person: dict[int | None, list[Assignment]] = defaultdict(list)
    for one in rows:
        by_person[one.appraiser_id].append(one)
    named = {one.pk: one for one in people} | {one.appraiser_id: one.appraiser for one in rows if one.appraiser}
    barred, of_agency = conflicts_among(named.values()), {one.pk for one in people}
    found = [
        _load(person, by_person[person.pk], barred[person.pk], person.pk not in of_agency)
        for person in sorted(named.values(), key=lambda one: (one.name_sort, one.pk))
    ]
    return [*found, _load(None, by_person[None], {}, False)] if by_person[None] else found


def _load(person: User | None, rows: list[Assignment], barred: Barred, is_gone: bool) -> PersonLoad:
    units = [one.answer.assessment.unit_id for one in rows]
    return PersonLoad(
        person=person,
        lines=len(rows),
        units=len(set(units)),
        waiting=sum(one.answer.line_state == "open" for one in rows),
        blocked=sum(unit in barred for unit in units),
        is_gone=is_gone,
    )
