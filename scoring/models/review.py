"""The lead's review of the field appraisal: single lines go back with a note, criteria are marked as looked through."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Reopening(models.Model):
    """A decided line given back to its appraiser (mở lại để thẩm định lại), with what the lead wants looked at.

    Append-only. `version` is the line's from then on: a decision made on an earlier one does not answer the note.
    """

    answer = models.ForeignKey("scoring.Answer", on_delete=models.PROTECT, related_name="reopenings")
    note = models.TextField(_("note"))
    version = models.PositiveIntegerField(editable=False)
    reopened_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField(_("reopened"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("reopened line")
        verbose_name_plural = _("reopened lines")
        constraints = [models.CheckConstraint(condition=~Q(note=""), name="reopening_has_note")]

    def __str__(self):
        return f"{self.answer_id} {self.version}"


class CriterionReview(models.Model):
    """The lead looked through the marks of one criterion. It holds until a line of it is decided anew; append-only."""

    cycle = models.ForeignKey("scoring.Cycle", on_delete=models.PROTECT, related_name="reviews")
    criterion = models.ForeignKey("scoring.Criterion", on_delete=models.PROTECT, related_name="reviews")
    reviewed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(_("reviewed"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("review of a criterion")
        verbose_name_plural = _("reviews of criteria")

    def __str__(self):
        return f"{self.cycle_id} {self.criterion_id}"
