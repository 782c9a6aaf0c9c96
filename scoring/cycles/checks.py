"""What must be true before a year moves on: one answer for the page, which says why it waits, and for the service."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Max, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Unit
from core.errors import WrongState
from core.lifecycle import can
from core.verdict import YES, Verdict
from scoring.enums import (
    HANDED_IN,
    UNDECIDED,
    AssessmentState,
    CycleAction,
    CycleState,
    RunState,
    SetState,
)
from scoring.models import Answer, Cycle, Explanation, RankingRun

ONE_SECOND = timedelta(seconds=1)


def _no(sentence: str, **values) -> Verdict:
    return Verdict(False, sentence.format(**values), WrongState)


def last_second(end: datetime) -> str:
    """The last second before an exclusive end, by the server's clock: 23:59:59 10/12/2026."""
    return f"{localtime(end - ONE_SECOND):%H:%M:%S %d/%m/%Y}"


def may_move(cycle: Cycle, action: CycleAction, now: datetime) -> Verdict:
    """Whether the step fits the state and nothing stands in its way. A few queries, however many units."""
    if not can(cycle, action):
        sentence = _("“{action}” is not possible while the state is “{state}”.")
        return _no(sentence, action=action.label, state=cycle.get_state_display())
    return _CHECKS.get(action, lambda cycle, now: YES)(cycle, now)


def _open_filing(cycle: Cycle, now: datetime) -> Verdict:
    groups = list(cycle.groups.select_related("group", "criteria_set"))
    if not groups:
        return _no(_("The cycle has no group yet."))
    if drafts := [str(one.criteria_set) for one in groups if one.criteria_set.state == SetState.DRAFT]:
        return _no(_("Publish these criteria sets first: {sets}."), sets=", ".join(drafts))
    staffed = set(Unit.objects.filter(is_active=True, group__isnull=False).values_list("group", flat=True))
    if empty := [one.group.label for one in groups if one.group_id not in staffed]:
        return _no(_("These groups have no active unit: {groups}."), groups=", ".join(empty))
    if now >= cycle.filing_closes_at:
        return _no(
            _("The time for filing ended at {time}. Change the dates first."), time=last_second(cycle.filing_closes_at)
        )
    return YES


def outstanding(cycle: Cycle) -> int:
    """Units whose self-assessment has not been handed in."""
    return cycle.assessments.exclude(state__in=HANDED_IN).count()


def _close_filing(cycle: Cycle, now: datetime) -> Verdict:
    """Not before the gate shuts, as the units were told; unless nobody is left who could come late."""
    if now < cycle.filing_closes_at:
        return _no(_("Units file on time until {time} (server time)."), time=last_second(cycle.filing_closes_at))
    missing = outstanding(cycle) if now < cycle.filing_locks_at else 0
    if missing:
        sentence = ngettext(
            "{n} unit has not submitted and may do so late until {time} (server time).",
            "{n} units have not submitted and may do so late until {time} (server time).",
            missing,
        )
        return _no(sentence, n=missing, time=last_second(cycle.filing_locks_at))
    return YES


def _release(cycle: Cycle, now: datetime) -> Verdict:
    under = cycle.assessments.filter(state=AssessmentState.UNDER_APPRAISAL).count()
    if under:
        sentence = ngettext(
            "{n} assessment is still under appraisal.", "{n} assessments are still under appraisal.", under
        )
        return _no(sentence, n=under)
    returned = cycle.assessments.filter(submitted_at__isnull=False).exclude(state__in=HANDED_IN).count()
    if returned and now < cycle.appraisal_closes_at:
        sentence = ngettext(
            "{n} returned self-assessment may be handed in again until {time}.",
            "{n} returned self-assessments may be handed in again until {time}.",
            returned,
        )
        return _no(sentence, n=returned, time=last_second(cycle.appraisal_closes_at))
    extended = cycle.assessments.filter(submitted_at__isnull=True, extended_until__gt=now)
    if extended.exists():
        last = extended.aggregate(last=Max("extended_until"))["last"]
        sentence = ngettext(
            "{n} unit was given more time and may file until {time}.",
            "{n} units were given more time and may file until {time}.",
            count := extended.count(),
        )
        return _no(sentence, n=count, time=last_second(last))
    return _runs_are_current(cycle)


def latest_runs(cycle: Cycle) -> dict[int, RankingRun]:
    """Group id → its last computed run."""
    runs = RankingRun.objects.filter(cycle=cycle, state=RunState.COMPUTED).order_by("number").defer("snapshot")
    return {run.group_id: run for run in runs}


def _runs_are_current(cycle: Cycle) -> Verdict:
    """Each group has a run that saw every decision."""
    runs, groups = latest_runs(cycle), [one.group for one in cycle.groups.select_related("group")]
    if missing := [group.label for group in groups if group.pk not in runs]:
        return _no(_("Compute a ranking run first for: {groups}."), groups=", ".join(missing))
    decided = dict(
        Answer.objects.filter(assessment__cycle=cycle)
        .values_list("assessment__group")
        .annotate(last=Max("appraised_at"))
        .values_list("assessment__group", "last")
    )
    stale = [
        group.label
        for group in groups
        if runs[group.pk].open_lines or (decided.get(group.pk) and decided[group.pk] > runs[group.pk].computed_at)
    ]
    if stale:
        return _no(
            _("Lines were decided after the last ranking run. Compute again for: {groups}."), groups=", ".join(stale)
        )
    return YES


def _open_explanation(cycle: Cycle, now: datetime) -> Verdict:
    if now >= cycle.explanation_closes_at:
        sentence = _("The time for explanations ended at {time}. Change the dates first.")
        return _no(sentence, time=last_second(cycle.explanation_closes_at))
    return YES


def open_contests(cycle: Cycle) -> QuerySet[Explanation]:
    """Contested lines on which a second appraiser or the appraisal council still has to decide."""
    return Explanation.objects.filter(answer__assessment__cycle=cycle, state__in=UNDECIDED)


def _settle(cycle: Cycle, now: datetime) -> Verdict:
    if now < cycle.explanation_closes_at:
        return _no(_("Units may explain until {time} (server time)."), time=last_second(cycle.explanation_closes_at))
    undecided = open_contests(cycle).count()
    if undecided:
        sentence = ngettext("{n} explanation is not decided yet.", "{n} explanations are not decided yet.", undecided)
        return _no(sentence, n=undecided)
    return YES


_CHECKS: dict[CycleAction, Callable[[Cycle, datetime], Verdict]] = {
    CycleAction.OPEN_FILING: _open_filing,
    CycleAction.CLOSE_FILING: _close_filing,
    CycleAction.RELEASE: _release,
    CycleAction.OPEN_EXPLANATION: _open_explanation,
    CycleAction.SETTLE: _settle,
}

# Which dates may still change in which state: a date whose phase is over is history.
_ALL = ("filing_opens_at", "filing_closes_at", "filing_locks_at", "appraisal_closes_at", "explanation_closes_at")
CHANGEABLE: dict[str, tuple[str, ...]] = {
    CycleState.PREPARING: _ALL,
    CycleState.FILING: _ALL,
    CycleState.APPRAISAL: _ALL[3:],
    CycleState.PROVISIONAL: _ALL[4:],
    CycleState.EXPLANATION: _ALL[4:],
}


def may_change_dates(cycle: Cycle) -> Verdict:
    return Verdict(
        cycle.state in CHANGEABLE, _("The scores are settled; no date of this cycle matters any more."), WrongState
    )


def may_choose_sets(cycle: Cycle) -> Verdict:
    return Verdict(
        cycle.state == CycleState.PREPARING,
        _("Groups and criteria sets are frozen since the filing was opened."),
        WrongState,
    )
