"""What appraisers change, and what units hold against it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import JSONField, PointsField
from scoring.enums import EXPLANATION_TRANSITIONS, UNDECIDED, CorrectionKind, ExplanationState, ReasonCode


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
    """The unit's contest of a correction (giải trình), decided by a second appraiser or by the appraisal council.

    One per line and round; the last one stands on `Answer.contest`.
    `decided_by` is who entered the decision; the council's own record is the `Referral`.
    """

    TRANSITIONS = EXPLANATION_TRANSITIONS

    answer = models.ForeignKey("scoring.Answer", on_delete=models.PROTECT, related_name="explanations")
    round = models.PositiveSmallIntegerField(_("round"), default=1)
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
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ExplanationState.values), name="explanation_state"),
            models.UniqueConstraint(fields=["answer", "round"], name="one_explanation_a_round"),
        ]

    def __str__(self):
        return f"{self.answer_id} {self.state}"

    @property
    def is_decided(self) -> bool:
        return self.state not in UNDECIDED


class Referral(models.Model):
    """A contested line put before the appraisal council (Hội đồng thẩm định), and what its minutes say of the decision.

    Written by `scoring.appraisal.council`. What the council decided, and why, stands on the explanation.
    """

    explanation = models.OneToOneField(Explanation, on_delete=models.PROTECT, related_name="referral")
    reason = models.TextField(_("why it was referred"))
    referred_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    referred_at = models.DateTimeField(_("referred"))
    number = models.CharField(_("number of the minutes"), max_length=100, blank=True)
    decided_on = models.DateField(_("decided on"), null=True)
    present = models.TextField(_("those present"), blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("referral to the appraisal council")
        verbose_name_plural = _("referrals to the appraisal council")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="referral_has_reason"),
            models.CheckConstraint(
                condition=Q(number="", decided_on__isnull=True, present="")
                | (~Q(number="") & Q(decided_on__isnull=False) & ~Q(present="")),
                name="referral_minutes_whole",
            ),
        ]

    def __str__(self):
        return f"{self.explanation_id} {self.number}"
