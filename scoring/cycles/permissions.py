"""Who opens and closes the phases of a cycle."""

from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from core.verdict import Verdict


def can_run_cycle(user: User) -> Verdict:
    return Verdict(user.has_role(Role.SCORING_SECRETARY), _("Only the scoring secretary opens and closes phases."))
