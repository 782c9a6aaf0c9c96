"""Who agrees on reference answers, who marks them blind, who learns what, and who is told of a drift."""

from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from core.errors import Invalid, NotFound, WrongState
from core.verdict import Verdict, first_no
from scoring.appraisal.lines import claim_values
from scoring.appraisal.permissions import READS_ALL_CRITERIA
from scoring.conflicts.permissions import has_no_conflict
from scoring.conflicts.selectors import Barred
from scoring.enums import CycleState, LineState
from scoring.inputs import is_scorable
from scoring.models import Anchor, Answer, Criterion, Cycle

# Before anything is marked, and while it is.
_AGREED_IN = (CycleState.FILING, CycleState.APPRAISAL)
_DECIDED = (LineState.ACCEPTED, LineState.CORRECTED)


def can_agree(user: User, cycle: Cycle) -> Verdict:
    """Whether the person takes reference answers this year at all."""
    return first_no(
        Verdict(user.has_role(Role.APPRAISAL_LEAD), _("Only an appraisal lead takes reference answers.")),
        Verdict(
            cycle.state in _AGREED_IN, _("Reference answers are taken before the appraisal is closed."), WrongState
        ),
    )


def can_take(user: User, answer: Answer, criterion: Criterion, cycle: Cycle) -> Verdict:
    """Whether this line becomes a reference answer of the criterion: one that was decided, with a claim that can be marked
    again by the rule of this year."""
    return first_no(
        can_agree(user, cycle),
        has_no_conflict(user, answer.assessment),
        Verdict(
            answer.line_state in _DECIDED and claim_values(answer) is not None,
            _("A reference answer is a line with a full claim that was accepted or corrected."),
            WrongState,
        ),
        Verdict(
            is_scorable(criterion.criteria_set.definition, criterion.code, answer.values),
            _("What was declared then does not fit the rule of this year."),
            Invalid,
        ),
    )


def can_withdraw(user: User, anchor: Anchor) -> Verdict:
    return first_no(
        Verdict(user.has_role(Role.APPRAISAL_LEAD), _("Only an appraisal lead withdraws reference answers.")),
        Verdict(anchor.withdrawn_at is None, _("The reference answer was withdrawn already."), WrongState),
    )


def is_measured(user: User, criterion: Criterion) -> bool:
    """Whether the person marks reference answers of this criterion; the lead agreed on them and cannot be blind."""
    mine = criterion.responsible_id in user.units_as(Role.APPRAISER)
    return mine and not user.has_role(Role.APPRAISAL_LEAD)


def can_mark(user: User, anchor: Anchor, cycle: Cycle, known: Barred | None = None) -> Verdict:
    """`known` is `conflicts_of(user)`, or nothing for those that `Anchor.objects.visible_to` gave."""
    return first_no(
        Verdict(
            is_measured(user, anchor.criterion), _("Reference answers are marked by the appraisers of the criterion.")
        ),
        has_no_conflict(user, anchor.answer.assessment, known),
        Verdict(anchor.withdrawn_at is None, _("The reference answer was withdrawn already."), WrongState),
        Verdict(cycle.state == CycleState.APPRAISAL, _("The appraisal phase is not open."), WrongState),
    )


def knows_agreed(user: User, criterion: Criterion, *, has_marked: bool) -> bool:
    """Whether the agreed points are shown: to who is measured by them only after the own mark, to others who read all."""
    return has_marked if is_measured(user, criterion) else user.has_role(*READS_ALL_CRITERIA)


def can_see_drift(user: User) -> Verdict:
    """The lead, of everybody; an appraiser, of the own marks. To everybody else the page is not there."""
    return Verdict(user.has_role(Role.APPRAISER, Role.APPRAISAL_LEAD), _("There is no such page."), NotFound)


def can_see_everybodys_drift(user: User) -> Verdict:
    return Verdict(user.has_role(Role.APPRAISAL_LEAD), _("There is no such page."), NotFound)
