"""What an administrator may do, and nobody else."""

from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from core.verdict import Verdict


def can_administer(user: User) -> Verdict:
    """Accounts, units, groups, roles. The administrator sees no ballot and changes no score."""
    return Verdict(user.has_role(Role.ADMINISTRATOR), _("Only an administrator manages accounts and roles."))
