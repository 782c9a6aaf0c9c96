"""The calendar of a year: set up, open, close. Opening and closing are one event under the cycle's lock."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Unit, UnitGroup, User
from core import clock, locks
from core.audit.services import record
from core.cleaning import clean_name, clean_text
from core.errors import Conflict, Invalid
from core.lifecycle import advance
from scoring.cycles.calendar import Calendar, changed_dates, require_possible, require_rising, require_words
from scoring.cycles.checks import latest_runs, may_change_dates, may_choose_sets, may_move
from scoring.cycles.permissions import can_run_cycle
from scoring.cycles.rounds import begin_round
from scoring.enums import AssessmentAction, AssessmentState, CycleAction, SetState
from scoring.models import Answer, Assessment, CriteriaSet, Cycle, CycleGroup, Movement, RankingRun

Sets = Iterable[tuple[UnitGroup, CriteriaSet]]
FIRST_YEAR, LAST_YEAR = 2020, 2100


def create_cycle(
    *,
    movement: str,
    founding_decision: str,
    year: int,
    calendar: Calendar,
    sets: Sets,
    legal_basis: str,
    is_sample: bool,
    actor: User,
) -> Cycle:
    """A new cycle in preparation, with its groups and the set of each. A movement is made with its first cycle."""
    try:
        return _create(movement, founding_decision, year, calendar, list(sets), legal_basis, is_sample, actor)
    except IntegrityError as error:  # somebody else set the year up between our look and our write
        raise Conflict(_("There is a cycle for {year} already.").format(year=year), code="ERR-DONE") from error


@transaction.atomic(durable=True)
def _create(
    movement: str,
    founding_decision: str,
    year: int,
    calendar: Calendar,
    sets: list[tuple[UnitGroup, CriteriaSet]],
    legal_basis: str,
    is_sample: bool,
    actor: User,
) -> Cycle:
    can_run_cycle(actor).require()
    if not FIRST_YEAR <= year <= LAST_YEAR:
        sentence = _("A cycle is for a year from {first} to {last}.").format(first=FIRST_YEAR, last=LAST_YEAR)
        raise Invalid(sentence, fields={"year": sentence})
    require_rising(calendar)
    if Cycle.objects.filter(year=year).exists():
        sentence = _("There is a cycle for {year} already.").format(year=year)
        raise Conflict(sentence, code="ERR-DONE", fields={"year": sentence})
    cycle = Cycle.objects.create(
        movement=_movement(movement, founding_decision),
        year=year,
        legal_basis=clean_text(legal_basis, limit=2000),
        is_sample=is_sample,
        **vars(calendar),
    )
    _put_sets(cycle, sets)
    record(actor=actor, action="cycle.create", obj=cycle, details={"year": year, "sets": _said(sets)})
    return cycle


def _movement(title: str, founding_decision: str) -> Movement:
    title, decision = clean_name(title), clean_name(founding_decision)
    if not title or not decision:
        raise Invalid(_("Give the movement and the decision that founded it."), code="ERR-REQUIRED")
    return Movement.objects.get_or_create(title=title, defaults={"founding_decision": decision})[0]


def _put_sets(cycle: Cycle, sets: list[tuple[UnitGroup, CriteriaSet]]) -> None:
    if not sets or len({group.pk for group, _set in sets}) != len(sets):
        raise Invalid(_("Choose the criteria set of at least one group."), code="ERR-REQUIRED")
    for group, chosen in sets:
        if chosen.state == SetState.RETIRED or chosen.year > cycle.year:
            sentence = _("The criteria set {name} is retired or made for a later year.").format(name=chosen)
            raise Invalid(sentence, fields={f"set_{group.code}": sentence})
    CycleGroup.objects.bulk_create(CycleGroup(cycle=cycle, group=group, criteria_set=chosen) for group, chosen in sets)


def _said(sets: Sets) -> dict[str, str]:
    return {group.code: str(chosen) for group, chosen in sets}


@transaction.atomic(durable=True)
def choose_sets(*, cycle: Cycle, sets: Sets, actor: User) -> Cycle:
    """Which groups take part and what they are scored by, as long as the filing was not opened."""
    can_run_cycle(actor).require()
    cycle = locks.exclusive(Cycle, cycle.pk)
    may_choose_sets(cycle).require()
    sets = list(sets)
    cycle.groups.all().delete()
    _put_sets(cycle, sets)
    cycle.version += 1
    cycle.save()
    record(actor=actor, action="cycle.choose_sets", obj=cycle, details={"sets": _said(sets)})
    return cycle


def _locked_for(cycle: Cycle, action: CycleAction, actor: User) -> Cycle:
    """Right, lock, the database's time, and everything that must be true before the step."""
    can_run_cycle(actor).require()
    cycle = locks.exclusive(Cycle, cycle.pk)
    may_move(cycle, action, clock.now()).require()
    return cycle


@transaction.atomic(durable=True)
def open_filing(*, cycle: Cycle, actor: User) -> Cycle:
    """Freeze groups and sets, and lay out an empty assessment for each active unit of each group."""
    cycle = _locked_for(cycle, CycleAction.OPEN_FILING, actor)
    advance(cycle, CycleAction.OPEN_FILING, actor=actor)
    for one in cycle.groups.select_related("group", "criteria_set"):
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
    cycle = _locked_for(cycle, CycleAction.CLOSE_FILING, actor)
    advance(cycle, CycleAction.CLOSE_FILING, actor=actor)
    for assessment in cycle.assessments.select_for_update(of=("self",)).filter(state=AssessmentState.SUBMITTED):
        advance(assessment, AssessmentAction.BEGIN_APPRAISAL, actor=actor)
    return cycle


@transaction.atomic(durable=True)
def release_provisional(*, cycle: Cycle, actor: User) -> Cycle:
    """Show each unit its own provisional result: the last computed run of every group."""
    cycle = _locked_for(cycle, CycleAction.RELEASE, actor)
    shown = [run.pk for run in latest_runs(cycle).values()]
    RankingRun.objects.filter(pk__in=shown).update(is_provisional=True)
    advance(cycle, CycleAction.RELEASE, actor=actor, details={"runs": shown})
    return cycle


@transaction.atomic(durable=True)
def open_explanation(*, cycle: Cycle, actor: User) -> Cycle:
    """Heads of units may contest corrected lines until the closing date."""
    cycle = _locked_for(cycle, CycleAction.OPEN_EXPLANATION, actor)
    advance(cycle, CycleAction.OPEN_EXPLANATION, actor=actor)
    begin_round(cycle)
    return cycle


@transaction.atomic(durable=True)
def settle(*, cycle: Cycle, actor: User) -> Cycle:
    """End of the explanation: every contest is decided, scores change no more."""
    cycle = _locked_for(cycle, CycleAction.SETTLE, actor)
    advance(cycle, CycleAction.SETTLE, actor=actor)
    for assessment in cycle.assessments.select_for_update(of=("self",)).filter(state=AssessmentState.APPRAISED):
        advance(assessment, AssessmentAction.SETTLE, actor=actor)
    return cycle


@transaction.atomic(durable=True)
def archive(*, cycle: Cycle, actor: User) -> Cycle:
    """The year is over: it leaves the desks, and its published rankings stay where they are."""
    cycle = _locked_for(cycle, CycleAction.ARCHIVE, actor)
    advance(cycle, CycleAction.ARCHIVE, actor=actor)
    return cycle


@transaction.atomic(durable=True)
def change_calendar(
    *,
    cycle: Cycle,
    calendar: Calendar,
    reason: str,
    actor: User,
    version: int | None = None,
    explanation_words: int | None = None,
) -> Cycle:
    """New dates, with the reason on record. Waits for submissions in flight.

    `version` is the cycle's as the form showed it; None where no form was filled in. `explanation_words` is how many words
    an explanation may have; None leaves the number as it is.
    """
    can_run_cycle(actor).require()
    reason = clean_text(reason, limit=2000)
    if not reason:
        raise Invalid(_("Say why the dates change."), code="ERR-REQUIRED", fields={"reason": _("Say why.")})
    require_rising(calendar)
    cycle = locks.exclusive(Cycle, cycle.pk)
    may_change_dates(cycle).require()
    if version not in (None, cycle.version):
        raise Conflict(_("Somebody changed this cycle meanwhile. Open the page again and compare."))
    details = {"before": {}, "after": {}, "reason": reason}
    if explanation_words not in (None, cycle.explanation_words):
        require_words(cycle, explanation_words)
        details["before"]["explanation_words"] = cycle.explanation_words
        details["after"]["explanation_words"] = cycle.explanation_words = explanation_words
    changed = changed_dates(cycle, calendar)
    if changed or not details["after"]:
        require_possible(cycle, calendar, clock.now())
    for name in changed:
        details["before"][name] = getattr(cycle, name).isoformat()
        details["after"][name] = getattr(calendar, name).isoformat()
        setattr(cycle, name, getattr(calendar, name))
    cycle.version += 1
    cycle.save()
    cycle.rounds.filter(number=cycle.explanation_round).update(closes_at=cycle.explanation_closes_at)
    record(actor=actor, action="cycle.change_calendar", obj=cycle, details=details)
    return cycle
