"""Who computes and publishes rankings, and who looks on."""

from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from core.errors import NotFound, WrongState
from core.verdict import Verdict, first_no
from scoring.enums import CycleState, RunState
from scoring.models import Cycle, RankingRun
from scoring.models.ranking import READS_RUNS

BEFORE_APPRAISAL = (CycleState.PREPARING, CycleState.FILING)
PUBLISHABLE = (CycleState.SETTLED, CycleState.PUBLISHED)


def can_read_runs(user: User) -> Verdict:
    """The desk of runs is for secretary, lead and auditor; to others it does not exist."""
    return Verdict(user.has_role(*READS_RUNS), _("Only the scoring office sees the runs."), NotFound)


def _is_secretary(user: User) -> Verdict:
    return Verdict(
        user.has_role(Role.SCORING_SECRETARY), _("Only the scoring secretary computes and publishes rankings.")
    )


def _is_open(cycle: Cycle) -> Verdict:
    return Verdict(
        cycle.state != CycleState.ARCHIVED, _("The cycle is archived; its ranking stays as it is."), WrongState
    )


def can_compute(user: User, cycle: Cycle) -> Verdict:
    return first_no(
        _is_secretary(user),
        Verdict(
            cycle.state not in BEFORE_APPRAISAL, _("Close the filing first; there is nothing to rank yet."), WrongState
        ),
        _is_open(cycle),
    )


def can_publish(user: User, run: RankingRun, cycle: Cycle) -> Verdict:
    return first_no(
        _is_secretary(user),
        _is_open(cycle),
        Verdict(
            cycle.state in PUBLISHABLE,
            _("Settle the scores first: appraisal closed, explanations decided."),
            WrongState,
        ),
        Verdict(run.state == RunState.COMPUTED, _("Only a computed run can be published."), WrongState),
        Verdict(
            run.open_lines == 0,
            _("{count} lines were not appraised when this run was computed.").format(count=run.open_lines),
            WrongState,
        ),
        _is_newest(run),
    )


def _is_newest(run: RankingRun) -> Verdict:
    """A published run is replaced by a later one only."""
    published = RankingRun.objects.published().filter(cycle=run.cycle_id, group=run.group_id, number__gt=run.number)
    later = published.values_list("number", flat=True).first()
    return Verdict(
        later is None, _("A later run, number {number}, is published already.").format(number=later), WrongState
    )
