"""The act “unchanged, refresh the evidence”: one line takes last year's figures, and gives them back."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, locks
from core.audit.services import record
from core.errors import Conflict, Invalid, WrongState
from scoring.filing.carried import mark_of, repeatable_values
from scoring.filing.declaring import declared_as, facts_of, put
from scoring.filing.permissions import can_edit
from scoring.filing.selectors import last_line
from scoring.models import Answer, Assessment, Cycle


def _held_line(answer: Answer, actor: User) -> Answer:
    """The line under the locks, to be changed by somebody who may."""
    cycle = locks.shared(Cycle, answer.assessment.cycle_id)
    assessment = locks.exclusive(Assessment, answer.assessment_id)
    can_edit(actor, assessment, cycle, clock.now()).require()
    answer = Answer.objects.select_related("criterion__criteria_set").get(pk=answer.pk)
    assessment.cycle = cycle
    answer.assessment = assessment
    if not answer.criterion.declared_by_unit:
        raise Invalid(_("This line is entered by the appraising agency."))
    return answer


@transaction.atomic(durable=True)
def carry_over(*, answer: Answer, version: int, actor: User) -> Answer:
    """Declare the figures that were recognised last year, marked until the evidence is refreshed or they are edited.

    Conflict if somebody saved the line since `version`; Invalid where last year has no figures that the rule takes. The
    explanation stays. What stands there already is not carried again.
    """
    answer = _held_line(answer, actor)
    last = last_line(answer)
    values = repeatable_values(answer, last.answers.get(answer.criterion.code) if last else None)
    if values == answer.values and not answer.asks_not_applicable:
        return answer
    if answer.version != version:
        raise Conflict(_("This line was changed meanwhile. Load the page again, then carry over."))
    former = facts_of(answer)
    put(answer, declared_as(answer, values, answer.explanation, asks_not_applicable=False), actor)
    answer.carried = mark_of(last.answers[answer.criterion.code], former)
    answer.save()
    details = {"before": former, "after": facts_of(answer), "year": last.year, "version": answer.version}
    record(actor=actor, action="answer.carry_over", obj=answer, details=details)
    return answer


@transaction.atomic(durable=True)
def undo_carry_over(*, answer: Answer, actor: User) -> Answer:
    """What stood there before comes back; an explanation written since stays. WrongState once the figures were edited."""
    answer = _held_line(answer, actor)
    if not answer.carried:
        raise WrongState(_("The line is no longer as it was carried over; there is nothing to undo."))
    before, former = facts_of(answer), answer.carried["former"]
    explanation = answer.explanation or former["explanation"]
    put(answer, declared_as(answer, former["values"], explanation, former["asks_not_applicable"]), actor)
    answer.carried = None
    answer.save()
    details = {"before": before, "after": facts_of(answer), "version": answer.version}
    record(actor=actor, action="answer.undo_carry_over", obj=answer, details=details)
    return answer
