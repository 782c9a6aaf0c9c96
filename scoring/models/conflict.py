"""Who may not touch whose file, beside the own unit: the register of conflicts of interest."""

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from scoring.enums import ConflictKind


class ConflictQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(withdrawn_at__isnull=True)

    def touching(self, user: User):
        """Those in force that concern the person: named, or through a unit the person belongs to in any role."""
        own = Q(agency__in=user.own_units) | Q(agency__isnull=False, unit__in=user.own_units)
        return self.in_force().filter(Q(person=user.pk) | own)

    def barred_units(self, user: User) -> QuerySet[Unit]:
        """The units whose files are not there for the person as an appraiser. The own units are not among them: their
        people see them as units do, and touch nothing all the same."""
        found = self.touching(user)
        barred = Q(pk__in=found.values("unit")) | Q(pk__in=found.filter(agency__isnull=False).values("agency"))
        return Unit.objects.filter(barred).exclude(pk__in=user.own_units).order_by().values("pk")


class Conflict(models.Model):
    """A conflict of interest (xung đột lợi ích): of one `person`, or of everybody of `agency`, with `unit`.

    With `agency` it says that one is the superior body of the other, and holds both ways. Recorded and withdrawn by
    `scoring.conflicts.services`, never deleted. The own unit needs no row.
    """

    kind = models.CharField(_("kind of relation"), max_length=12, choices=ConflictKind.choices)
    person = models.ForeignKey(User, verbose_name=_("person"), null=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(
        Unit, verbose_name=_("superior body"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"))
    declared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(_("declared"))
    withdrawal_reason = models.TextField(_("why it ended"), blank=True)
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ConflictKind.values), name="conflict_kind"),
            models.CheckConstraint(
                condition=Q(kind=ConflictKind.SUPERIOR, person__isnull=True, agency__isnull=False)
                | (~Q(kind=ConflictKind.SUPERIOR) & Q(person__isnull=False, agency__isnull=True)),
                name="conflict_of_person_or_agency",
            ),
            models.CheckConstraint(
                condition=Q(agency__isnull=True) | ~Q(agency=models.F("unit")), name="conflict_not_with_itself"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="conflict_has_reason"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawal_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawal_reason="")),
                name="conflict_withdrawn_in_words",
            ),
            models.UniqueConstraint(
                fields=["person", "unit"], condition=Q(withdrawn_at__isnull=True), name="one_conflict_of_a_person"
            ),
            models.UniqueConstraint(
                fields=["agency", "unit"], condition=Q(withdrawn_at__isnull=True), name="one_superior_body_once"
            ),
        ]

    def __str__(self):
        return f"{self.person_id or self.agency_id} {self.unit_id}"
