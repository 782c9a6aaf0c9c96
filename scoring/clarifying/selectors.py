"""What the pages of both sides read about questions."""

from collections import defaultdict
from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import User
from scoring.enums import ClarificationState, CycleState
from scoring.models import Answer, Assessment, Clarification, Cycle
from scoring.models.assessment import FILES

_PEOPLE = ("asked_by", "replied_by")


def awaits_unit(now: datetime) -> Q:
    """Lines about which the unit was asked and may still answer."""
    return Q(clarification__state=ClarificationState.ASKED, clarification__due_at__gt=now)


def state_of_question(answer: Answer, now: datetime) -> str:
    """asked, answered, or nothing where no question is in force or its day is over. Needs `clarification` at hand."""
    asked = answer.clarification if answer.clarification_id else None
    if asked is None or (asked.state == ClarificationState.ASKED and not asked.waits(now)):
        return ""
    return asked.state


def threads_of_form(assessment: Assessment) -> dict[int, list[Clarification]]:
    """Answer → its questions, the oldest first: one query, none while nobody could have asked."""
    found: dict[int, list[Clarification]] = defaultdict(list)
    if assessment.cycle.state in (CycleState.PREPARING, CycleState.FILING):
        return found
    for one in Clarification.objects.filter(answer__assessment=assessment).select_related(*_PEOPLE):
        found[one.answer_id].append(one)
    return found


def threads_of_line(answer: Answer) -> list[Clarification]:
    return list(answer.clarifications.select_related(*_PEOPLE))


def waiting_for_unit(user: User, cycle: Cycle, now: datetime) -> QuerySet[Clarification]:
    """Questions that the person's own units have to answer, the most urgent first."""
    asked = Clarification.objects.filter(
        answer__assessment__unit__in=user.units_as(*FILES),
        answer__assessment__cycle=cycle,
        state=ClarificationState.ASKED,
        due_at__gt=now,
    )
    return asked.select_related("answer__assessment__unit", "answer__criterion").order_by("due_at", "pk")


def closes_after(cycle: Cycle, now: datetime) -> QuerySet:
    """Ids of the forms that cannot be closed yet because their unit may still answer."""
    return Answer.objects.filter(awaits_unit(now), assessment__cycle=cycle).values("assessment")
