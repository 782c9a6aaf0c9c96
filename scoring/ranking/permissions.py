"""Who computes and publishes rankings."""

from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from core.errors import WrongState
from core.verdict import Verdict, first_no
from scoring.enums import CycleState, RunState
from scoring.models import Cycle, RankingRun

# Before the appraisal begins there is nothing to rank; a republication is possible as long as the cycle is not archived.
COMPUTABLE = frozenset(CycleState) - {CycleState.PREPARING, CycleState.FILING, CycleState.ARCHIVED}


def can_compute(user: User, cycle: Cycle) -> Verdict:
    return first_no(
        Verdict(
            user.has_role(Role.SCORING_SECRETARY), _("Only the scoring secretary computes and publishes rankings.")
        ),
        Verdict(cycle.state in COMPUTABLE, _("Close the filing first; there is nothing to rank yet."), WrongState),
    )


def can_publish(user: User, run: RankingRun, cycle: Cycle) -> Verdict:
    return first_no(
        Verdict(
            user.has_role(Role.SCORING_SECRETARY), _("Only the scoring secretary computes and publishes rankings.")
        ),
        Verdict(
            cycle.state in (CycleState.SETTLED, CycleState.PUBLISHED),
            _("Settle the scores first: appraisal closed, explanations decided."),
            WrongState,
        ),
        Verdict(run.state == RunState.COMPUTED, _("Only a computed run can be published."), WrongState),
        Verdict(
            run.open_lines == 0,
            _("{count} lines were not appraised when this run was computed.").format(count=run.open_lines),
            WrongState,
        ),
    )
