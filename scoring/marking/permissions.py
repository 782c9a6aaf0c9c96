"""Who draws lines for a second mark, who marks them, and who decides where two marks lie apart."""

from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from core.errors import NotFound, WrongState
from core.verdict import Verdict, first_no
from scoring.appraisal.permissions import DESK, can_appraise, is_responsible
from scoring.conflicts.permissions import has_no_conflict
from scoring.conflicts.selectors import Barred
from scoring.enums import AssessmentState, CycleState
from scoring.marking.blind import is_blind, second_mark_of
from scoring.marking.comparing import has_both
from scoring.models import Answer, Cycle, SecondMark


def can_see_marking(user: User) -> Verdict:
    return Verdict(user.has_role(*DESK), _("There is no such page."), NotFound)


def can_draw(user: User, cycle: Cycle) -> Verdict:
    return first_no(
        Verdict(user.has_role(Role.APPRAISAL_LEAD), _("Only an appraisal lead has lines marked twice.")),
        Verdict(cycle.state == CycleState.APPRAISAL, _("The appraisal phase is not open."), WrongState),
    )


def can_release(user: User, second: SecondMark, cycle: Cycle) -> Verdict:
    """A second mark that is not there yet is given up; one that was saved stays."""
    return first_no(
        can_draw(user, cycle),
        has_no_conflict(user, second.answer.assessment),
        Verdict(second.saved_at is None, _("The second mark is on record already."), WrongState),
    )


def can_mark_second(user: User, answer: Answer, cycle: Cycle, known: Barred | None = None) -> Verdict:
    """Whether the person gives this line its second mark, now. `known` as in `has_no_conflict`."""
    second = second_mark_of(answer)
    return first_no(
        has_no_conflict(user, answer.assessment, known),
        is_responsible(user, answer.criterion),
        Verdict(second is not None and second.marker_id == user.pk, _("The second mark of this line is not yours.")),
        Verdict(
            second is not None and second.saved_at is None, _("Your second mark is on record already."), WrongState
        ),
        _at_work(answer, cycle),
    )


def can_mark(user: User, answer: Answer, cycle: Cycle, known: Barred | None = None) -> Verdict:
    """Whether the person marks this line: its second time where that is still to come from this very person, else as always."""
    if is_blind(user, answer):
        return can_mark_second(user, answer, cycle, known)
    return can_appraise(user, answer, cycle, known)


def can_settle(user: User, answer: Answer, cycle: Cycle, known: Barred | None = None) -> Verdict:
    """A third person: neither of the two who marked."""
    second = second_mark_of(answer)
    if second is None or not has_both(answer):
        return Verdict(False, _("There are no two marks of this line to decide between."), WrongState)
    return first_no(
        has_no_conflict(user, answer.assessment, known),
        is_responsible(user, answer.criterion),
        Verdict(
            user.pk not in (second.marker_id, answer.appraised_by_id),
            _("One of the two marks is your own; a third person decides."),
        ),
        Verdict(second.settled_at is None, _("A third person decided already."), WrongState),
        Verdict(second.disputed, _("The two marks lie close enough; the first one stands."), WrongState),
        _at_work(answer, cycle),
    )


def _at_work(answer: Answer, cycle: Cycle) -> Verdict:
    assessment = answer.assessment
    return first_no(
        Verdict(cycle.state == CycleState.APPRAISAL, _("The appraisal phase is not open."), WrongState),
        Verdict(
            assessment.state == AssessmentState.UNDER_APPRAISAL,
            _("The self-assessment is “{state}”.").format(state=assessment.get_state_display()),
            WrongState,
        ),
    )
