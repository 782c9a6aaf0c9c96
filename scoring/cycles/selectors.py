"""What the secretary's pages read."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import UnitGroup, User
from core import clock
from core.templatetags.values import last_moment
from scoring.cycles.checks import latest_runs, outstanding
from scoring.enums import CycleAction, ExplanationState, LineState, SetState
from scoring.models import Answer, CriteriaSet, Cycle, Explanation
from scoring.models.assessment import READS_ALL


def cycles_for(user: User) -> QuerySet[Cycle]:
    """The calendar is the committee's; units see the phases on their own pages."""
    return Cycle.objects.select_related("movement") if user.has_role(*READS_ALL) else Cycle.objects.none()


def offered_sets() -> QuerySet[CriteriaSet]:
    """Sets that a cycle may be scored by; drafts stand there to be published first."""
    return CriteriaSet.objects.exclude(state=SetState.RETIRED).defer("document")


def listed_sets() -> QuerySet[CriteriaSet]:
    """As above, with the number of criteria and whether next year's set exists already."""
    following = CriteriaSet.objects.filter(code=OuterRef("code"), year=OuterRef("year") + 1)
    return offered_sets().annotate(
        line_count=Count("criteria"),
        orphan_count=Count("criteria", filter=Q(criteria__responsible=None)),
        has_next=Exists(following),
    )


def proposed_sets(year: int, last: Cycle | None) -> dict[str, int]:
    """Field of the form → the set to begin with: the newest of what the group had last, or one named for the group."""
    sets = list(offered_sets().filter(year__lte=year).order_by("-year"))
    had = {one.group_id: one.criteria_set.code for one in last.groups.select_related("criteria_set")} if last else {}
    proposal = {}
    for group in UnitGroup.objects.all():
        fitting = [one for one in sets if one.code == had.get(group.pk) or one.code.endswith(f"-{group.code}")]
        if fitting:
            proposal[f"set_{group.code}"] = fitting[0].pk
    return proposal


def _day(moment) -> str:
    return f"{localtime(moment):%d/%m/%Y}"


def facts_of(cycle: Cycle, action: CycleAction) -> list[str]:
    """What stands on the page that asks before a step: who is concerned, what is left open."""
    return _FACTS[action](cycle) if action in _FACTS else []


def _opening(cycle: Cycle) -> list[str]:
    groups = cycle.groups.select_related("group", "criteria_set").annotate(
        units=Count("group__units", filter=Q(group__units__is_active=True))
    )
    lines = [
        _("{group}: {n} units, by the set {name}").format(group=one.group.label, n=one.units, name=one.criteria_set)
        for one in groups
    ]
    span = _("On time from {first} through {last}, late through {locked}").format(
        first=_day(cycle.filing_opens_at),
        last=_day(last_moment(cycle.filing_closes_at)),
        locked=_day(last_moment(cycle.filing_locks_at)),
    )
    return [*lines, span]


def _closing(cycle: Cycle) -> list[str]:
    missing = outstanding(cycle)
    handed_in = cycle.assessments.count() - missing
    extended = cycle.assessments.filter(submitted_at__isnull=True, extended_until__gt=clock.now()).count()
    more_time = ngettext(
        "{n} was given more time and may still file", "{n} were given more time and may still file", extended
    )
    return [
        ngettext(
            "{n} self-assessment goes to the appraisers", "{n} self-assessments go to the appraisers", handed_in
        ).format(n=handed_in),
        ngettext(
            "{n} was not submitted and is locked", "{n} were not submitted and are locked", missing - extended
        ).format(n=missing - extended),
        *([more_time.format(n=extended)] if extended else []),
    ]


def _releasing(cycle: Cycle) -> list[str]:
    runs = latest_runs(cycle)
    return [
        _("{group}: run {number}").format(group=one.group.label, number=runs[one.group_id].number)
        for one in cycle.groups.select_related("group")
        if one.group_id in runs
    ]


def _explaining(cycle: Cycle) -> list[str]:
    changed = Answer.objects.filter(
        assessment__cycle=cycle, line_state__in=[LineState.CORRECTED, LineState.NOT_APPLICABLE]
    ).count()
    return [
        ngettext("{n} corrected line may be contested", "{n} corrected lines may be contested", changed).format(
            n=changed
        ),
        _("Through {day}").format(day=_day(last_moment(cycle.explanation_closes_at))),
    ]


def _settling(cycle: Cycle) -> list[str]:
    explanations = Explanation.objects.filter(answer__assessment__cycle=cycle)
    upheld = explanations.filter(state__in=[ExplanationState.UPHELD, ExplanationState.PARTLY_UPHELD]).count()
    return [
        _("{all} explanations were decided, {upheld} of them upheld").format(all=explanations.count(), upheld=upheld)
    ]


_FACTS = {
    CycleAction.OPEN_FILING: _opening,
    CycleAction.CLOSE_FILING: _closing,
    CycleAction.RELEASE: _releasing,
    CycleAction.OPEN_EXPLANATION: _explaining,
    CycleAction.SETTLE: _settling,
}
