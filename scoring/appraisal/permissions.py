"""Who appraises which line, and when. Nobody touches the own unit."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from core.errors import Invalid, NotFound, OutOfTime, WrongState
from core.verdict import YES, Verdict, first_no
from scoring.appraisal.lines import claim_values
from scoring.conflicts.permissions import has_no_conflict
from scoring.conflicts.selectors import Barred
from scoring.enums import AssessmentState, CycleState, ExplanationState, LineState
from scoring.filing.permissions import may_file
from scoring.marking.blind import second_mark_of
from scoring.marking.comparing import has_both
from scoring.models import Answer, Assessment, Criterion, Cycle, Explanation

# The desk is the committee's; its pages are not there for anybody else.
DESK = (Role.APPRAISER, Role.APPRAISAL_LEAD, Role.SCORING_SECRETARY, Role.AUDITOR)
READS_ALL_CRITERIA = (Role.APPRAISAL_LEAD, Role.SCORING_SECRETARY, Role.AUDITOR)
# A lead alone may have made the correction: then the secretary enters what the council decided.
ENTERS_COUNCIL = (Role.APPRAISAL_LEAD, Role.SCORING_SECRETARY)
FILES = (Role.UNIT_OFFICER, Role.UNIT_HEAD)
# From the provisional result on a unit knows how its lines were appraised.
RELEASED = frozenset(CycleState) - {CycleState.PREPARING, CycleState.FILING, CycleState.APPRAISAL}


def can_see_desk(user: User) -> Verdict:
    return Verdict(user.has_role(*DESK), _("There is no such page."), NotFound)


def sees_marks(user: User, assessment: Assessment, cycle: Cycle) -> bool:
    """Whoever belongs to the unit learns of its marks when the unit does, also as an appraiser of other units. What a second
    marker does not see of a line is told by `scoring.marking.blind`."""
    return cycle.state in RELEASED or assessment.unit_id not in user.own_units


def result_is_shown(cycle: Cycle) -> Verdict:
    return Verdict(
        cycle.state in RELEASED, _("The provisional result is shown once the appraisal is closed."), WrongState
    )


def is_responsible(user: User, criterion: Criterion) -> Verdict:
    """The criterion's appraising agency, or an appraisal lead."""
    mine = criterion.responsible_id in user.units_as(Role.APPRAISER)
    return Verdict(
        mine or user.has_role(Role.APPRAISAL_LEAD),
        _("This criterion is appraised by {agency}.").format(agency=criterion.responsible or "–"),
    )


def can_enter(user: User, criterion: Criterion, cycle: Cycle) -> Verdict:
    """Whether the figures of this criterion are typed here, for all units: a survey, a system, the agency's own mark."""
    return first_no(
        is_responsible(user, criterion),
        Verdict(
            not criterion.declared_by_unit, _("Units declare this criterion; it is appraised unit by unit."), WrongState
        ),
        Verdict(cycle.state == CycleState.APPRAISAL, _("The appraisal phase is not open."), WrongState),
    )


def is_assigned(user: User, answer: Answer) -> Verdict:
    """Where the agency divided its lines, each is one appraiser's; else everybody of the agency shares them. An appraisal
    lead decides on any. No query for lines read with their `assignment`."""
    one = getattr(answer, "assignment", None)
    if one is None or one.appraiser_id == user.pk or user.has_role(Role.APPRAISAL_LEAD):
        return YES
    if one.appraiser_id is None:
        return Verdict(False, _("Everybody of the agency has a conflict of interest here; an appraisal lead decides."))
    return Verdict(False, _("This line is assigned to {person}.").format(person=one.appraiser))


def is_first(user: User, answer: Answer) -> Verdict:
    """Of a line that is marked twice: whether the person may give or change the first mark. Both marks on record stay as they
    are, but for a lead. No query for lines read with their `second_mark`."""
    second = second_mark_of(answer)
    if second is None:
        return YES
    return first_no(
        Verdict(
            second.marker_id != user.pk,
            _("You give this line its second, independent mark; the first one is somebody else's."),
        ),
        Verdict(
            user.has_role(Role.APPRAISAL_LEAD) or not has_both(answer),
            _("Both marks of this line are on record; only an appraisal lead changes it now."),
        ),
    )


def can_appraise(user: User, answer: Answer, cycle: Cycle, known: Barred | None = None) -> Verdict:
    """`known` is `conflicts_of(user)`, where many lines are asked about."""
    assessment = answer.assessment
    return first_no(
        has_no_conflict(user, assessment, known),
        is_responsible(user, answer.criterion),
        is_assigned(user, answer),
        is_first(user, answer),
        Verdict(cycle.state == CycleState.APPRAISAL, _("The appraisal phase is not open."), WrongState),
        Verdict(
            assessment.state == AssessmentState.UNDER_APPRAISAL,
            _("The self-assessment is “{state}”.").format(state=assessment.get_state_display()),
            WrongState,
        ),
    )


def can_accept(answer: Answer) -> Verdict:
    """Whether there is a claim that can stand as declared. «Not declared» can: it counts by the set's own rule."""
    criterion = answer.criterion
    entered_here = not criterion.declared_by_unit and criterion.pillar_id is not None
    return first_no(
        Verdict(
            not answer.asks_not_applicable,
            _("The unit asks for “not applicable”: grant it, or enter the figures with the reason."),
            WrongState,
        ),
        Verdict(
            not entered_here or bool(answer.values),
            _("The appraising agency enters this line itself: there is no claim to accept."),
            WrongState,
        ),
    )


def is_na_allowed(answer: Answer) -> Verdict:
    return Verdict(
        answer.criterion.leaf.rule.na_allowed, _("This criterion applies to every unit of the group."), Invalid
    )


def can_close(user: User, cycle: Cycle) -> Verdict:
    return first_no(
        Verdict(user.has_role(Role.APPRAISAL_LEAD), _("Only an appraisal lead closes the appraisal.")),
        Verdict(cycle.state == CycleState.APPRAISAL, _("The appraisal phase is not open."), WrongState),
    )


def can_reopen(user: User, answer: Answer, cycle: Cycle) -> Verdict:
    """Give a decided line back to its appraiser, until the form is closed."""
    assessment = answer.assessment
    return first_no(
        Verdict(user.has_role(Role.APPRAISAL_LEAD), _("Only an appraisal lead reopens a decided line.")),
        has_no_conflict(user, assessment),
        Verdict(cycle.state == CycleState.APPRAISAL, _("The appraisal phase is not open."), WrongState),
        Verdict(
            assessment.state == AssessmentState.UNDER_APPRAISAL,
            _("The self-assessment is “{state}”.").format(state=assessment.get_state_display()),
            WrongState,
        ),
        Verdict(
            answer.line_state != LineState.OPEN, _("The line is not decided; there is nothing to reopen."), WrongState
        ),
    )


def can_review(user: User, cycle: Cycle) -> Verdict:
    return first_no(
        Verdict(user.has_role(Role.APPRAISAL_LEAD), _("Only an appraisal lead marks a criterion as reviewed.")),
        Verdict(cycle.state == CycleState.APPRAISAL, _("The appraisal phase is not open."), WrongState),
    )


def can_return(user: User, assessment: Assessment, cycle: Cycle, now: datetime) -> Verdict:
    """While the unit still has the time to mend the form; later it could never hand it in again."""
    states = (AssessmentState.SUBMITTED, AssessmentState.UNDER_APPRAISAL)
    mendable = may_file(assessment, cycle, now)
    return first_no(
        Verdict(
            user.has_role(Role.APPRAISAL_LEAD, Role.SCORING_SECRETARY),
            _("Only the appraisal lead or the scoring secretary returns a self-assessment."),
        ),
        has_no_conflict(user, assessment),
        Verdict(
            assessment.state in states,
            _("The self-assessment is “{state}”.").format(state=assessment.get_state_display()),
            WrongState,
        ),
        Verdict(
            bool(mendable),
            _("The unit could not hand it in again: {reason}").format(reason=mendable.reason),
            mendable.error,
        ),
    )


def is_contestable(answer: Answer) -> bool:
    """Something was changed against the claim; «not applicable» that the unit had asked for is no such change."""
    granted = answer.line_state == LineState.NOT_APPLICABLE and not answer.asks_not_applicable
    return granted or answer.line_state == LineState.CORRECTED


def can_explain(user: User, answer: Answer, cycle: Cycle, now: datetime) -> Verdict:
    return first_no(
        Verdict(
            answer.assessment.unit_id in user.units_as(Role.UNIT_HEAD),
            _("Only the head of the unit files an explanation."),
        ),
        Verdict(cycle.state == CycleState.EXPLANATION, _("The explanation phase is not open."), WrongState),
        Verdict(now < cycle.explanation_closes_at, _("The time for explanations is over."), OutOfTime),
        Verdict(
            answer.assessment.state == AssessmentState.APPRAISED,
            _("The self-assessment is “{state}”.").format(state=answer.assessment.get_state_display()),
            WrongState,
        ),
        Verdict(is_contestable(answer), _("Only a corrected line can be contested."), WrongState),
        Verdict(
            cycle.explanation_round == 1 or answer.contest_id is not None,
            _("A further round is for lines that were contested before."),
            WrongState,
        ),
    )


def can_decide_explanation(user: User, explanation: Explanation, cycle: Cycle, known: Barred | None = None) -> Verdict:
    """By somebody other than the one who made the contested correction (the second appraiser), whosever the line was."""
    return first_no(
        has_no_conflict(user, explanation.answer.assessment, known),
        is_responsible(user, explanation.answer.criterion),
        Verdict(
            explanation.contested.made_by_id != user.pk,
            _("The contested correction is your own; another appraiser decides on it."),
        ),
        Verdict(
            user.pk not in judges_before(explanation),
            _("You corrected this line or decided on it in an earlier round; somebody else decides now."),
        ),
        _waits(explanation, cycle, ExplanationState.FILED),
    )


def judges_before(explanation: Explanation) -> set[int | None]:
    """Who corrected the line or decided on it in earlier rounds: no query for the first round, nor for lines read with
    their `explanations`."""
    if explanation.round == 1:
        return set()
    earlier = [one for one in explanation.answer.explanations.all() if one.round < explanation.round]
    return {one.decided_by_id for one in earlier} | {one.contested.made_by_id for one in earlier}


def can_refer(user: User, explanation: Explanation, cycle: Cycle) -> Verdict:
    """Put before the appraisal council: no second appraiser is left, or the lead wants it decided there."""
    return first_no(
        Verdict(
            user.has_role(Role.APPRAISAL_LEAD), _("Only an appraisal lead refers a line to the appraisal council.")
        ),
        has_no_conflict(user, explanation.answer.assessment),
        _waits(explanation, cycle, ExplanationState.FILED),
    )


def can_enter_council(user: User, explanation: Explanation, cycle: Cycle, known: Barred | None = None) -> Verdict:
    """Who enters what the council decided: the lead or the scoring secretary, never who made the correction."""
    return first_no(
        Verdict(
            user.has_role(*ENTERS_COUNCIL),
            _("The appraisal council decides; an appraisal lead or the scoring secretary enters its decision."),
        ),
        has_no_conflict(user, explanation.answer.assessment, known),
        Verdict(
            explanation.contested.made_by_id != user.pk,
            _("The contested correction is your own; somebody else enters the council's decision on it."),
        ),
        _waits(explanation, cycle, ExplanationState.REFERRED),
    )


def _waits(explanation: Explanation, cycle: Cycle, state: ExplanationState) -> Verdict:
    return first_no(
        Verdict(cycle.state == CycleState.EXPLANATION, _("The explanation phase is not open."), WrongState),
        Verdict(not explanation.is_decided, _("The explanation is decided already."), WrongState),
        Verdict(
            explanation.state == state,
            _("The explanation is “{state}”.").format(state=explanation.get_state_display()),
            WrongState,
        ),
    )


def can_uphold(answer: Answer) -> Verdict:
    """Upholding lets the claim count, so there must be one: figures, or the request for «not applicable»."""
    return Verdict(
        answer.asks_not_applicable or claim_values(answer) is not None,
        _("The unit declared no figures that could count. Uphold in part and enter the figures."),
        WrongState,
    )
