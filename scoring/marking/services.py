"""The acts: draw lines for a second mark, give it, give it up, and decide where two marks lie too far apart."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from core import clock, locks
from core.audit.services import record
from core.cleaning import clean_text
from core.errors import Conflict, Invalid
from scoring.appraisal.lines import ACCEPT, points_of, proposed_values
from scoring.appraisal.permissions import READS_ALL_CRITERIA, can_accept, is_na_allowed
from scoring.appraisal.selectors.progress import need_decision
from scoring.appraisal.services import REASON_LIMIT, checked_reason, count_claim, count_correction
from scoring.assigning.planning import appraisers_of
from scoring.clarifying.permissions import has_no_open_question
from scoring.conflicts.selectors import conflicts_among
from scoring.enums import AssessmentState, CorrectionKind, LineState, MarkWay, ReasonCode
from scoring.marking.blind import seen_in, token_of
from scoring.marking.comparing import compare
from scoring.marking.drawing import Line, markers_of, sample
from scoring.marking.permissions import can_draw, can_mark_second, can_release, can_settle
from scoring.models import Answer, Assessment, Cycle, MarkingDraw, SecondMark

FIRST, SECOND, OTHER = "first", "second", "other"


@transaction.atomic(durable=True)
def draw_second_marks(
    *, cycle: Cycle, agency: Unit, share_percent: int, gap_percent: int, seed: int, actor: User
) -> MarkingDraw:
    """A random share of the agency's lines that nobody has decided on yet gets a second marker. Holds the cycle for itself.

    Undecided ones only: who is to mark independently cannot have read the first mark; nor is it anybody whose office is to
    read every mark. A draw adds to those before.
    """
    cycle = locks.exclusive(Cycle, cycle.pk)
    can_draw(actor, cycle).require()
    if not (1 <= share_percent <= 100 and 0 <= gap_percent <= 100):
        raise Invalid(_("Shares are whole numbers from 1 to 100, the gap from 0 to 100."))
    lines = _lines(cycle, agency)
    if not lines:
        sentence = _("{agency} has no open line of this year without a second marker.")
        raise Invalid(sentence.format(agency=agency))
    people = {one.username: one for one in appraisers_of(agency, actor) if not one.has_role(*READS_ALL_CRITERIA)}
    barred = {one.username: known for one, known in _with_conflicts(people)}
    drawn = sample(lines, share_percent=share_percent, seed=seed)
    who = markers_of(drawn, barred, seed=seed)
    taken = {answer: people[name] for answer, name in who.items() if name}
    if not taken:
        sentence = _("Nobody of {agency} is free to mark a second time: two appraisers are needed, without conflicts.")
        raise Invalid(sentence.format(agency=agency))
    draw = MarkingDraw.objects.create(
        cycle=cycle,
        agency=agency,
        share_percent=share_percent,
        gap_percent=gap_percent,
        seed=seed,
        lines=len(taken),
        left=len(drawn) - len(taken),
        made_by=actor,
        made_at=clock.now(),
    )
    SecondMark.objects.bulk_create(SecondMark(answer_id=pk, draw=draw, marker=one) for pk, one in taken.items())
    details = {"agency": agency.name, "year": cycle.year, "share_percent": share_percent, "gap_percent": gap_percent}
    record(actor=actor, action="markingdraw.make", obj=draw, details=details | {"seed": seed, "lines": len(taken)})
    return draw


def _lines(cycle: Cycle, agency: Unit) -> list[Line]:
    answers = Answer.objects.filter(
        assessment__cycle=cycle,
        assessment__state=AssessmentState.UNDER_APPRAISAL,
        criterion__responsible=agency,
        line_state=LineState.OPEN,
        second_mark=None,
    )
    key = ("assessment__unit", "assessment__unit__code", "criterion__code", "assignment__appraiser__username")
    found = need_decision(answers).order_by("assessment__unit__code", "criterion__code", "pk").values_list("pk", *key)
    return [Line(pk, unit, code, what, first or "") for pk, unit, code, what, first in found]


def _with_conflicts(people: Mapping[str, User]):
    known = conflicts_among(people.values())
    return [(one, known[one.pk]) for one in people.values()]


def _held(answer: Answer) -> tuple[Cycle, Answer]:
    cycle = locks.shared(Cycle, answer.assessment.cycle_id)
    assessment = locks.exclusive(Assessment, answer.assessment_id)
    related = ("criterion__criteria_set", "criterion__responsible", "correction", "clarification", "second_mark__draw")
    answer = Answer.objects.select_related(*related).get(pk=answer.pk)
    answer.assessment = assessment
    return cycle, answer


@transaction.atomic(durable=True)
def save_second_mark(
    *,
    answer: Answer,
    way: str,
    raw: Mapping[str, str],
    points: Decimal | None,
    reason_code: str,
    reason: str,
    token: int,
    actor: User,
) -> SecondMark:
    """The own, independent mark of the line as it was read (`token`, of `blind.token_of`). It is given once and never
    counts by itself; where the first mark is there and too far away, a third person decides."""
    cycle, answer = _held(answer)
    can_mark_second(actor, answer, cycle).require()
    seen, second = seen_in(answer), answer.second_mark
    if token_of(seen) != token:
        raise Conflict(_("The line changed after it was opened. Read it again, then decide."))
    has_no_open_question(answer, clock.now()).require()
    if way == ACCEPT:
        can_accept(answer).require()
    elif way == CorrectionKind.NOT_APPLICABLE:
        is_na_allowed(answer).require()
        reason_code = ReasonCode.NOT_APPLICABLE
    values = proposed_values(answer, way, raw, points)
    if way != ACCEPT:
        second.reason_code, second.reason = reason_code, checked_reason(reason_code, reason)
    second.way, second.values, second.points = way, values, points_of(answer, values)
    second.read_as, second.saved_at = seen, clock.now()
    second.save()
    compare([answer])
    details = {"way": way, "values": values, "points": second.points, "reason_code": second.reason_code}
    record(actor=actor, action="secondmark.save", obj=second, details=details | {"line": answer.pk})
    return second


@transaction.atomic(durable=True)
def release_second_mark(*, second: SecondMark, reason: str, actor: User) -> None:
    """The line goes on with one mark: whoever should give the second is away, for instance. The reason is on record."""
    cycle, answer = _held(second.answer)
    second = SecondMark.objects.select_related("marker").get(pk=second.pk)
    second.answer = answer
    can_release(actor, second, cycle).require()
    details = {"line": answer.pk, "user": second.marker.username, "reason": _written(reason)}
    record(actor=actor, action="secondmark.release", obj=second, details=details)
    second.delete()


@transaction.atomic(durable=True)
def settle_gap(
    *, answer: Answer, choice: str, points: Decimal | None, reason: str, version: int, actor: User
) -> SecondMark:
    """A third person lets the first mark stand, lets the second count, or sets other points; always with a reason.

    The unit reads the reason beside its result where the first mark does not stand.
    """
    cycle, answer = _held(answer)
    can_settle(actor, answer, cycle).require()
    if answer.version != version:
        raise Conflict(_("The line changed after it was opened. Read it again, then decide."))
    reason, second = _written(reason), answer.second_mark
    second.first_points, second.first_by = answer.appraised_points, answer.appraised_by
    if choice == SECOND and second.way == MarkWay.ACCEPT:
        count_claim(answer, actor)
    elif choice == SECOND:
        count_correction(answer, CorrectionKind(second.way), second.values, second.reason_code, reason, actor)
    elif choice == OTHER:
        values = proposed_values(answer, CorrectionKind.POINTS, {}, points)
        code = second.reason_code or answer.correction.reason_code
        count_correction(answer, CorrectionKind.POINTS, values, code, reason, actor)
    elif choice != FIRST:
        raise Invalid(_("Choose which mark counts."), code="ERR-REQUIRED", fields={"choice": _("Choose.")})
    second.settled_reason, second.settled_by, second.settled_at = reason, actor, clock.now()
    second.save()
    details = {"line": answer.pk, "choice": choice, "points": answer.appraised_points, "reason": reason}
    record(actor=actor, action="secondmark.settle", obj=second, details=details)
    return second


def _written(reason: str) -> str:
    reason = clean_text(reason, limit=REASON_LIMIT)
    if not reason:
        raise Invalid(_("Write the reason."), code="ERR-REQUIRED", fields={"reason": _("Still empty.")})
    return reason
