"""What a bonus is computed from: base salary and coefficients, each from a day on, with its source."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import PointsField
from nominations.enums import AwardForm, Subject


class InForceQuerySet(models.QuerySet):
    def on(self, day: date):
        """Those in force on a day, the newest first."""
        return self.filter(valid_from__lte=day).order_by("-valid_from")


class BaseSalary(models.Model):
    """The base salary of public employees (mức lương cơ sở), whole đồng a month."""

    monthly_vnd = models.PositiveIntegerField(_("base salary, đồng a month"))
    valid_from = models.DateField(_("in force from"), unique=True)
    source = models.CharField(_("legal source"), max_length=200)

    objects = InForceQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from"]
        verbose_name = _("base salary")
        verbose_name_plural = _("base salaries")
        constraints = [models.CheckConstraint(condition=Q(monthly_vnd__gt=0), name="base_salary_above_zero")]

    def __str__(self):
        return f"{self.valid_from}: {self.monthly_vnd}"


class BonusCoefficient(models.Model):
    """Bonus = coefficient × base salary of the decision's day, rounded up to whole steps of `round_up_to_vnd`."""

    form = models.CharField(_("form of commendation"), max_length=10, choices=AwardForm.choices)
    subject = models.CharField(_("who is commended"), max_length=10, choices=Subject.choices)
    coefficient = PointsField(_("coefficient"))
    round_up_to_vnd = models.PositiveIntegerField(_("rounded up to, đồng"), default=1)
    valid_from = models.DateField(_("in force from"))
    source = models.CharField(_("legal source"), max_length=200)

    objects = InForceQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "form", "subject"]
        verbose_name = _("bonus coefficient")
        verbose_name_plural = _("bonus coefficients")
        constraints = [
            models.UniqueConstraint(fields=["form", "subject", "valid_from"], name="one_coefficient_from_a_day"),
            models.CheckConstraint(condition=Q(round_up_to_vnd__gt=0), name="rounding_step_above_zero"),
        ]

    def __str__(self):
        return f"{self.form} {self.subject} {self.valid_from}: {self.coefficient}"
