"""Who oversees the appraisal as a whole."""

from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import NotFound
from core.verdict import Verdict
from scoring.appraisal.permissions import READS_ALL_CRITERIA


def can_oversee(user: User) -> Verdict:
    """The lead, the scoring secretary and the auditor: whoever reads every criterion."""
    return Verdict(user.has_role(*READS_ALL_CRITERIA), _("There is no such page."), NotFound)
