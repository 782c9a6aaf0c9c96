"""Who is what, for which unit, from when to when."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role


class RoleMembershipQuerySet(models.QuerySet):
    def in_force(self, on: date):
        """Memberships in force on a day, both ends included."""
        return self.filter(Q(to_on__isnull=True) | Q(to_on__gte=on), from_on__lte=on)


class RoleMembership(models.Model):
    """A role from a date to a date. One person may hold several. Given and ended by `accounts.services`."""

    user = models.ForeignKey(
        "accounts.User", verbose_name=_("person"), on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=24, choices=Role.choices)
    unit = models.ForeignKey(
        "accounts.Unit", verbose_name=_("unit"), on_delete=models.PROTECT, related_name="memberships"
    )
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"), null=True, blank=True)

    objects = RoleMembershipQuerySet.as_manager()

    class Meta:
        ordering = ["role", "from_on"]
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")), name="role_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_known"),
            models.UniqueConstraint(fields=["user", "role", "unit", "from_on"], name="role_once"),
        ]

    def __str__(self):
        return f"{self.user_id} {self.role} {self.unit_id}"
