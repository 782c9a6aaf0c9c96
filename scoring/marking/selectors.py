"""What the pages of double marking read: the work that is left, gaps, and how well people agree."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, Q, QuerySet

from accounts.enums import Role
from accounts.models import Unit, User
from scoring.appraisal.permissions import READS_ALL_CRITERIA
from scoring.conflicts.selectors import conflicts_of
from scoring.enums import AssessmentState, LineState
from scoring.marking.agreement import Agreement, Pair, agreement, pair_of
from scoring.marking.blind import second_mark_of
from scoring.marking.comparing import has_both
from scoring.marking.permissions import can_settle
from scoring.models import Answer, Assessment, Criterion, Cycle, MarkingDraw, SecondMark

_RELATED = ("answer__assessment__unit", "answer__assessment__cycle", "answer__criterion__criteria_set")
_LINE = ("answer__criterion__responsible", "answer__correction", "answer__appraised_by", "draw", "first_by", "marker")


def shown_second(user: User, answer: Answer) -> SecondMark | None:
    """The second mark for who has given it, and for others once both marks are there. For whoever sees marks."""
    second = second_mark_of(answer)
    if second is None or second.saved_at is None:
        return None
    return second if second.marker_id == user.pk or has_both(answer) else None


def marks_of(user: User, cycle: Cycle) -> QuerySet[SecondMark]:
    """The year's second marks on forms the person may see; an appraiser's only of the own agencies."""
    found = SecondMark.objects.filter(
        answer__assessment__in=Assessment.objects.visible_to(user), answer__assessment__cycle=cycle
    )
    if not user.has_role(*READS_ALL_CRITERIA):
        found = found.filter(answer__criterion__responsible__in=user.units_as(Role.APPRAISER))
    return found.select_related(*_RELATED, *_LINE).order_by(
        "answer__criterion__position", "answer__assessment__unit__name_sort", "pk"
    )


def still_to_mark(user: User, cycle: Cycle) -> QuerySet[SecondMark]:
    """The person's own, on forms that are under appraisal."""
    mine = marks_of(user, cycle).filter(marker=user.pk, saved_at__isnull=True)
    return mine.filter(answer__assessment__state=AssessmentState.UNDER_APPRAISAL)


def gaps(user: User, cycle: Cycle) -> QuerySet[SecondMark]:
    """Marks too far apart that this person may decide between: a third one; a lead sees all of them."""
    found = marks_of(user, cycle).filter(disputed=True, settled_at__isnull=True)
    found = found.filter(answer__assessment__state=AssessmentState.UNDER_APPRAISAL)
    if user.has_role(*READS_ALL_CRITERIA):
        return found
    return found.exclude(Q(marker=user.pk) | Q(answer__appraised_by=user.pk))


def may_settle(user: User, found: Iterable[SecondMark]) -> list[bool]:
    """For each of these marks whether the person may decide between it and the first one: one query."""
    known, verdicts = conflicts_of(user), []
    for one in found:
        one.answer.second_mark = one
        verdicts.append(bool(can_settle(user, one.answer, one.answer.assessment.cycle, known)))
    return verdicts


def waiting_for_person(user: User, cycle: Cycle) -> QuerySet[SecondMark]:
    """`still_to_mark` and `gaps` at once."""
    return still_to_mark(user, cycle) | gaps(user, cycle)


@dataclass(frozen=True)
class DrawRow:
    """`saved` of the draw's lines have both marks, `disputed` of these lay too far apart, `settled` of those are decided."""

    draw: MarkingDraw
    lines: int
    saved: int
    disputed: int
    settled: int

    @property
    def waiting(self) -> int:
        return self.lines - self.saved


def draws_of(cycle: Cycle) -> list[DrawRow]:
    """The newest first: one query."""
    counted = cycle.marking_draws.select_related("agency", "made_by").annotate(
        all=Count("marks"),
        saved=Count("marks", filter=Q(marks__saved_at__isnull=False)),
        disputed=Count("marks", filter=Q(marks__disputed=True)),
        settled=Count("marks", filter=Q(marks__settled_at__isnull=False)),
    )
    return [DrawRow(one, one.all, one.saved, one.disputed, one.settled) for one in counted.order_by("-pk")]


def agencies_to_draw(cycle: Cycle) -> list[Unit]:
    """Agencies with lines of the year that are under appraisal and open."""
    lines = Answer.objects.filter(
        assessment__cycle=cycle,
        assessment__state=AssessmentState.UNDER_APPRAISAL,
        line_state=LineState.OPEN,
        second_mark=None,
        criterion__responsible__isnull=False,
    )
    return list(Unit.objects.filter(pk__in=lines.order_by().values("criterion__responsible")))


@dataclass(frozen=True)
class CriterionAgreement:
    criterion: Criterion
    found: Agreement


@dataclass(frozen=True)
class PersonAgreement:
    """Every pair the person is one of, theirs being the first of the two: a lean above 0 says that others give more."""

    person: User
    found: Agreement


@dataclass(frozen=True)
class CycleAgreement:
    whole: Agreement
    criteria: list[CriterionAgreement]
    people: list[PersonAgreement]

    @property
    def told(self) -> list[CriterionAgreement]:
        return [one for one in self.criteria if one.found.is_enough]

    @property
    def untold(self) -> list[CriterionAgreement]:
        """Too few marks."""
        return [one for one in self.criteria if not one.found.is_enough]


def agreement_of(user: User, cycle: Cycle) -> CycleAgreement:
    """By criterion, the least alike first, and by person: one query. Lines with both marks on forms the person may see."""
    by_criterion: dict[Criterion, list[Pair]] = defaultdict(list)
    by_person: dict[User, list[Pair]] = defaultdict(list)
    for second in marks_of(user, cycle).filter(saved_at__isnull=False).exclude(answer__line_state=LineState.OPEN):
        settled = second.settled_at is not None
        pair = marks_in(second)
        by_criterion[second.answer.criterion].append(pair)
        by_person[second.first_by if settled else second.answer.appraised_by].append(pair)
        by_person[second.marker].append(Pair(pair.second, pair.first))
    every = [pair for pairs in by_criterion.values() for pair in pairs]
    criteria = [CriterionAgreement(one, agreement(pairs)) for one, pairs in by_criterion.items()]
    people = [PersonAgreement(one, agreement(pairs)) for one, pairs in by_person.items()]
    return CycleAgreement(
        agreement(every),
        sorted(criteria, key=lambda one: (-_gap(one.found), one.criterion.position)),
        sorted(people, key=lambda one: (-_gap(one.found), one.person.name_sort)),
    )


def _gap(found: Agreement) -> Fraction:
    """Those with too few marks stand last."""
    return Fraction(-1) if found.mean_gap is None else found.mean_gap


def marks_in(second: SecondMark) -> Pair:
    """The two marks as they were given, also where a third person decided since."""
    first = second.first_points if second.settled_at else second.answer.appraised_points
    return pair_of(first, second.points, second.answer.criterion.max_points)


def by_gap(found: Iterable[SecondMark]) -> list[SecondMark]:
    """Where people disagree most stands first."""
    return sorted(found, key=lambda one: (-marks_in(one).gap, one.pk))
