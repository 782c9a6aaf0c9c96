"""Who divides the lines of an agency, and who looks on."""

from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from core.errors import NotFound, WrongState
from core.verdict import Verdict, first_no
from scoring.enums import CycleState
from scoring.models import Cycle
from scoring.models.assessment import READS_ALL

PHASES = (CycleState.FILING, CycleState.APPRAISAL)


def can_see_plans(user: User) -> Verdict:
    """The lead, the scoring secretary and the auditor; for others there is no such page."""
    return Verdict(user.has_role(*READS_ALL), _("There is no such page."), NotFound)


def can_assign(user: User, cycle: Cycle) -> Verdict:
    return first_no(
        Verdict(user.has_role(Role.APPRAISAL_LEAD), _("Only an appraisal lead assigns lines to appraisers.")),
        Verdict(cycle.state in PHASES, _("Lines are assigned during filing and appraisal."), WrongState),
    )
