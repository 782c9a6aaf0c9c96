"""How many may be commended in a year, and who can be: rows of the year's plan, never constants."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nominations.enums import AwardForm, Subject


class Quota(models.Model):
    """Places of one form and kind of subject in a cycle (chỉ tiêu), and the standard for them.

    `taken` is counted under the row's lock when the council approves; the database refuses one more than `cap`.
    `lowest_grade` is a code of the set's grades, empty for any; `lowest_rank` a rank in the own group, `None` for any.
    """

    cycle = models.ForeignKey("scoring.Cycle", verbose_name=_("cycle"), on_delete=models.PROTECT, related_name="quotas")
    form = models.CharField(_("form of commendation"), max_length=10, choices=AwardForm.choices)
    subject = models.CharField(_("who is nominated"), max_length=10, choices=Subject.choices)
    cap = models.PositiveSmallIntegerField(_("places"))
    taken = models.PositiveSmallIntegerField(_("places taken"), default=0)
    lowest_grade = models.CharField(_("lowest grade"), max_length=32, blank=True)
    lowest_rank = models.PositiveSmallIntegerField(_("lowest rank in the group"), null=True, blank=True)
    ground = models.CharField(_("set by"), max_length=200)
    version = models.PositiveIntegerField(default=0, editable=False)
    set_at = models.DateTimeField(_("set at"))
    set_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-cycle__year", "form", "subject"]
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "form", "subject"], name="one_quota_per_form_and_subject"),
            models.CheckConstraint(condition=Q(taken__lte=F("cap")), name="quota_not_exceeded"),
            models.CheckConstraint(condition=Q(form__in=AwardForm.values), name="quota_form"),
            models.CheckConstraint(condition=Q(subject__in=Subject.values), name="quota_subject"),
        ]

    def __str__(self):
        return f"{self.cycle_id} {self.form} {self.subject}"

    @property
    def left(self) -> int:
        return self.cap - self.taken
