"""What an administrator may do, and nobody else; what an auditor may read."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import RoleMembership, User
from accounts.models.user import READS_PEOPLE
from core.errors import NotFound, WrongState
from core.verdict import Verdict


def can_administer(user: User) -> Verdict:
    """Accounts, units, groups, roles. The administrator sees no ballot and changes no score."""
    return Verdict(user.has_role(Role.ADMINISTRATOR), _("Only an administrator manages accounts and roles."))


def can_see_people(user: User) -> Verdict:
    """The list of accounts is no directory for everybody: for others it does not exist."""
    return Verdict(user.has_role(*READS_PEOPLE), _("There is no such page."), NotFound)


def can_read_trail(user: User) -> Verdict:
    """Auditors read all; the two secretaries answer for what was done on their desks, the administrator for accounts."""
    readers = (Role.AUDITOR, Role.SCORING_SECRETARY, Role.EMULATION_SECRETARY, Role.ADMINISTRATOR)
    return Verdict(user.has_role(*readers), _("There is no such page."), NotFound)


def can_see_tokens(user: User, owner: User) -> Verdict:
    """The own ones, and everybody's for whoever sees the accounts; for others there is no such page."""
    return Verdict(user.pk == owner.pk or user.has_role(*READS_PEOPLE), _("There is no such page."), NotFound)


def can_manage_tokens(user: User, owner: User) -> Verdict:
    """A program acts in the owner's name: the owner makes and revokes its token, or the administrator."""
    return Verdict(
        user.pk == owner.pk or user.has_role(Role.ADMINISTRATOR),
        _("Only the person and an administrator make and revoke tokens."),
    )


def keeps_an_administrator(*, but: QuerySet[RoleMembership]) -> Verdict:
    """Whether somebody still administers without an end date once the memberships `but` are gone."""
    lasting = RoleMembership.objects.filter(role=Role.ADMINISTRATOR, to_on=None, user__is_active=True)
    touched = but.filter(role=Role.ADMINISTRATOR).exists()
    return Verdict(
        not touched or lasting.exclude(pk__in=but.values("pk")).exists(),
        _("Nobody would be left to administer. Give the role to another person first."),
        WrongState,
    )
