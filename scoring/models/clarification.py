"""Questions about one line, and what the unit answers."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.fields import JSONField
from scoring.enums import CLARIFICATION_TRANSITIONS, ClarificationState
from scoring.models.assessment import Assessment


class ClarificationQuerySet(models.QuerySet):
    def visible_to(self, user: User):
        """Both sides: whoever may see the form."""
        return self.filter(answer__assessment__in=Assessment.objects.visible_to(user))


class Clarification(models.Model):
    """A clarification request (yêu cầu làm rõ): while it waits, its line alone is open to the unit, until `due_at`.

    Asked, answered and withdrawn by `scoring.clarifying.services`; the one in force stands on `Answer.clarification`.
    `before` and `after` are what the line said when it was asked about and when it was answered.
    """

    TRANSITIONS = CLARIFICATION_TRANSITIONS

    answer = models.ForeignKey("scoring.Answer", on_delete=models.PROTECT, related_name="clarifications")
    state = models.CharField(
        _("state"), max_length=10, choices=ClarificationState.choices, default=ClarificationState.ASKED
    )
    version = models.PositiveIntegerField(default=0, editable=False)
    question = models.TextField(_("question"))
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    due_at = models.DateTimeField(_("to be answered by"))
    before = JSONField(_("declared when asked"), default=dict)
    reply = models.TextField(_("answer"), blank=True)
    replied_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    replied_at = models.DateTimeField(_("answered"), null=True)
    after = JSONField(_("declared when answered"), null=True)

    objects = ClarificationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("clarification request")
        verbose_name_plural = _("clarification requests")
        constraints = [
            models.UniqueConstraint(
                fields=["answer"], condition=Q(state=ClarificationState.ASKED), name="one_question_at_a_time"
            ),
            models.CheckConstraint(condition=Q(state__in=ClarificationState.values), name="clarification_state"),
            models.CheckConstraint(condition=~Q(question=""), name="clarification_has_question"),
            models.CheckConstraint(condition=Q(due_at__gt=F("asked_at")), name="clarification_due_after_asked"),
            models.CheckConstraint(
                condition=~Q(state=ClarificationState.ANSWERED)
                | (Q(replied_by__isnull=False, replied_at__isnull=False) & ~Q(reply="")),
                name="clarification_answered_in_words",
            ),
        ]

    def __str__(self):
        return f"{self.answer_id} {self.state}"

    @property
    def changed_the_line(self) -> bool:
        return self.after is not None and self.after != self.before

    def waits(self, now: datetime) -> bool:
        """For the unit, which may still answer."""
        return self.state == ClarificationState.ASKED and now < self.due_at
