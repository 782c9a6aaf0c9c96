"""What comes next in a year, and why it may have to wait: the same conditions the services hold, in words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from scoring.cycles import services
from scoring.enums import AssessmentState, CycleAction, CycleState, ExplanationState, RunState, SetState
from scoring.models import Cycle, Explanation, RankingRun


@dataclass(frozen=True)
class Step:
    """The next step of a cycle. `locked` is empty when it may be taken now."""

    action: CycleAction
    label: str
    consequence: str
    locked: str = ""


ACTS: dict[CycleAction, Callable[..., Cycle]] = {
    CycleAction.OPEN_FILING: services.open_filing,
    CycleAction.CLOSE_FILING: services.close_filing,
    CycleAction.RELEASE: services.release_provisional,
    CycleAction.OPEN_EXPLANATION: services.open_explanation,
    CycleAction.SETTLE: services.settle,
}


def take(cycle: Cycle, action: CycleAction, actor: User) -> Cycle:
    """One act of the calendar by its name."""
    return ACTS[action](cycle=cycle, actor=actor)


def next_step(cycle: Cycle, now: datetime) -> Step | None:
    """None once the scores are settled: from there rankings are published, group by group."""
    maker = {
        CycleState.PREPARING: _open_filing,
        CycleState.FILING: _close_filing,
        CycleState.APPRAISAL: _release,
        CycleState.PROVISIONAL: _open_explanation,
        CycleState.EXPLANATION: _settle,
    }.get(cycle.state)
    return maker(cycle, now) if maker else None


def _open_filing(cycle: Cycle, now: datetime) -> Step:
    drafts = [
        str(one.criteria_set)
        for one in cycle.groups.select_related("criteria_set")
        if one.criteria_set.state != SetState.PUBLISHED
    ]
    return Step(
        CycleAction.OPEN_FILING,
        _("Open filing"),
        _("Groups and criteria sets are frozen, and every active unit of the groups gets an empty form."),
        _("Publish these criteria sets first: {sets}.").format(sets=", ".join(drafts)) if drafts else "",
    )


def _close_filing(cycle: Cycle, now: datetime) -> Step:
    early = now < cycle.filing_closes_at
    return Step(
        CycleAction.CLOSE_FILING,
        _("Close filing"),
        _("What was submitted goes to the appraisers. What was not submitted is locked and counts as not declared."),
        _("Units may file until the closing date; the phase cannot be closed before it.") if early else "",
    )


def _release(cycle: Cycle, now: datetime) -> Step:
    waiting = cycle.assessments.filter(state=AssessmentState.UNDER_APPRAISAL).count()
    computed = RankingRun.objects.filter(cycle=cycle, state=RunState.COMPUTED).values("group")
    missing = [str(one.group) for one in cycle.groups.select_related("group").exclude(group__in=computed)]
    locked = ""
    if waiting:
        locked = ngettext(
            "{n} assessment is still under appraisal.", "{n} assessments are still under appraisal.", waiting
        ).format(n=waiting)
    elif missing:
        locked = _("Compute a ranking run first for: {groups}.").format(groups=", ".join(missing))
    return Step(
        CycleAction.RELEASE,
        _("Show the provisional result"),
        _("Each unit sees its own points, line by line, and its rank; nobody else does."),
        locked,
    )


def _open_explanation(cycle: Cycle, now: datetime) -> Step:
    return Step(
        CycleAction.OPEN_EXPLANATION,
        _("Open the explanation"),
        _("Heads of units may contest corrected lines until the closing date."),
    )


def _settle(cycle: Cycle, now: datetime) -> Step:
    undecided = Explanation.objects.filter(answer__assessment__cycle=cycle, state=ExplanationState.FILED).count()
    locked = ""
    if undecided:
        locked = ngettext(
            "{n} explanation is not decided yet.", "{n} explanations are not decided yet.", undecided
        ).format(n=undecided)
    elif now < cycle.explanation_closes_at:
        locked = _("Units may explain until the closing date; the scores cannot be settled before it.")
    return Step(
        CycleAction.SETTLE,
        _("Settle the scores"),
        _("Scores change no more. Rankings are computed from them and published."),
        locked,
    )
