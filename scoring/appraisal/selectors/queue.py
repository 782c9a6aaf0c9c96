"""The lines of one criterion across units: the table, the queue beside a line, and which line comes next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from core import clock
from scoring.appraisal.permissions import can_accept, sees_marks
from scoring.appraisal.reading import Other, changed_since
from scoring.appraisal.selectors.progress import Share
from scoring.appraisal.selectors.reviews import note_on
from scoring.appraisal.value_words import figure_of, said_claim
from scoring.assigning.care import shared_or_own
from scoring.clarifying.selectors import state_of_question
from scoring.conflicts.selectors import conflicts_of
from scoring.enums import HANDED_IN, ClarificationState, LineState
from scoring.marking.blind import is_blind, second_mark_of, strip
from scoring.marking.permissions import can_mark
from scoring.models import Answer, Assessment, Criterion, Cycle, Reopening
from scoring.models.assessment import READS_ALL

_KEPT_EVIDENCE = Count("evidence", filter=Q(evidence__removed_at__isnull=True))
_OF_LINE = (
    "assessment__unit",
    "assessment__group",
    "correction",
    "clarification",
    "assignment__appraiser",
    "second_mark",
    "reopening",
)
_RELATED = (*_OF_LINE, "criterion__pillar", "criterion__responsible")


@dataclass(frozen=True)
class QueueLine:
    """One answer as a row: what the unit says, what the committee says, and why it may not be touched (`blocked`).

    The marks of the own unit are left out (`hidden`) until the unit itself may see them; a line to be marked a second time
    (`second`) holds nothing of the first mark. `asked` says that the unit was
    asked about the line and may still answer, or has answered; `other` that the line was decided once and is to be looked at
    again, because the unit has changed it since, `note` because the lead gave it back.
    """

    answer: Answer
    declared: str
    figure: str
    earlier: Decimal | None
    blocked: str
    hidden: bool
    asked: str = ""
    other: Other | None = None
    second: bool = False
    note: Reopening | None = None

    @property
    def state(self) -> str:
        """A state of the line, or hidden, second, again, or unneeded (nobody has to decide): what icons and tests key on."""
        if self.hidden:
            return "hidden"
        if self.second:
            return "second"
        if self.asked:
            return self.asked
        if self.note or (self.other and self.needs_decision):
            return "again"
        return self.answer.line_state if self.needs_decision or self.is_decided else "unneeded"

    @property
    def needs_decision(self) -> bool:
        """Not so for bonus and penalty without a value: no value is 0."""
        return self.answer.criterion.pillar_id is not None or bool(self.answer.values)

    @property
    def is_decided(self) -> bool:
        return self.answer.line_state != LineState.OPEN

    @property
    def waits(self) -> bool:
        """For this person: undecided, and the unit is not asked about it at the moment."""
        return self.needs_decision and not (self.is_decided or self.blocked or self.asked == ClarificationState.ASKED)

    @property
    def is_assigned(self) -> bool:
        return getattr(self.answer, "assignment", None) is not None

    def is_in_care_of(self, user: User) -> bool:
        """Shared by the agency's people, or this person's own (`scoring.assigning.care.shared_or_own`)."""
        second = second_mark_of(self.answer)
        marks_second = second is not None and second.marker_id == user.pk
        return not self.is_assigned or self.answer.assignment.appraiser_id == user.pk or marks_second

    @property
    def can_be_ticked(self) -> bool:
        """Whether the claim can be accepted together with others: open, in the person's care, and something stands there."""
        waits = not (self.blocked or self.is_decided or self.asked or self.second) and self.needs_decision
        return waits and bool(can_accept(self.answer))

    @property
    def points(self) -> Decimal | None:
        return None if self.hidden else self.answer.appraised_points

    @property
    def difference(self) -> Decimal | None:
        """Appraised less claimed points, where both are known."""
        claimed = self.answer.claimed_points
        return None if claimed is None or self.points is None else self.points - claimed


def share_of(lines: Iterable[QueueLine]) -> Share:
    """Decided among the lines that somebody has to decide, as far as the person may know."""
    needed = [line for line in lines if line.needs_decision and not line.hidden]
    return Share(sum(line.is_decided for line in needed), len(needed))


def visible_answers(user: User) -> QuerySet[Answer]:
    """The lines of every assessment that the person may see, with all that a row shows."""
    seen = Assessment.objects.visible_to(user)
    related = (*_RELATED, "assessment__cycle", "criterion__criteria_set", "appraised_by")
    related = (*related, "contest__filed_by", "contest__decided_by", "contest__referral", "measurement__source")
    related = (*related, "reopening__reopened_by")
    return Answer.objects.filter(assessment__in=seen).select_related(*related)


def lines_of(user: User, cycle: Cycle, criterion: Criterion, *, everybodys: bool = False) -> list[QueueLine]:
    """Handed-in units in Vietnamese order, first what the lead gave back: three queries, whatever their number. Needs the
    criterion with set, pillar, agency.

    Where the agency divided its lines, those of the person; with `everybodys` all of them.
    """
    answers = (
        Answer.objects.filter(
            assessment__in=Assessment.objects.visible_to(user), assessment__cycle=cycle, criterion=criterion
        )
        .filter(assessment__state__in=HANDED_IN)
        .select_related(*_OF_LINE)
        .annotate(evidence_count=_KEPT_EVIDENCE)
        .order_by("assessment__unit__name_sort", "pk")
    )
    if not everybodys and not user.has_role(*READS_ALL):
        answers = answers.filter(shared_or_own(user))
    found = list(answers)
    for answer in found:
        answer.criterion = criterion
    return noted_first(rows(user, cycle, found))


def lines_of_unit(user: User, assessment: Assessment) -> list[QueueLine]:
    """Every line of one form, in its order: three queries."""
    answers = assessment.answers.select_related(*_RELATED).annotate(evidence_count=_KEPT_EVIDENCE)
    return rows(user, assessment.cycle, list(answers.order_by("criterion__position")), of=assessment)


def rows(user: User, cycle: Cycle, answers: Sequence[Answer], of: Assessment | None = None) -> list[QueueLine]:
    """Answers as rows; objects they share are set by hand, so that no row asks the database for its own."""
    strip(user, answers)
    earlier, known = earlier_points(cycle, answers), conflicts_of(user)
    now = clock.now() if any(answer.clarification_id for answer in answers) else None
    found, sets = [], {}
    for answer in answers:
        if of:
            answer.assessment = of
        answer.assessment.cycle = cycle
        chosen = sets.setdefault(answer.criterion.criteria_set_id, answer.criterion)
        answer.criterion.criteria_set = chosen.criteria_set
        verdict, second = can_mark(user, answer, cycle, known), is_blind(user, answer)
        before = earlier.get((answer.assessment.unit_id, answer.criterion.code))
        hidden = not sees_marks(user, answer.assessment, cycle)
        figure, other = figure_of(answer.criterion.leaf, answer.values), None if hidden else changed_since(answer)
        blocked = verdict.reason if not verdict else ""
        asked = state_of_question(answer, now) if now else ""
        note = None if hidden or second else note_on(answer)
        found.append(QueueLine(answer, said_claim(answer), figure, before, blocked, hidden, asked, other, second, note))
    return found


def noted_first(lines: Iterable[QueueLine]) -> list[QueueLine]:
    """What the lead gave back before all else, in the order they have."""
    return sorted(lines, key=lambda line: line.note is None)


def earlier_points(cycle: Cycle, answers: Iterable[Answer]) -> dict[tuple[int, str], Decimal]:
    """Last year's appraised points by (unit, criterion code), where the same unit was asked the same: one query."""
    answers = list(answers)
    before = Answer.objects.filter(
        assessment__cycle__year=cycle.year - 1,
        assessment__unit__in={answer.assessment.unit_id for answer in answers},
        criterion__code__in={answer.criterion.code for answer in answers},
        appraised_points__isnull=False,
    )
    found = before.values_list("assessment__unit", "criterion__code", "appraised_points")
    return {(unit, code): points for unit, code, points in found}


def beside(queue: Sequence[QueueLine], pk: int) -> tuple[int | None, int | None]:
    """The lines before and after this one in the queue, whatever their state."""
    order = [line.answer.pk for line in queue]
    if pk not in order:
        return None, order[0] if order else None
    place = order.index(pk)
    return order[place - 1] if place else None, order[place + 1] if place + 1 < len(order) else None


def next_waiting(queue: Sequence[QueueLine], pk: int, skipped: Sequence[int] = ()) -> int | None:
    """The next line of the queue that waits for this person, then from its beginning; what was skipped comes last, in the
    order of skipping."""
    order = [line.answer.pk for line in queue]
    here = order.index(pk) if pk in order else 0
    waits = {line.answer.pk for line in queue if line.waits} - {pk}
    left = [one for one in order[here:] + order[:here] if one in waits and one not in skipped]
    return next(iter([*left, *(one for one in skipped if one in waits)]), None)
