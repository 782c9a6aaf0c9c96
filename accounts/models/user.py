"""A person with an account."""

from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models.role import RoleMembership
from core import clock
from core.collation import fold, sort_key

READS_PEOPLE = (Role.ADMINISTRATOR, Role.AUDITOR)


class UserQuerySet(models.QuerySet):
    def visible_to(self, user: "User"):
        """Everybody for administrators and auditors, nobody for others: the accounts are no public directory."""
        return self if user.is_authenticated and user.has_role(*READS_PEOPLE) else self.none()

    def search(self, text: str):
        """People whose name (tone marks and đ/d ignored) or account contains the text."""
        return self.filter(Q(name_fold__contains=fold(text)) | Q(username__contains=text.lower())) if text else self

    def holding(self, on: date, **condition):
        """Those who hold on that day one membership that fits the whole condition (role, unit)."""
        held = RoleMembership.objects.in_force(on).filter(user=OuterRef("pk"), **condition)
        return self.filter(Exists(held))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def get_by_natural_key(self, username):
        return self.get(username=username.lower())


class User(AbstractBaseUser):
    """Someone who signs in. Made and changed by `accounts.services`; rights come from role memberships alone."""

    username = models.CharField(_("account"), max_length=60, unique=True)
    full_name = models.CharField(_("full name"), max_length=120)
    name_sort = models.CharField(max_length=300, editable=False)
    name_fold = models.CharField(max_length=120, editable=False)
    position = models.CharField(_("position"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    must_change_password = models.BooleanField(_("must choose an own password"), default=False)
    temporary_until = models.DateTimeField(_("temporary password valid until"), null=True, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        ordering = ["name_sort"]
        verbose_name = _("person with an account")

    def __str__(self):
        return self.full_name

    def save(self, *args, **kwargs):
        self.username = self.username.lower()
        given = self.full_name.split()
        self.name_sort = sort_key(" ".join(given[-1:] + given[:-1]))[:300]
        self.name_fold = fold(self.full_name)[:120]
        super().save(*args, **kwargs)

    @cached_property
    def seen_at(self) -> datetime:
        """The moment by which roles are in force or not, read once per request."""
        return clock.now()

    @property
    def today(self) -> date:
        return localdate(self.seen_at)

    @cached_property
    def current_memberships(self) -> list:
        """The memberships in force today, read once per request."""
        return list(self.memberships.in_force(self.today).select_related("unit"))

    def has_role(self, *roles: Role) -> bool:
        return any(membership.role in roles for membership in self.current_memberships)

    def units_as(self, *roles: Role) -> set[int]:
        """Ids of the units for which the person holds one of the roles today."""
        return {m.unit_id for m in self.current_memberships if m.role in roles and m.unit_id}

    @property
    def own_units(self) -> set[int]:
        """Every unit the person belongs to in any role: nobody appraises, votes on or signs for these."""
        return {m.unit_id for m in self.current_memberships if m.unit_id}

    def forget_roles(self) -> None:
        """Read the memberships again: after a change, or when the clock was set."""
        for name in ("seen_at", "current_memberships"):
            self.__dict__.pop(name, None)
