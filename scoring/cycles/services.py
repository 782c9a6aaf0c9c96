"""The calendar of a year: set up, open, close. Opening and closing are one event under the cycle's lock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Unit, UnitGroup, User
from core import clock, locks
from core.audit.services import record
from core.errors import Conflict, Invalid, WrongState
from core.lifecycle import advance
from scoring.cycles.permissions import can_run_cycle
from scoring.enums import AssessmentAction, AssessmentState, CycleAction, ExplanationState, RunState, SetState
from scoring.models import Answer, Assessment, CriteriaSet, Cycle, CycleGroup, Explanation, Movement, RankingRun


@dataclass(frozen=True)
class Calendar:
    """The dates of a cycle, exclusive ends (see `Cycle`)."""

    filing_opens_at: datetime
    filing_closes_at: datetime
    filing_locks_at: datetime
    appraisal_closes_at: datetime
    explanation_closes_at: datetime

    def rises(self) -> bool:
        return (
            self.filing_opens_at
            < self.filing_closes_at
            <= self.filing_locks_at
            < self.appraisal_closes_at
            < self.explanation_closes_at
        )


@transaction.atomic(durable=True)
def create_cycle(
    *,
    movement: str,
    founding_decision: str,
    year: int,
    calendar: Calendar,
    sets: Iterable[tuple[UnitGroup, CriteriaSet]],
    legal_basis: str,
    is_sample: bool,
    actor: User,
) -> Cycle:
    """A new cycle in preparation, with its groups and the set of each. A movement is made with its first cycle."""
    can_run_cycle(actor).require()
    sets = list(sets)
    if not sets:
        raise Invalid(_("Choose the criteria set of at least one group."), code="ERR-REQUIRED")
    if not calendar.rises():
        raise Invalid(_("Each date must be later than the one before: filing, lock, appraisal, explanation."))
    if Cycle.objects.filter(year=year).exists():
        raise Conflict(_("There is a cycle for {year} already.").format(year=year), code="ERR-DONE")
    given, _made = Movement.objects.get_or_create(title=movement, defaults={"founding_decision": founding_decision})
    cycle = Cycle.objects.create(
        movement=given, year=year, legal_basis=legal_basis, is_sample=is_sample, **vars(calendar)
    )
    CycleGroup.objects.bulk_create(CycleGroup(cycle=cycle, group=group, criteria_set=chosen) for group, chosen in sets)
    record(actor=actor, action="cycle.create", obj=cycle, details={"year": year})
    return cycle


@transaction.atomic(durable=True)
def open_filing(*, cycle: Cycle, actor: User) -> Cycle:
    """Freeze groups and sets, and lay out an empty assessment for each active unit of each group."""
    can_run_cycle(actor).require()
    cycle = locks.exclusive(Cycle, cycle.pk)
    groups = list(cycle.groups.select_related("group", "criteria_set"))
    if not groups:
        raise WrongState(_("The cycle has no group yet."))
    if unpublished := [str(one.criteria_set) for one in groups if one.criteria_set.state != SetState.PUBLISHED]:
        raise WrongState(_("Publish these criteria sets first: {sets}.").format(sets=", ".join(unpublished)))
    advance(cycle, CycleAction.OPEN_FILING, actor=actor)
    for one in groups:
        units = Unit.objects.filter(group=one.group, is_active=True)
        assessments = Assessment.objects.bulk_create(
            Assessment(cycle=cycle, unit=unit, group=one.group, criteria_set=one.criteria_set) for unit in units
        )
        criteria = list(one.criteria_set.criteria.all())
        Answer.objects.bulk_create(
            [
                Answer(assessment=assessment, criterion=criterion)
                for assessment in assessments
                for criterion in criteria
            ],
            batch_size=500,
        )
    return cycle


@transaction.atomic(durable=True)
def close_filing(*, cycle: Cycle, actor: User) -> Cycle:
    """One event: what was submitted goes to the appraisers, the rest is locked."""
    can_run_cycle(actor).require()
    cycle = locks.exclusive(Cycle, cycle.pk)
    now = clock.now()
    if now < cycle.filing_closes_at:
        raise WrongState(_("Units may file until the closing date; the phase cannot be closed before it."))
    advance(cycle, CycleAction.CLOSE_FILING, actor=actor)
    for assessment in cycle.assessments.select_for_update(of=("self",)).filter(state=AssessmentState.SUBMITTED):
        advance(assessment, AssessmentAction.BEGIN_APPRAISAL, actor=actor)
    return cycle


@transaction.atomic(durable=True)
def release_provisional(*, cycle: Cycle, actor: User) -> Cycle:
    """Show each unit its own provisional result: the last computed run of every group."""
    can_run_cycle(actor).require()
    cycle = locks.exclusive(Cycle, cycle.pk)
    _require_all_appraised(cycle)
    for one in cycle.groups.select_related("group"):
        run = (
            RankingRun.objects.filter(cycle=cycle, group=one.group, state=RunState.COMPUTED).order_by("-number").first()
        )
        if run is None:
            raise WrongState(_("Compute a ranking run for the group “{group}” first.").format(group=one.group))
        RankingRun.objects.filter(pk=run.pk).update(is_provisional=True)
    advance(cycle, CycleAction.RELEASE, actor=actor)
    return cycle


def _require_all_appraised(cycle: Cycle) -> None:
    waiting = cycle.assessments.filter(state=AssessmentState.UNDER_APPRAISAL).count()
    if waiting:
        raise WrongState(_("{count} assessments are still under appraisal.").format(count=waiting))


@transaction.atomic(durable=True)
def open_explanation(*, cycle: Cycle, actor: User) -> Cycle:
    can_run_cycle(actor).require()
    cycle = locks.exclusive(Cycle, cycle.pk)
    advance(cycle, CycleAction.OPEN_EXPLANATION, actor=actor)
    return cycle


@transaction.atomic(durable=True)
def settle(*, cycle: Cycle, actor: User) -> Cycle:
    """End of the explanation: every contest is decided, scores change no more."""
    can_run_cycle(actor).require()
    cycle = locks.exclusive(Cycle, cycle.pk)
    undecided = Explanation.objects.filter(answer__assessment__cycle=cycle, state=ExplanationState.FILED).count()
    if undecided:
        raise WrongState(_("{count} explanations are not decided yet.").format(count=undecided))
    if clock.now() < cycle.explanation_closes_at:
        raise WrongState(_("Units may explain until the closing date; the scores cannot be settled before it."))
    advance(cycle, CycleAction.SETTLE, actor=actor)
    for assessment in cycle.assessments.select_for_update(of=("self",)).filter(state=AssessmentState.APPRAISED):
        advance(assessment, AssessmentAction.SETTLE, actor=actor)
    return cycle


@transaction.atomic(durable=True)
def change_calendar(*, cycle: Cycle, calendar: Calendar, reason: str, actor: User) -> Cycle:
    """New dates, with the reason on record. Waits for submissions in flight."""
    can_run_cycle(actor).require()
    if not reason:
        raise Invalid(_("Say why the dates change."), code="ERR-REQUIRED", fields={"reason": _("Say why.")})
    if not calendar.rises():
        raise Invalid(_("Each date must be later than the one before: filing, lock, appraisal, explanation."))
    cycle = locks.exclusive(Cycle, cycle.pk)
    before = {name: getattr(cycle, name).isoformat() for name in vars(calendar)}
    for name, value in vars(calendar).items():
        setattr(cycle, name, value)
    cycle.version += 1
    cycle.save()
    after = {name: value.isoformat() for name, value in vars(calendar).items()}
    record(
        actor=actor,
        action="cycle.change_calendar",
        obj=cycle,
        details={"before": before, "after": after, "reason": reason},
    )
    return cycle
