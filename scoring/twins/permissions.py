"""Who says that a flag about evidence is legitimate. Whoever sees it has no conflict of interest with either unit."""

from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from core.errors import WrongState
from core.verdict import Verdict, first_no
from scoring.enums import CycleState
from scoring.models import Cycle, EvidenceFlag

OVER = (CycleState.PUBLISHED, CycleState.ARCHIVED)


def can_judge(user: User, flag: EvidenceFlag, cycle: Cycle) -> Verdict:
    """Set aside, or take up again. Needs the flag with the criteria of its lines."""
    lines = [answer for answer in (flag.first_answer, flag.second_answer) if answer]
    own = {answer.criterion.responsible_id for answer in lines} & user.units_as(Role.APPRAISER)
    return first_no(
        Verdict(
            bool(own) or user.has_role(Role.APPRAISAL_LEAD, Role.SCORING_SECRETARY),
            _("An appraiser of one of the two lines, an appraisal lead or the scoring secretary decides about it."),
        ),
        Verdict(cycle.state not in OVER, _("The ranking of the year is published already."), WrongState),
    )
