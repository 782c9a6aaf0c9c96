"""Who asks about a line, who answers, and which line of a locked form is open because of it."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from core.errors import OutOfTime, WrongState
from core.verdict import YES, Verdict, first_no
from scoring.appraisal.permissions import is_assigned, is_first, is_responsible
from scoring.conflicts.permissions import has_no_conflict
from scoring.enums import AssessmentState, ClarificationState, CycleState
from scoring.filing.permissions import can_edit
from scoring.models import Answer, Assessment, Clarification, Cycle
from scoring.models.assessment import FILES


def may_ask(user: User, answer: Answer) -> Verdict:
    """Whose line it is in the criterion's appraising agency, an appraisal lead, or the scoring secretary; never where there is
    a conflict of interest."""
    return first_no(
        has_no_conflict(user, answer.assessment),
        YES
        if user.has_role(Role.SCORING_SECRETARY)
        else first_no(is_responsible(user, answer.criterion), is_assigned(user, answer), is_first(user, answer)),
    )


def has_no_open_question(answer: Answer, now: datetime) -> Verdict:
    """Whether nothing the unit was asked about the line may still be answered."""
    asked = answer.clarification if answer.clarification_id else None
    return Verdict(
        asked is None or not asked.waits(now),
        _("The unit was asked already and may answer until {time:%H:%M:%S %d/%m/%Y} (server time).").format(
            time=localtime(asked.due_at) if asked else now
        ),
        WrongState,
    )


def can_ask(user: User, answer: Answer, cycle: Cycle, now: datetime) -> Verdict:
    """While the form is appraised, one question at a time. One that was not answered in time does not stand in the way."""
    assessment = answer.assessment
    return first_no(
        may_ask(user, answer),
        Verdict(
            answer.criterion.declared_by_unit,
            _("The unit does not declare this line; there is nothing to ask it."),
            WrongState,
        ),
        _under_appraisal(assessment, cycle, now),
        has_no_open_question(answer, now),
    )


def _under_appraisal(assessment: Assessment, cycle: Cycle, now: datetime) -> Verdict:
    return first_no(
        Verdict(cycle.state == CycleState.APPRAISAL, _("The appraisal phase is not open."), WrongState),
        Verdict(now < cycle.appraisal_closes_at, _("The appraisal is closed."), OutOfTime),
        Verdict(
            assessment.state == AssessmentState.UNDER_APPRAISAL,
            _("The self-assessment is “{state}”.").format(state=assessment.get_state_display()),
            WrongState,
        ),
    )


def can_answer(user: User, asked: Clarification, cycle: Cycle, now: datetime) -> Verdict:
    return first_no(
        Verdict(
            asked.answer.assessment.unit_id in user.units_as(*FILES),
            _("Only officers and the head of the unit answer for it."),
        ),
        Verdict(
            asked.state == ClarificationState.ASKED,
            _("The question is “{state}” and waits for no answer.").format(state=asked.get_state_display()),
            WrongState,
        ),
        Verdict(cycle.state == CycleState.APPRAISAL, _("The appraisal phase is not open."), WrongState),
        Verdict(
            now < asked.due_at,
            _("The question was to be answered by {time:%H:%M:%S %d/%m/%Y} (server time).").format(
                time=localtime(asked.due_at)
            ),
            OutOfTime,
        ),
    )


def can_withdraw(user: User, asked: Clarification) -> Verdict:
    return first_no(
        may_ask(user, asked.answer),
        Verdict(
            asked.state == ClarificationState.ASKED,
            _("The question is “{state}” and waits for no answer.").format(state=asked.get_state_display()),
            WrongState,
        ),
    )


LineGate = Callable[[Answer], Verdict]


def line_gate(user: User, assessment: Assessment, cycle: Cycle, now: datetime) -> LineGate:
    """Whether the person may change a line: all of an open form, else the one that was asked about. No query for lines
    read with their clarification."""
    whole = can_edit(user, assessment, cycle, now)

    def of_line(answer: Answer) -> Verdict:
        asked = answer.clarification if answer.clarification_id else None
        waits = asked is not None and asked.state == ClarificationState.ASKED
        if whole or not waits or assessment.state != AssessmentState.UNDER_APPRAISAL:
            return whole
        asked.answer = answer
        return can_answer(user, asked, cycle, now)

    return of_line


def require_open(user: User, assessment: Assessment, cycle: Cycle, lines: Iterable[Answer], now: datetime) -> None:
    """Every one of the lines, as they stand now."""
    gate = line_gate(user, assessment, cycle, now)
    current = Answer.objects.select_related("clarification").filter(pk__in=[line.pk for line in lines])
    for line in current:
        line.assessment = assessment
        gate(line).require()
