"""Who was reminded of an unfinished self-assessment, by whom and when."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Reminder(models.Model):
    """One reminder to one person, shown on their home page until the form is handed in. Append-only: the log of delivery.

    Written by `scoring.reminding.services`. What the calendar reminds of by itself is reckoned when it is read
    (`scoring.reminding.ladder`) and needs no row.
    """

    assessment = models.ForeignKey("scoring.Assessment", on_delete=models.PROTECT, related_name="reminders")
    person = models.ForeignKey("accounts.User", verbose_name=_("person"), on_delete=models.PROTECT, related_name="+")
    note = models.CharField(_("note"), max_length=300, blank=True)
    sent_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("reminded"))

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "person", "sent_at"], name="reminder_once"),
            models.CheckConstraint(condition=~Q(person=models.F("sent_by")), name="nobody_reminds_themselves"),
        ]

    def __str__(self):
        return f"{self.assessment_id} {self.person_id}"
