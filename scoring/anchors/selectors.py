"""What the pages of reference answers read. Nothing of the agreed mark leaves here for who has not given the own one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, Prefetch, QuerySet, When
from django.utils.translation import get_language

from accounts.models import User
from scoring.anchors.lines import cut_of
from scoring.anchors.permissions import can_mark, knows_agreed
from scoring.appraisal.lines import score
from scoring.appraisal.value_words import said_values
from scoring.criteria.continuity import earlier_codes
from scoring.enums import LineState, SetState
from scoring.models import Anchor, AnchorMark, Answer, Assessment, CriteriaSet, Criterion, Cycle, Evidence


@dataclass(frozen=True)
class AnchorRow:
    """A reference answer to one person. `agreed` and `reason` are None where the person does not know them yet; `given` is
    the own mark."""

    pk: int
    place: int
    declared: str
    waits: bool
    given: Decimal | None
    agreed: Decimal | None
    reason: str | None
    stricter: Decimal | None

    @property
    def apart(self) -> Decimal | None:
        return None if self.stricter is None else abs(self.stricter)


def anchors_for(user: User) -> QuerySet[Anchor]:
    """Those the person may see, each with the own mark. Two queries."""
    own = Prefetch("marks", queryset=AnchorMark.objects.filter(appraiser=user.pk), to_attr="own")
    return Anchor.objects.visible_to(user).select_related("answer__assessment").prefetch_related(own)


def rows_of(user: User, cycle: Cycle, criterion: Criterion) -> list[AnchorRow]:
    """In force for the criterion. One query, and one more where there are any."""
    found = list(anchors_for(user).in_force().filter(cycle=cycle, criterion=criterion))
    for anchor in found:
        anchor.cycle, anchor.criterion = cycle, criterion
    return [row_of(user, anchor) for anchor in found]


def row_of(user: User, anchor: Anchor) -> AnchorRow:
    """Needs the anchor as `anchors_for` reads it, which leaves out every conflict of interest."""
    criterion = anchor.criterion
    given = anchor.own[0].points if anchor.own else None
    knows = knows_agreed(user, criterion, has_marked=given is not None)
    return AnchorRow(
        anchor.pk,
        anchor.place,
        said_values(criterion.leaf, anchor.values),
        given is None and bool(can_mark(user, anchor, anchor.cycle, known={})),
        given,
        anchor.points if knows else None,
        anchor.reason if knows else None,
        cut_of(criterion, anchor.points, given) if knows and given is not None else None,
    )


def first_waiting(rows: Sequence[AnchorRow], after: int = 0) -> AnchorRow | None:
    """The next that the person has not marked, by place, then from the beginning."""
    start = next((at for at, row in enumerate(rows, 1) if row.pk == after), 0)
    return next((row for row in [*rows[start:], *rows[:start]] if row.waits), None)


def source_criteria(criterion: Criterion) -> set[int]:
    """This criterion and those that it continues, by the code map of the sets: their answers answer the same question."""
    found, later = {criterion.pk}, criterion.criteria_set
    earlier = CriteriaSet.objects.filter(code=later.code, year__lt=later.year).exclude(state=SetState.DRAFT)
    for pk in earlier.values_list("pk", flat=True):
        codes = earlier_codes(later, pk)
        code = criterion.code if codes is None else codes.get(criterion.code)
        found.update(Criterion.objects.filter(criteria_set=pk, code=code).values_list("pk", flat=True))
    return found


def candidates(user: User, cycle: Cycle, criterion: Criterion) -> QuerySet[Answer]:
    """Decided lines of this criterion, last year's first and this year's last, that the person sees and that belong to no own
    unit."""
    seen = Assessment.objects.visible_to(user).exclude(unit__in=user.own_units).filter(cycle__year__lte=cycle.year)
    decided = Answer.objects.filter(assessment__in=seen, criterion__in=source_criteria(criterion))
    decided = decided.filter(line_state__in=[LineState.ACCEPTED, LineState.CORRECTED], asks_not_applicable=False)
    this_year = Case(When(assessment__cycle=cycle, then=1), default=0)
    order = (this_year, "-assessment__cycle__year", "assessment__unit__name_sort", "pk")
    return (
        decided.exclude(values={}).select_related("assessment__unit", "assessment__cycle", "criterion").order_by(*order)
    )


@dataclass(frozen=True)
class Candidate:
    answer: Answer
    declared: str
    is_taken: bool


def candidates_on(page: Iterable[Answer], cycle: Cycle, criterion: Criterion) -> list[Candidate]:
    """Two queries, whatever their number: their sets, and which of them are reference answers already."""
    answers = list(page)
    sets = CriteriaSet.objects.in_bulk({answer.criterion.criteria_set_id for answer in answers})
    taken = set(Anchor.objects.in_force().filter(cycle=cycle, criterion=criterion).values_list("answer", flat=True))
    for answer in answers:
        answer.criterion.criteria_set = sets[answer.criterion.criteria_set_id]
    return [Candidate(one, said_values(one.criterion.leaf, one.values), one.pk in taken) for one in answers]


@dataclass(frozen=True)
class GivenMark:
    """What an appraiser gave a reference answer, for the lead."""

    mark: AnchorMark
    stricter: Decimal

    @property
    def apart(self) -> Decimal:
        return abs(self.stricter)


def marks_of(anchor: Anchor) -> list[GivenMark]:
    given = anchor.marks.select_related("appraiser").order_by("appraiser__full_name", "pk")
    return [GivenMark(one, cut_of(anchor.criterion, anchor.points, one.points)) for one in given]


def evidence_of(user: User, anchor: Anchor) -> list[Evidence]:
    """The files behind the answer, where the person may see it."""
    seen = Evidence.objects.visible_to(user)
    return list(seen.filter(pk__in=anchor.answer.evidence.filter(removed_at__isnull=True).values("pk")))


@dataclass(frozen=True)
class Claim:
    """What a line declares in words, how the rule reckons it, and the points that gives (None for a rule that compares
    units)."""

    declared: str
    sentence: str
    points: Decimal | None


def claim_of(line: Answer) -> Claim:
    reckoned = score(line, line.values)
    return Claim(
        said_values(line.criterion.leaf, line.values), reckoned.sentence(get_language() or "vi"), reckoned.points
    )
