"""Who of an appraising agency decides on which line, and the plan it came from."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from core.fields import JSONField
from scoring.enums import AssignmentMode


class AssignmentPlan(models.Model):
    """A plan of one agency for one year, as it was adopted, for the minutes; append-only. The last one is in force.

    `seed` broke the ties. `balance` (the sum of the squared loads) and `repeats` (pairs kept from last year) are what
    was minimised, the first before the second. `loads` are [account, name, share, lines]; `conflicts` [account, name,
    unit, reason] as they were known when the plan was made; `table` [unit, criterion, account or ""].
    """

    cycle = models.ForeignKey("scoring.Cycle", on_delete=models.PROTECT, related_name="assignment_plans")
    agency = models.ForeignKey(
        Unit, verbose_name=_("appraising agency"), on_delete=models.PROTECT, related_name="assignment_plans"
    )
    mode = models.CharField(_("divided"), max_length=10, choices=AssignmentMode.choices)
    cap = models.PositiveIntegerField(_("at most for one person"))
    seed = models.PositiveIntegerField(_("seed of the lot"))
    balance = models.PositiveBigIntegerField(_("sum of the squared loads"))
    repeats = models.PositiveIntegerField(_("kept from last year"))
    loads = JSONField()
    conflicts = JSONField(_("conflicts known then"))
    table = JSONField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made"))

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("assignment plan")
        verbose_name_plural = _("assignment plans")
        constraints = [
            models.CheckConstraint(condition=Q(mode__in=AssignmentMode.values), name="assignment_mode"),
            models.CheckConstraint(condition=Q(cap__gte=1), name="assignment_cap"),
        ]

    def __str__(self):
        return f"{self.cycle_id} {self.agency_id}"


class Assignment(models.Model):
    """An assignment (phân công): the line is this appraiser's, or an appraisal lead's where nobody of the agency may
    touch it (`appraiser` empty). Written by `scoring.assigning.services`; a plan adopted later writes it again."""

    answer = models.OneToOneField("scoring.Answer", on_delete=models.PROTECT, related_name="assignment")
    plan = models.ForeignKey(AssignmentPlan, on_delete=models.PROTECT, related_name="assignments")
    appraiser = models.ForeignKey(
        User, verbose_name=_("appraiser"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    override_reason = models.TextField(_("why otherwise than the plan"), blank=True)
    overridden_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    overridden_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.CheckConstraint(
                condition=Q(overridden_at__isnull=True, overridden_by__isnull=True, override_reason="")
                | (Q(overridden_at__isnull=False, overridden_by__isnull=False) & ~Q(override_reason="")),
                name="assignment_overridden_in_words",
            )
        ]

    def __str__(self):
        return f"{self.answer_id} {self.appraiser_id}"
