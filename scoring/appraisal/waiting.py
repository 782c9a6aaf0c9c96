"""What waits for the committee, and for heads whose lines were changed. The home page shows it."""

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import Role
from accounts.models import User
from core import clock
from core.waiting import Task
from scoring.appraisal.permissions import ENTERS_COUNCIL, is_contestable
from scoring.appraisal.selectors.contests import explanations_for
from scoring.appraisal.selectors.progress import undecided_lines, unfinished_forms
from scoring.assigning.care import to_decide
from scoring.clarifying.selectors import awaits_unit
from scoring.clarifying.waiting import answered_tasks
from scoring.enums import AssessmentState, CycleState, ExplanationState, LineState
from scoring.marking.waiting import marking_tasks
from scoring.models import Answer, Cycle, Explanation


def waiting_for(user: User) -> list[Task]:
    """At most seven queries, whatever the number of units and lines; none for whoever has no part in it."""
    appraises = user.has_role(Role.APPRAISER, Role.APPRAISAL_LEAD)
    heads, enters = user.units_as(Role.UNIT_HEAD), user.has_role(*ENTERS_COUNCIL)
    if not (appraises or heads or enters):
        return []
    open_cycles = Cycle.objects.filter(state__in=[CycleState.APPRAISAL, CycleState.EXPLANATION]).order_by("year")
    tasks: list[Task] = []
    for cycle in open_cycles:
        if appraises and cycle.state == CycleState.APPRAISAL:
            tasks += [
                *answered_tasks(user, cycle),
                *_lines(user, cycle),
                *marking_tasks(user, cycle),
                *_closing(user, cycle),
            ]
        elif cycle.state == CycleState.EXPLANATION:
            tasks += _explanations(user, cycle) if appraises else []
            tasks += _referred(user, cycle) if enters else []
            tasks += _corrected(heads, cycle) if heads and clock.now() < cycle.explanation_closes_at else []
    return tasks


def _lines(user: User, cycle: Cycle) -> list[Task]:
    lines = to_decide(undecided_lines(cycle), user).exclude(awaits_unit(clock.now()))
    if not user.has_role(Role.APPRAISAL_LEAD):
        lines = lines.filter(criterion__responsible__in=user.units_as(Role.APPRAISER))
    count = lines.aggregate(lines=Count("pk"), units=Count("assessment", distinct=True))
    if not count["lines"]:
        return []
    title = ngettext("Appraise {n} line", "Appraise {n} lines", count["lines"]).format(n=count["lines"])
    where = ngettext("of {n} unit, {year}", "of {n} units, {year}", count["units"])
    return [
        Task(
            icon="clipboard-check",
            title=title,
            where=where.format(n=count["units"], year=cycle.year),
            url=reverse("appraisal"),
            button=_("Appraise"),
            until=cycle.appraisal_closes_at,
        )
    ]


def _closing(user: User, cycle: Cycle) -> list[Task]:
    if not user.has_role(Role.APPRAISAL_LEAD):
        return []
    under = cycle.assessments.filter(state=AssessmentState.UNDER_APPRAISAL)
    ready = under.exclude(pk__in=unfinished_forms(cycle, clock.now())).count()
    if not ready:
        return []
    return [
        Task(
            icon="check-lg",
            title=ngettext("Close {n} form", "Close {n} forms", ready).format(n=ready),
            where=_("Every line is decided, {year}").format(year=cycle.year),
            url=reverse("appraisal_progress", args=[cycle.year]),
            button=_("See and close"),
            until=cycle.appraisal_closes_at,
        )
    ]


def _explanations(user: User, cycle: Cycle) -> list[Task]:
    mine = explanations_for(user).filter(answer__assessment__cycle=cycle, state=ExplanationState.FILED)
    mine = mine.exclude(answer__assessment__unit__in=user.own_units).exclude(contested__made_by=user)
    before = Explanation.objects.filter(Q(decided_by=user) | Q(contested__made_by=user), answer=OuterRef("answer"))
    count = mine.exclude(Exists(before)).count()
    if not count:
        return []
    return [
        Task(
            icon="chat-left-text",
            title=ngettext("Decide {n} explanation", "Decide {n} explanations", count).format(n=count),
            where=_("Contested by units, {year}").format(year=cycle.year),
            url=reverse("explanations"),
            button=_("Decide"),
        )
    ]


def _referred(user: User, cycle: Cycle) -> list[Task]:
    found = explanations_for(user).filter(answer__assessment__cycle=cycle, state=ExplanationState.REFERRED)
    count = found.exclude(answer__assessment__unit__in=user.own_units).exclude(contested__made_by=user).count()
    if not count:
        return []
    title = ngettext(
        "Enter {n} decision of the appraisal council", "Enter {n} decisions of the appraisal council", count
    )
    return [
        Task(
            icon="chat-left-text",
            title=title.format(n=count),
            where=_("Contested lines referred to it, {year}").format(year=cycle.year),
            url=f"{reverse('explanations')}?state=council",
            button=_("See which"),
        )
    ]


def _corrected(heads: set[int], cycle: Cycle) -> list[Task]:
    """One task per unit, with the number of changed lines that are not explained yet."""
    lines = Answer.objects.filter(
        assessment__cycle=cycle,
        assessment__unit__in=heads,
        assessment__state=AssessmentState.APPRAISED,
        line_state__in=[LineState.CORRECTED, LineState.NOT_APPLICABLE],
    ).exclude(contest__round=cycle.explanation_round)
    if cycle.explanation_round > 1:
        lines = lines.exclude(contest=None)
    changed: dict[int, tuple[str, int]] = {}
    for answer in lines.select_related("assessment__unit").order_by("assessment__unit__name_sort"):
        if is_contestable(answer):
            name, count = changed.get(answer.assessment_id, (answer.assessment.unit.label, 0))
            changed[answer.assessment_id] = (name, count + 1)
    return [
        Task(
            icon="chat-left-text",
            title=ngettext("Read {n} changed line", "Read {n} changed lines", count).format(n=count),
            where=_("{unit}, {year}: explain what is not right").format(unit=name, year=cycle.year),
            url=reverse("provisional", args=[assessment]),
            button=_("Read and explain"),
            until=cycle.explanation_closes_at,
        )
        for assessment, (name, count) in changed.items()
    ]
