"""How far the appraisal is: by criterion, by unit, by agency, and what may be closed."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from accounts.enums import Role
from accounts.models import Unit, UnitGroup, User
from core import clock
from scoring.appraisal.permissions import READS_ALL_CRITERIA, RELEASED
from scoring.assigning.care import shared_or_own, with_own_lines
from scoring.clarifying.selectors import awaits_unit, closes_after
from scoring.enums import AssessmentState, CycleState, LineState
from scoring.marking.blind import unfinished, waiting_of
from scoring.models import Answer, Assessment, Conflict, Criterion, Cycle, Pillar
from scoring.models.assessment import READS_WHATEVER

# The committee works on these; what was only submitted waits for the filing to close.
WITH_COMMITTEE = (AssessmentState.UNDER_APPRAISAL, AssessmentState.APPRAISED, AssessmentState.SETTLED)
AT_WORK = (CycleState.APPRAISAL, CycleState.PROVISIONAL, CycleState.EXPLANATION)


def need_decision(lines: QuerySet[Answer]) -> QuerySet[Answer]:
    """Without bonus and penalty lines that hold no value: no value is 0, nobody has to say so."""
    return lines.exclude(criterion__pillar=None, values={})


def undecided_lines(cycle: Cycle) -> QuerySet[Answer]:
    """Answers of handed-in assessments that somebody still has to decide on."""
    lines = Answer.objects.filter(assessment__cycle=cycle, line_state=LineState.OPEN)
    return need_decision(lines).filter(assessment__state=AssessmentState.UNDER_APPRAISAL)


def unfinished_forms(cycle: Cycle, now: datetime) -> QuerySet[Assessment]:
    """Forms under appraisal that cannot be closed yet: a line is undecided, its second mark or a third person's decision is
    still to come, or the unit may still answer."""
    lines = Answer.objects.filter(assessment__cycle=cycle)
    waiting = Q(pk__in=undecided_lines(cycle).values("assessment")) | Q(pk__in=closes_after(cycle, now))
    return Assessment.objects.filter(waiting | Q(pk__in=lines.filter(unfinished()).values("assessment"))).values("pk")


def cycle_at_desk(year: int | None = None) -> Cycle | None:
    """The cycle of that year, or the one the committee works on, or the newest."""
    cycles = Cycle.objects.exclude(state=CycleState.PREPARING).order_by("-year")
    if year is not None:
        return cycles.filter(year=year).first()
    return cycles.filter(state__in=AT_WORK).first() or cycles.first()


@dataclass(frozen=True)
class Share:
    """`decided` of `total` lines."""

    decided: int
    total: int

    @property
    def waiting(self) -> int:
        return self.total - self.decided


@dataclass(frozen=True)
class CriterionProgress:
    criterion: Criterion
    share: Share


@dataclass(frozen=True)
class PillarProgress:
    """A pillar of one set, or (`pillar` None) the lines beside the tree."""

    pillar: Pillar | None
    title: str
    criteria: list[CriterionProgress] = field(default_factory=list)


def criteria_of(user: User, cycle: Cycle) -> QuerySet[Criterion]:
    """The criteria in the person's care: the own agency's for an appraiser, all for whoever reads all."""
    criteria = Criterion.objects.filter(criteria_set__in=cycle.groups.values("criteria_set"))
    if not user.has_role(*READS_ALL_CRITERIA):
        criteria = with_own_lines(criteria.filter(responsible__in=user.units_as(Role.APPRAISER)), user, cycle)
    related = ("criteria_set", "pillar", "responsible")
    return criteria.select_related(*related).order_by("criteria_set__code", "position")


def pillars_with_progress(
    user: User, cycle: Cycle, *, group: UnitGroup | None = None, pillar: Pillar | None = None, waiting: bool = False
) -> list[PillarProgress]:
    """The desk's first page: two queries, whatever the number of criteria and units."""
    criteria = criteria_of(user, cycle)
    lines = need_decision(Answer.objects.filter(assessment__cycle=cycle, assessment__state__in=WITH_COMMITTEE))
    if cycle.state not in RELEASED:
        lines = lines.exclude(assessment__unit__in=user.own_units)  # others appraise them, and their marks are hidden
    if not user.has_role(*READS_WHATEVER):
        lines = lines.exclude(assessment__unit__in=Conflict.objects.barred_units(user))
    if not user.has_role(*READS_ALL_CRITERIA):
        lines = lines.filter(shared_or_own(user))
    if group:
        lines = lines.filter(assessment__group=group)
        criteria = criteria.filter(criteria_set__in=cycle.groups.filter(group=group).values("criteria_set"))
    if pillar:
        criteria = criteria.filter(pillar=pillar)
    shares = _shares(lines, "criterion", _undecided_for(user))
    found: list[PillarProgress] = []
    for criterion in criteria:
        share = shares.get(criterion.pk, Share(0, 0))
        if waiting and not share.waiting:
            continue
        if not found or found[-1].pillar != criterion.pillar or _set_of(found[-1]) != criterion.criteria_set_id:
            found.append(PillarProgress(criterion.pillar, criterion.pillar.title if criterion.pillar else ""))
        found[-1].criteria.append(CriterionProgress(criterion, share))
    return found


def _set_of(one: PillarProgress) -> int:
    return one.criteria[-1].criterion.criteria_set_id


def _undecided() -> Q:
    """A line the unit was asked about is not decided yet, nor is one whose second mark or settlement is to come."""
    return Q(line_state=LineState.OPEN) | awaits_unit(clock.now()) | unfinished()


def _undecided_for(user: User) -> Q:
    """Whoever marks a line a second time has done with it by that; the first mark is counted for others only."""
    if user.has_role(*READS_ALL_CRITERIA):
        return _undecided()
    first = Q(line_state=LineState.OPEN) | awaits_unit(clock.now())
    mine = Q(second_mark__isnull=False, second_mark__marker=user.pk)
    return waiting_of(user) | (first & (Q(second_mark__isnull=True) | ~mine))


def _shares(lines: QuerySet[Answer], key: str, undecided: Q) -> dict[int, Share]:
    """Decided and all lines per value of `key`: one query."""
    counted = lines.order_by().values_list(key).annotate(total=Count("pk"), waiting=Count("pk", filter=undecided))
    return {value: Share(total - waiting, total) for value, total, waiting in counted}


@dataclass(frozen=True)
class UnitProgress:
    assessment: Assessment
    share: Share

    @property
    def is_ready(self) -> bool:
        return self.assessment.state == AssessmentState.UNDER_APPRAISAL and not self.share.waiting


@dataclass(frozen=True)
class AgencyProgress:
    agency: Unit
    share: Share


@dataclass(frozen=True)
class CriterionLeft:
    """Waiting lines of one criterion that need a decision each: figures the agency enters, «not applicable» asked for."""

    criterion: Criterion
    entered: int
    asked: int


@dataclass(frozen=True)
class CycleProgress:
    """The year's appraisal on one screen: four queries. `single` are the criteria with lines that nobody can accept
    together with others; `plain` counts the waiting lines that can."""

    units: list[UnitProgress]
    agencies: list[AgencyProgress]
    single: list[CriterionLeft]
    plain: int

    def in_state(self, *states: AssessmentState) -> int:
        return sum(one.assessment.state in states for one in self.units)

    @property
    def ready(self) -> int:
        return sum(one.is_ready for one in self.units)

    @property
    def closed(self) -> int:
        return self.in_state(AssessmentState.APPRAISED, AssessmentState.SETTLED)

    @property
    def waiting(self) -> int:
        return self.in_state(AssessmentState.UNDER_APPRAISAL) - self.ready

    @property
    def all_closed(self) -> bool:
        return bool(self.closed) and not self.in_state(AssessmentState.SUBMITTED, AssessmentState.UNDER_APPRAISAL)

    @property
    def returned(self) -> int:
        return self.in_state(AssessmentState.RETURNED)

    @property
    def missing(self) -> int:
        return self.in_state(AssessmentState.DRAFT, AssessmentState.PREPARED)


def progress_of(user: User, cycle: Cycle, *, group: UnitGroup | None = None) -> CycleProgress:
    """Units in Vietnamese order with their share of decided lines, and the same per appraising agency."""
    assessments = Assessment.objects.visible_to(user).filter(cycle=cycle).select_related("unit", "group", "cycle")
    waiting = undecided_lines(cycle)
    lines = need_decision(Answer.objects.filter(assessment__cycle=cycle, assessment__state__in=WITH_COMMITTEE))
    if group:
        assessments, lines = assessments.filter(group=group), lines.filter(assessment__group=group)
        waiting = waiting.filter(assessment__group=group)
    if not user.has_role(*READS_ALL_CRITERIA):
        lines, waiting = lines.exclude(waiting_of(user)), waiting.exclude(waiting_of(user))
    single, plain = left_over(waiting)
    by_unit = _shares(lines, "assessment", _undecided())
    by_agency = _shares(lines, "criterion__responsible", _undecided())
    agencies = Unit.objects.filter(pk__in=[pk for pk in by_agency if pk])
    return CycleProgress(
        [UnitProgress(one, by_unit.get(one.pk, Share(0, 0))) for one in assessments],
        [AgencyProgress(agency, by_agency[agency.pk]) for agency in agencies],
        single,
        plain,
    )


def left_over(waiting: QuerySet[Answer]) -> tuple[list[CriterionLeft], int]:
    """The criteria among these undecided lines that accepting many at once does not settle, and how many lines it does."""
    entered = Q(criterion__declared_by_unit=False, criterion__pillar__isnull=False, values={})
    asked = Q(asks_not_applicable=True)
    counted = (
        waiting.order_by()
        .values("criterion")
        .annotate(all=Count("pk"), entered=Count("pk", filter=entered), asked=Count("pk", filter=asked))
    )
    by_criterion = {row["criterion"]: row for row in counted}
    criteria = Criterion.objects.filter(
        pk__in=[pk for pk, row in by_criterion.items() if row["entered"] or row["asked"]]
    )
    ordered = criteria.select_related("criteria_set", "responsible").order_by("criteria_set__code", "position")
    single = [CriterionLeft(one, by_criterion[one.pk]["entered"], by_criterion[one.pk]["asked"]) for one in ordered]
    singly = sum(one.entered + one.asked for one in single)
    return sorted(single, key=lambda one: -one.entered), sum(row["all"] for row in by_criterion.values()) - singly
