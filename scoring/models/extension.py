"""More time to file, for one unit."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from scoring.enums import EXTENSION_TRANSITIONS, ExtensionState
from scoring.models.assessment import Assessment


class ExtensionQuerySet(models.QuerySet):
    def visible_to(self, user: User):
        """Whoever may see the form may see for how long it is open, and why."""
        return self.filter(assessment__in=Assessment.objects.visible_to(user))


class Extension(models.Model):
    """More time (gia hạn) for one self-assessment: who asked, why, until when, and what came of it.

    Asked for by the unit, or given unasked (then `asked_by` is who decided). Moved by `scoring.extending.services`,
    which write the moment in force to `Assessment.extended_until`. Moments are exclusive, as on `Cycle`.
    """

    TRANSITIONS = EXTENSION_TRANSITIONS

    assessment = models.ForeignKey("scoring.Assessment", on_delete=models.PROTECT, related_name="extensions")
    state = models.CharField(_("state"), max_length=10, choices=ExtensionState.choices, default=ExtensionState.ASKED)
    version = models.PositiveIntegerField(default=0, editable=False)
    reason = models.TextField(_("reason"))
    asked_until = models.DateTimeField(_("asked for, until"))
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    until = models.DateTimeField(_("granted until"), null=True)
    decision_reason = models.TextField(_("reason of the decision"), blank=True)
    decided_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("decided"), null=True)
    withdrawal_reason = models.TextField(_("why it was withdrawn"), blank=True)
    withdrawn_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment"], condition=Q(state=ExtensionState.ASKED), name="one_extension_asked_at_a_time"
            ),
            models.CheckConstraint(condition=Q(state__in=ExtensionState.values), name="extension_state"),
            models.CheckConstraint(condition=~Q(reason=""), name="extension_has_reason"),
            models.CheckConstraint(
                condition=~Q(state=ExtensionState.GRANTED)
                | Q(until__isnull=False, decided_by__isnull=False, decided_at__isnull=False),
                name="extension_granted_until_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(state=ExtensionState.REFUSED)
                | (Q(until__isnull=True, decided_by__isnull=False) & ~Q(decision_reason="")),
                name="extension_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=ExtensionState.WITHDRAWN)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                name="extension_withdrawn_by_someone",
            ),
        ]

    def __str__(self):
        return f"{self.assessment_id} {self.state}"

    @property
    def was_asked_for(self) -> bool:
        """Not so where the committee gave it unasked: the same person then stands for both."""
        return self.decided_by_id != self.asked_by_id
