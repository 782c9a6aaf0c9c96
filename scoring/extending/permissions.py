"""Who asks for more time, who grants it, and while it can still be of use."""

from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from core.errors import OutOfTime, WrongState
from core.verdict import Verdict, first_no
from scoring.conflicts.permissions import has_no_conflict
from scoring.enums import CycleState, ExtensionState
from scoring.models import Assessment, Cycle, Extension
from scoring.models.assessment import FILES

GRANTS = (Role.SCORING_SECRETARY, Role.APPRAISAL_LEAD)


def is_of_use(assessment: Assessment, cycle: Cycle, now: datetime) -> Verdict:
    """More time helps who has not submitted yet, as long as an appraiser could still read the form."""
    return first_no(
        Verdict(
            assessment.submitted_at is None,
            _("The self-assessment was submitted; a form that is returned has its own time limit."),
            WrongState,
        ),
        Verdict(
            cycle.state in (CycleState.FILING, CycleState.APPRAISAL),
            _("The cycle is in the phase “{phase}”; more time to file is of no use any more.").format(
                phase=cycle.get_state_display()
            ),
            WrongState,
        ),
        Verdict(
            now < cycle.appraisal_closes_at,
            _("The appraisal ended at {time:%H:%M:%S %d/%m/%Y} (server time); nothing can be filed any more.").format(
                time=localtime(cycle.appraisal_closes_at)
            ),
            OutOfTime,
        ),
    )


def can_ask(user: User, assessment: Assessment, cycle: Cycle, now: datetime) -> Verdict:
    """Also after the lock: then more than ever."""
    return first_no(
        Verdict(
            assessment.unit_id in user.units_as(*FILES),
            _("Only officers and the head of the unit ask for more time."),
        ),
        is_of_use(assessment, cycle, now),
    )


def may_grant(user: User, assessment: Assessment) -> Verdict:
    return first_no(
        Verdict(
            user.has_role(*GRANTS),
            _("Only the scoring secretary or the appraisal lead gives a unit more time to file."),
        ),
        Verdict(assessment.unit_id not in user.own_units, _("Nobody decides on more time for the own unit.")),
        has_no_conflict(user, assessment),
    )


def can_grant(user: User, assessment: Assessment, cycle: Cycle, now: datetime) -> Verdict:
    return first_no(may_grant(user, assessment), is_of_use(assessment, cycle, now))


def can_withdraw(user: User, extension: Extension, now: datetime) -> Verdict:
    """The unit takes back what it asked for; who grants takes back what was granted and has not been used."""
    assessment = extension.assessment
    if extension.state == ExtensionState.ASKED:
        return Verdict(
            assessment.unit_id in user.units_as(*FILES),
            _("Only officers and the head of the unit withdraw its request."),
        )
    return first_no(
        may_grant(user, assessment),
        Verdict(extension.state == ExtensionState.GRANTED, _("There is nothing left to withdraw."), WrongState),
        Verdict(
            assessment.submitted_at is None, _("The unit has submitted within it; it stays on record."), WrongState
        ),
        Verdict(bool(extension.until and now < extension.until), _("The extension is over already."), OutOfTime),
    )
