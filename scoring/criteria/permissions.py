"""Who builds criteria sets."""

from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from core.verdict import Verdict


def can_build_sets(user: User) -> Verdict:
    return Verdict(
        user.has_role(Role.SCORING_SECRETARY), _("Only the scoring secretary builds and publishes criteria sets.")
    )
