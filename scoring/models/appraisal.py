"""What appraisers change, and what units hold against it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import JSONField, PointsField
from scoring.enums import EXPLANATION_TRANSITIONS, CorrectionKind, ExplanationState, ReasonCode


class Correction(models.Model):
    """A row beside the claim (điều chỉnh), append-only. The last one an answer points at is in force."""

    answer = models.ForeignKey("scoring.Answer", on_delete=models.PROTECT, related_name="corrections")
    kind = models.CharField(_("kind"), max_length=16, choices=CorrectionKind.choices)
    values = JSONField(_("as the engine reads it"))
    points = PointsField(_("points"), null=True)
    reason_code = models.CharField(_("reason code"), max_length=8, choices=ReasonCode.choices)
    reason = models.TextField(_("reason"))
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="correction_has_reason"),
            models.CheckConstraint(condition=Q(kind__in=CorrectionKind.values), name="correction_kind"),
        ]

    def __str__(self):
        return f"{self.answer_id} {self.kind}"

    @property
    def follows_explanation(self) -> bool:
        return self.reason_code == ReasonCode.AFTER_EXPLANATION


class Explanation(models.Model):
    """The unit's contest of a correction (giải trình), decided by somebody other than the first appraiser."""

    TRANSITIONS = EXPLANATION_TRANSITIONS

    answer = models.OneToOneField("scoring.Answer", on_delete=models.PROTECT, related_name="contest")
    grounds = models.TextField(_("grounds"))
    filed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField(_("filed"))
    state = models.CharField(
        _("state"), max_length=16, choices=ExplanationState.choices, default=ExplanationState.FILED
    )
    version = models.PositiveIntegerField(default=0, editable=False)
    contested = models.ForeignKey(Correction, on_delete=models.PROTECT, related_name="+")
    decision_reason = models.TextField(_("reason of the decision"), blank=True)
    decided_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("decided"), null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("explanation")
        verbose_name_plural = _("explanations")
        constraints = [models.CheckConstraint(condition=Q(state__in=ExplanationState.values), name="explanation_state")]

    def __str__(self):
        return f"{self.answer_id} {self.state}"
