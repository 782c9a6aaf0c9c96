"""Figures that come from a system of the province or from a survey, not from the unit."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import JSONField


class ValueImport(models.Model):
    """One criterion's figures brought in for many units as one act (nhập số liệu). Append-only.

    `file_sha256` is empty where the figures came through the API. Written by `scoring.measured.services`.
    """

    cycle = models.ForeignKey("scoring.Cycle", on_delete=models.PROTECT, related_name="value_imports")
    criterion = models.ForeignKey("scoring.Criterion", on_delete=models.PROTECT, related_name="value_imports")
    origin = models.CharField(_("system or survey the figures come from"), max_length=200)
    measured_on = models.DateField(_("date of the figures"))
    file_sha256 = models.CharField(max_length=64, blank=True)
    imported_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(_("brought in"))

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("import of figures")
        verbose_name_plural = _("imports of figures")
        constraints = [models.CheckConstraint(condition=~Q(origin=""), name="value_import_has_origin")]

    def __str__(self):
        return f"{self.criterion_id} {self.origin}"


class Measurement(models.Model):
    """What an import says of one unit. Append-only; the last one stands on the answer."""

    source = models.ForeignKey(ValueImport, on_delete=models.PROTECT, related_name="measurements")
    answer = models.ForeignKey("scoring.Answer", on_delete=models.PROTECT, related_name="measurements")
    values = JSONField(_("as the engine reads it"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("imported figure")
        verbose_name_plural = _("imported figures")
        constraints = [models.UniqueConstraint(fields=["source", "answer"], name="measurement_once_per_import")]

    def __str__(self):
        return f"{self.source_id} {self.answer_id}"
