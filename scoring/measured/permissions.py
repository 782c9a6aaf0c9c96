"""Who brings in figures that no unit declares, and who may hold something against them."""

from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from core.errors import WrongState
from core.verdict import Verdict, first_no
from scoring.appraisal.permissions import is_responsible
from scoring.enums import CycleState, LineState
from scoring.models import Answer, Criterion, Cycle
from scoring.models.assessment import FILES

# Where a leaf's values come from a system or a survey (engine.md, `source_kind`).
MEASURED = ("measured", "survey")
PHASES = (CycleState.FILING, CycleState.APPRAISAL)


def is_measured(criterion: Criterion) -> Verdict:
    return Verdict(
        criterion.leaf.source_kind in MEASURED,
        _("The figures of this criterion are not brought in: units or the appraiser enter them."),
        WrongState,
    )


def can_import_values(user: User, criterion: Criterion, cycle: Cycle) -> Verdict:
    """The criterion's appraising agency, an appraisal lead or the scoring secretary, from the filing to the appraisal."""
    right = Verdict(True) if user.has_role(Role.SCORING_SECRETARY) else is_responsible(user, criterion)
    return first_no(
        right,
        is_measured(criterion),
        Verdict(cycle.state in PHASES, _("Figures are brought in during filing and appraisal."), WrongState),
    )


def can_take_values(user: User, answer: Answer) -> Verdict:
    """Whether one unit's line may get other figures now."""
    return first_no(
        Verdict(
            answer.assessment.unit_id not in user.own_units,
            _("This is your own unit. Leave it to somebody else."),
        ),
        Verdict(answer.line_state == LineState.OPEN, _("The line is decided already."), WrongState),
    )


def can_contest_values(user: User, answer: Answer, cycle: Cycle) -> Verdict:
    """The unit itself, until the line is decided; a decision that changed something is contested by an explanation."""
    return first_no(
        Verdict(
            answer.assessment.unit_id in user.units_as(*FILES),
            _("Only officers and the head of the unit say what they hold against a figure."),
        ),
        is_measured(answer.criterion),
        Verdict(bool(answer.values), _("There is no figure yet that could be contested."), WrongState),
        Verdict(
            cycle.state in PHASES and answer.line_state == LineState.OPEN, _("The line is decided already."), WrongState
        ),
    )
