"""What a program signs in with."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import TokenScope
from accounts.models.user import READS_PEOPLE, User


class ApiTokenQuerySet(models.QuerySet):
    def visible_to(self, user: User):
        """The own ones; all for administrators and auditors."""
        if not user.is_authenticated:
            return self.none()
        return self if user.has_role(*READS_PEOPLE) else self.filter(user=user)


class ApiToken(models.Model):
    """A program acts as this person, within a scope. Made and revoked by `accounts.services`, never changed otherwise.

    Only the SHA-256 of the token is kept: with 256 random bits in it nothing slower is needed. `prefix` finds the row
    and names the token to people. With `unit` the program has the person's roles for that unit only.
    """

    user = models.ForeignKey(User, verbose_name=_("person"), on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(_("what it is for"), max_length=80)
    prefix = models.CharField(_("beginning"), max_length=12, unique=True)
    sha256 = models.CharField(max_length=64)
    scope = models.CharField(_("what it may do"), max_length=8, choices=TokenScope.choices, default=TokenScope.READ)
    unit = models.ForeignKey(
        "accounts.Unit", verbose_name=_("unit"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("made"))
    created_by = models.ForeignKey(User, verbose_name=_("made by"), on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField(_("valid until"))
    last_used_at = models.DateTimeField(_("last used"), null=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        constraints = [models.CheckConstraint(condition=Q(scope__in=TokenScope.values), name="token_scope_known")]

    def __str__(self):
        return f"{self.prefix}… {self.name}"

    @property
    def may_act(self) -> bool:
        """Whether it may change anything."""
        return self.scope == TokenScope.FILE

    def is_valid(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at
