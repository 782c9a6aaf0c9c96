"""Who may edit and submit a self-assessment, and when."""

from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from core.errors import OutOfTime, WrongState
from core.verdict import Verdict, first_no
from scoring.enums import AssessmentState, CycleState
from scoring.filing.deadlines import limits_of
from scoring.models import Assessment, Cycle


def _belongs(user: User, assessment: Assessment, *roles: Role) -> bool:
    return assessment.unit_id in user.units_as(*roles)


def filing_is_open(assessment: Assessment, cycle: Cycle, now: datetime) -> Verdict:
    """The gate, by the database's clock: from `filing_opens_at` to before the unit's own lock, while the phase is open.

    Whoever was given more time than the phase lasts may still file while the others are appraised.
    """
    limits = limits_of(assessment, cycle)
    if now >= limits.locks_at:
        return Verdict(
            False,
            _("Filing is locked since {time:%H:%M:%S %d/%m/%Y} (server time).").format(time=localtime(limits.locks_at)),
            OutOfTime,
        )
    if now < cycle.filing_opens_at:
        return Verdict(
            False,
            _("Filing opens at {time:%H:%M:%S %d/%m/%Y} (server time).").format(time=localtime(cycle.filing_opens_at)),
            OutOfTime,
        )
    extended = limits.extended_until is not None and now < limits.extended_until
    states = (CycleState.FILING, CycleState.APPRAISAL) if extended else (CycleState.FILING,)
    return Verdict(cycle.state in states, _("The filing phase is not open."), WrongState)


def may_file(assessment: Assessment, cycle: Cycle, now: datetime) -> Verdict:
    """A returned assessment may be mended while the appraisal goes on; otherwise the filing gate decides."""
    if assessment.submitted_at and cycle.state == CycleState.APPRAISAL:
        return Verdict(now < cycle.appraisal_closes_at, _("The appraisal is closed."), OutOfTime)
    return filing_is_open(assessment, cycle, now)


def can_edit(user: User, assessment: Assessment, cycle: Cycle, now: datetime) -> Verdict:
    return first_no(
        Verdict(
            _belongs(user, assessment, Role.UNIT_OFFICER, Role.UNIT_HEAD),
            _("Only officers and the head of the unit edit its self-assessment."),
        ),
        Verdict(
            assessment.is_editable,
            _("The self-assessment is “{state}” and cannot be edited.").format(state=assessment.get_state_display()),
            WrongState,
        ),
        may_file(assessment, cycle, now),
    )


def can_prepare(user: User, assessment: Assessment, cycle: Cycle, now: datetime) -> Verdict:
    return can_edit(user, assessment, cycle, now)


def can_reopen(user: User, assessment: Assessment, cycle: Cycle, now: datetime) -> Verdict:
    return first_no(
        Verdict(
            _belongs(user, assessment, Role.UNIT_OFFICER, Role.UNIT_HEAD),
            _("Only officers and the head of the unit edit its self-assessment."),
        ),
        Verdict(assessment.state == AssessmentState.PREPARED, _("It is not waiting for the head."), WrongState),
        may_file(assessment, cycle, now),
    )


def can_submit(user: User, assessment: Assessment, cycle: Cycle, now: datetime) -> Verdict:
    return first_no(
        Verdict(_belongs(user, assessment, Role.UNIT_HEAD), _("Only the head of the unit submits.")),
        Verdict(
            assessment.state == AssessmentState.PREPARED,
            _("The self-assessment must first be put before the head."),
            WrongState,
        ),
        may_file(assessment, cycle, now),
    )
