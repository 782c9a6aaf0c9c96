"""Who appraises which line, and when. Nobody touches the own unit."""

from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from core.errors import OutOfTime, WrongState
from core.verdict import Verdict, first_no
from scoring.enums import AssessmentState, CycleState, ExplanationState, LineState
from scoring.models import Answer, Assessment, Cycle, Explanation


def not_own_unit(user: User, assessment: Assessment) -> Verdict:
    return Verdict(
        assessment.unit_id not in user.own_units, _("Nobody appraises the own unit. Leave it to another appraiser.")
    )


def is_responsible(user: User, answer: Answer) -> Verdict:
    """The criterion's appraising agency, or an appraisal lead."""
    mine = answer.criterion.responsible_id in user.units_as(Role.APPRAISER)
    return Verdict(
        mine or user.has_role(Role.APPRAISAL_LEAD),
        _("This criterion is appraised by {agency}.").format(agency=answer.criterion.responsible or "–"),
    )


def can_appraise(user: User, answer: Answer, cycle: Cycle) -> Verdict:
    assessment = answer.assessment
    return first_no(
        not_own_unit(user, assessment),
        is_responsible(user, answer),
        Verdict(cycle.state == CycleState.APPRAISAL, _("The appraisal phase is not open."), WrongState),
        Verdict(
            assessment.state == AssessmentState.UNDER_APPRAISAL,
            _("The self-assessment is “{state}”.").format(state=assessment.get_state_display()),
            WrongState,
        ),
    )


def can_lead(user: User) -> Verdict:
    return Verdict(user.has_role(Role.APPRAISAL_LEAD), _("Only an appraisal lead closes the appraisal."))


def can_return(user: User, assessment: Assessment, cycle: Cycle) -> Verdict:
    states = (AssessmentState.SUBMITTED, AssessmentState.UNDER_APPRAISAL)
    return first_no(
        Verdict(
            user.has_role(Role.APPRAISAL_LEAD, Role.SCORING_SECRETARY),
            _("Only the appraisal lead or the scoring secretary returns a self-assessment."),
        ),
        not_own_unit(user, assessment),
        Verdict(
            assessment.state in states and cycle.state in (CycleState.FILING, CycleState.APPRAISAL),
            _("The self-assessment is “{state}”.").format(state=assessment.get_state_display()),
            WrongState,
        ),
    )


def can_explain(user: User, answer: Answer, cycle: Cycle, now) -> Verdict:
    return first_no(
        Verdict(
            answer.assessment.unit_id in user.units_as(Role.UNIT_HEAD),
            _("Only the head of the unit files an explanation."),
        ),
        Verdict(cycle.state == CycleState.EXPLANATION, _("The explanation phase is not open."), WrongState),
        Verdict(now < cycle.explanation_closes_at, _("The time for explanations is over."), OutOfTime),
        Verdict(
            answer.line_state in (LineState.CORRECTED, LineState.NOT_APPLICABLE),
            _("Only a corrected line can be contested."),
            WrongState,
        ),
    )


def can_decide_explanation(user: User, explanation: Explanation, cycle: Cycle) -> Verdict:
    """By somebody other than the one who made the contested correction (the second appraiser)."""
    return first_no(
        not_own_unit(user, explanation.answer.assessment),
        is_responsible(user, explanation.answer),
        Verdict(
            explanation.contested.made_by_id != user.pk,
            _("The contested correction is your own; another appraiser decides on it."),
        ),
        Verdict(cycle.state == CycleState.EXPLANATION, _("The explanation phase is not open."), WrongState),
        Verdict(explanation.state == ExplanationState.FILED, _("The explanation is decided already."), WrongState),
    )
