"""Who opens and closes the phases of a cycle, and who looks on."""

from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from core.errors import NotFound
from core.verdict import Verdict
from scoring.models.assessment import READS_ALL


def can_run_cycle(user: User) -> Verdict:
    return Verdict(user.has_role(Role.SCORING_SECRETARY), _("Only the scoring secretary opens and closes phases."))


def can_see_calendar(user: User) -> Verdict:
    """The committee's desk; units see the phases on their own pages."""
    return Verdict(user.has_role(*READS_ALL), _("There is no such page."), NotFound)
