"""What waits because somebody asked: for the unit the questions, for the appraiser the answers."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import Role
from accounts.models import User
from core.waiting import Task
from scoring.assigning.care import to_decide
from scoring.clarifying.selectors import waiting_for_unit
from scoring.enums import AssessmentState, ClarificationState, CycleState
from scoring.models import Answer, Cycle

# Each question is a task of its own up to this number, then one task leads to the first of them.
EACH = 3


def asked_tasks(user: User, cycle: Cycle, now: datetime) -> list[Task]:
    """For officers and heads: one query, none outside the appraisal."""
    if cycle.state != CycleState.APPRAISAL:
        return []
    asked = list(waiting_for_unit(user, cycle, now))
    if len(asked) > EACH:
        title = ngettext("Answer {n} question of the appraisers", "Answer {n} questions of the appraisers", len(asked))
        codes = ", ".join(one.answer.criterion.code for one in asked)
        url = reverse("clarification", args=[asked[0].pk])
        return [Task("chat-left-text", title.format(n=len(asked)), codes, url, _("Answer"), asked[0].due_at)]
    return [
        Task(
            icon="chat-left-text",
            title=_("Answer the question about {code}").format(code=one.answer.criterion.code),
            where=f"{one.answer.assessment.unit}: {one.question.splitlines()[0][:160]}",
            url=reverse("clarification", args=[one.pk]),
            button=_("Answer"),
            until=one.due_at,
        )
        for one in asked
    ]


def answered_tasks(user: User, cycle: Cycle) -> list[Task]:
    """For appraisers of the criteria and leads: answers that nobody has looked at. One query."""
    lines = Answer.objects.filter(
        assessment__cycle=cycle,
        assessment__state=AssessmentState.UNDER_APPRAISAL,
        clarification__state=ClarificationState.ANSWERED,
    )
    lines = to_decide(lines, user)
    if not user.has_role(Role.APPRAISAL_LEAD):
        lines = lines.filter(criterion__responsible__in=user.units_as(Role.APPRAISER))
    found = list(
        lines.order_by("clarification__replied_at").values_list("pk", "criterion__code", "assessment__unit__name")
    )
    if not found:
        return []
    title = ngettext("Read {n} answer of a unit", "Read {n} answers of units", len(found)).format(n=len(found))
    where = "; ".join(f"{code}, {unit}" for _pk, code, unit in found[:EACH]) + (" …" if len(found) > EACH else "")
    url = reverse("appraisal_line", args=[found[0][0]])
    return [Task("chat-left-text", title, where, url, _("Read and decide"), cycle.appraisal_closes_at)]
