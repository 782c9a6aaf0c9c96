"""The acts: take a reference answer, mark it blind, withdraw it.

The trail keeps who did what and when, never the points: it is read by people who may also appraise. The points stand in
rows that the database does not let change.
"""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, locks
from core.audit.services import record
from core.cleaning import clean_text
from core.errors import Conflict, Invalid
from scoring.anchors.lines import as_line, checked_points, line_of
from scoring.anchors.permissions import can_mark, can_take, can_withdraw
from scoring.anchors.selectors import source_criteria
from scoring.models import Anchor, AnchorMark, Answer, Criterion, Cycle
from scoring.models.anchor import MOST_ANCHORS

REASON_LIMIT = 2000


@transaction.atomic(durable=True)
def take_anchor(
    *, cycle: Cycle, criterion: Criterion, answer: Answer, points: Decimal, reason: str, actor: User
) -> Anchor:
    """Freeze what the unit declared as a reference answer of this criterion, with the points agreed for it and why.

    The line is one of this year or of an earlier one that asked the same; at most three are in force.
    """
    cycle, criterion = locks.shared(Cycle, cycle.pk), _held(criterion)
    answer = Answer.objects.select_related("criterion__criteria_set", "assessment__unit", "assessment__cycle").get(
        pk=answer.pk
    )
    can_take(actor, answer, criterion, cycle).require()
    _require_same_question(criterion, answer, cycle)
    points = checked_points(as_line(criterion, answer.values), points)
    reason = _reason(reason, _("Write out why these points: appraisers read it once they have given their own mark."))
    there = list(Anchor.objects.in_force().filter(cycle=cycle, criterion=criterion).values_list("answer", "place"))
    if answer.pk in {source for source, _place in there}:
        raise Conflict(_("This line is a reference answer already."), code="ERR-DONE")
    free = sorted(set(range(1, MOST_ANCHORS + 1)) - {place for _source, place in there})
    if not free:
        raise Conflict(_("Three reference answers are in force; withdraw one first."), code="ERR-QUOTA")
    anchor = Anchor.objects.create(
        cycle=cycle,
        criterion=criterion,
        answer=answer,
        place=free[0],
        values=answer.values,
        explanation=answer.explanation,
        points=points,
        reason=reason,
        taken_by=actor,
        taken_at=clock.now(),
    )
    details = {"criterion": criterion.code, "unit": answer.assessment.unit.name, "year": answer.assessment.cycle.year}
    record(actor=actor, action="anchor.take", obj=anchor, details=details)
    return anchor


def _held(criterion: Criterion) -> Criterion:
    """Two leads do not take the same place."""
    locks.exclusive(Criterion, criterion.pk)
    return Criterion.objects.select_related("criteria_set", "responsible").get(pk=criterion.pk)


def _require_same_question(criterion: Criterion, answer: Answer, cycle: Cycle) -> None:
    """Of this criterion or of what it continues, and not from a year to come."""
    if answer.criterion_id not in source_criteria(criterion) or answer.assessment.cycle.year > cycle.year:
        raise Invalid(_("The line answers another criterion."))


@transaction.atomic(durable=True)
def mark_anchor(*, anchor: Anchor, points: Decimal, actor: User) -> AnchorMark:
    """The own mark, before the agreed one is shown: once, and for nobody's score."""
    cycle, anchor = locks.shared(Cycle, anchor.cycle_id), _anchor(anchor)
    can_mark(actor, anchor, cycle).require()
    points = checked_points(line_of(anchor), points)
    if anchor.marks.filter(appraiser=actor).exists():
        raise Conflict(_("You marked this reference answer already."), code="ERR-DONE")
    mark = AnchorMark.objects.create(anchor=anchor, appraiser=actor, points=points, marked_at=clock.now())
    record(actor=actor, action="anchor.mark", obj=anchor, details={"criterion": anchor.criterion.code})
    return mark


@transaction.atomic(durable=True)
def withdraw_anchor(*, anchor: Anchor, reason: str, actor: User) -> Anchor:
    """It is shown and counted no more; the row and the marks stay, with the reason."""
    locks.shared(Cycle, anchor.cycle_id)
    anchor = _anchor(anchor)
    can_withdraw(actor, anchor).require()
    anchor.withdrawal_reason = _reason(reason, _("Say why the reference answer is withdrawn."))
    anchor.withdrawn_by, anchor.withdrawn_at = actor, clock.now()
    anchor.save(update_fields=["withdrawal_reason", "withdrawn_by", "withdrawn_at"])
    details = {"criterion": anchor.criterion.code, "reason": anchor.withdrawal_reason}
    record(actor=actor, action="anchor.withdraw", obj=anchor, details=details)
    return anchor


def _anchor(anchor: Anchor) -> Anchor:
    locks.exclusive(Anchor, anchor.pk)
    related = ("criterion__criteria_set", "criterion__responsible", "answer__assessment")
    return Anchor.objects.select_related(*related).get(pk=anchor.pk)


def _reason(reason: str, sentence: str) -> str:
    reason = clean_text(reason, limit=REASON_LIMIT)
    if not reason:
        raise Invalid(sentence, code="ERR-REQUIRED", fields={"reason": sentence})
    return reason
