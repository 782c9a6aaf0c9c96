"""What the minutes rest on, read from the tables: about twenty queries whatever the number of units."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localdate

from accounts.enums import Role
from accounts.models import RoleMembership, User
from core import clock
from scoring.enums import LineState
from scoring.marking.agreement import Agreement, agreement
from scoring.marking.selectors import DrawRow, draws_of, marks_in
from scoring.minutes.scope import Scope
from scoring.models import (
    Answer,
    Assignment,
    AssignmentPlan,
    Clarification,
    Conflict,
    CriteriaSet,
    Explanation,
    Extension,
    SecondMark,
)
from scoring.oversight.ledger import UnitLedger
from scoring.oversight.lines import ROUNDS
from scoring.oversight.selectors import group_ledger

_LINE = ("criterion__responsible", "criterion__pillar", "correction__made_by", "appraised_by")


@dataclass(frozen=True)
class Work:
    """Lines of one agency that one person decided on, by what came of them."""

    agency: tuple[int, str]
    person: tuple[int, str]
    states: Counter


@dataclass(frozen=True)
class Records:
    """`lines` are those that were changed, contested, or asked to be not applicable; by unit and place in the set.

    `by_unit` and `all_lines` count lines by state. A plan divides an agency's lines of the whole year.
    """

    scope: Scope
    criteria_set: CriteriaSet
    ledgers: list[UnitLedger]
    by_unit: dict[int, Counter]
    works: list[Work]
    lines: list[Answer]
    contests: list[Explanation]
    threads: list[Clarification]
    extensions: list[Extension]
    conflicts: list[Conflict]
    own_units: list[tuple[User, int]]
    plans: list[AssignmentPlan]
    assigned: dict[int, Counter]
    overrides: list[Assignment]
    draws: list[DrawRow]
    alike: Agreement

    @property
    def all_lines(self) -> Counter:
        return sum(self.by_unit.values(), Counter())


def read_records(scope: Scope) -> Records:
    answers = Answer.objects.filter(assessment__in=scope.handed_in)
    forms = {form.pk: form for form in scope.assessments}
    lines, threads, contests = list(_lines(answers)), list(_threads(scope)), list(_contests(scope))
    extensions = list(_extensions(scope))
    for one in (*lines, *(told.answer for told in (*threads, *contests)), *extensions):
        one.assessment = forms[one.assessment_id]
    plans = _plans(scope)
    return Records(
        scope=scope,
        criteria_set=scope.one.criteria_set,
        ledgers=[one for one in group_ledger(scope.one) if one.assessment.unit_id in scope.units],
        by_unit=_by_unit(answers),
        works=_works(answers),
        lines=lines,
        contests=contests,
        threads=threads,
        extensions=extensions,
        conflicts=list(_conflicts(scope)),
        own_units=_own_units(scope),
        plans=plans,
        assigned=_assigned(scope, plans),
        overrides=list(_overrides(scope)),
        draws=draws_of(scope.cycle),
        alike=_agreement(scope),
    )


def _by_unit(answers: QuerySet[Answer]) -> dict[int, Counter]:
    found: dict[int, Counter] = {}
    counted = answers.order_by().values_list("assessment__unit", "line_state").annotate(n=Count("pk"))
    for unit, state, count in counted:
        found.setdefault(unit, Counter())[state] += count
    return found


def _works(answers: QuerySet[Answer]) -> list[Work]:
    found: dict[tuple, Work] = {}
    by = ("criterion__responsible", "criterion__responsible__name", "appraised_by", "appraised_by__full_name")
    decided = answers.exclude(line_state=LineState.OPEN).order_by(by[1], "appraised_by__name_sort", by[2])
    for agency, name, person, full_name, state, count in decided.values_list(*by, "line_state").annotate(n=Count("pk")):
        one = found.setdefault((agency, person), Work((agency or 0, name or ""), (person, full_name), Counter()))
        one.states[state] += count
    return list(found.values())


def _lines(answers: QuerySet[Answer]) -> QuerySet[Answer]:
    told = Q(correction__isnull=False) | Q(contest__isnull=False) | Q(asks_not_applicable=True)
    return (
        answers.filter(told)
        .select_related(*_LINE)
        .prefetch_related(ROUNDS)
        .order_by("assessment__unit__name_sort", "criterion__position", "pk")
    )


def _threads(scope: Scope) -> QuerySet[Clarification]:
    found = Clarification.objects.filter(answer__assessment__in=scope.handed_in)
    related = found.select_related("answer__criterion", "asked_by", "replied_by")
    return related.order_by("answer__assessment__unit__name_sort", "answer__criterion__position", "pk")


def _contests(scope: Scope) -> QuerySet[Explanation]:
    """Of every round."""
    found = Explanation.objects.filter(answer__assessment__in=scope.handed_in)
    related = found.select_related("answer__criterion", "contested", "decided_by", "referral")
    return related.order_by("answer__assessment__unit__name_sort", "answer__criterion__position", "answer", "round")


def _extensions(scope: Scope) -> QuerySet[Extension]:
    found = Extension.objects.filter(assessment__in=scope.assessments).select_related("asked_by", "decided_by")
    return found.order_by("assessment__unit__name_sort", "pk")


def _conflicts(scope: Scope) -> QuerySet[Conflict]:
    """Everything on record about a unit of the paper, what is over too."""
    found = Conflict.objects.filter(Q(unit__in=scope.units) | Q(agency__in=scope.units))
    return found.select_related("person", "agency", "unit", "declared_by", "withdrawn_by").order_by("pk")


def _own_units(scope: Scope) -> list[tuple[User, int]]:
    """Who appraises today and belongs to a unit of the paper: a conflict of interest that nobody has to declare."""
    today = localdate(clock.now())
    people = User.objects.holding(today, role__in=[Role.APPRAISER, Role.APPRAISAL_LEAD]).filter(is_active=True)
    held = RoleMembership.objects.in_force(today).filter(user__in=people, unit__in=scope.units).select_related("user")
    pairs = {(one.user_id, one.unit_id): one.user for one in held.order_by("user__name_sort", "user_id")}
    return [(user, unit) for (_pk, unit), user in pairs.items()]


def _plans(scope: Scope) -> list[AssignmentPlan]:
    """The plan in force of each agency."""
    latest: dict[int, AssignmentPlan] = {}
    for plan in scope.cycle.assignment_plans.select_related("agency", "made_by").defer("table"):
        latest.setdefault(plan.agency_id, plan)
    return sorted(latest.values(), key=lambda plan: plan.agency.name_sort)


def _assigned(scope: Scope, plans: Iterable[AssignmentPlan]) -> dict[int, Counter]:
    """Plan → lines of the paper's units: all, left to a lead, given otherwise by hand."""
    counted = (
        Assignment.objects.filter(plan__in=plans, answer__assessment__in=scope.assessments)
        .order_by()
        .values_list("plan")
        .annotate(
            n=Count("pk"),
            left=Count("pk", filter=Q(appraiser=None)),
            other=Count("pk", filter=Q(overridden_at__isnull=False)),
        )
    )
    return {plan: Counter(all=n, left=left, other=other) for plan, n, left, other in counted}


def _overrides(scope: Scope) -> QuerySet[Assignment]:
    found = Assignment.objects.filter(answer__assessment__in=scope.assessments, overridden_at__isnull=False)
    return found.select_related("appraiser", "overridden_by", "plan__agency").order_by("overridden_at", "pk")


def _agreement(scope: Scope) -> Agreement:
    """Of the paper's lines that have both marks."""
    found = SecondMark.objects.filter(answer__assessment__in=scope.handed_in, saved_at__isnull=False)
    both = found.exclude(answer__line_state=LineState.OPEN).select_related("answer__criterion")
    return agreement([marks_in(one) for one in both])
