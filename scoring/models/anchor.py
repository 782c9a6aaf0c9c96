"""Reference answers with agreed marks, and what appraisers gave them blind."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from core.fields import JSONField, PointsField
from scoring.models.assessment import READS_WHATEVER
from scoring.models.conflict import Conflict

MOST_ANCHORS = 3


class AnchorQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(withdrawn_at__isnull=True)

    def visible_to(self, user: User):
        """All for who reads everything, for an appraiser those of the own agency's criteria. Never one that was taken from
        the own unit, nor, for who appraises, from a unit of a conflict of interest."""
        if not user.is_authenticated:
            return self.none()
        found = self.exclude(answer__assessment__unit__in=user.own_units)
        if user.has_role(*READS_WHATEVER):
            return found
        found = found.exclude(answer__assessment__unit__in=Conflict.objects.barred_units(user))
        if user.has_role(Role.APPRAISAL_LEAD):
            return found
        return found.filter(criterion__responsible__in=user.units_as(Role.APPRAISER))


class Anchor(models.Model):
    """A reference answer (mẫu đối chiếu): what a unit declared, frozen, with the points agreed for it and why.

    Taken from `answer` and withdrawn by `scoring.anchors.services`, never deleted. `place` is 1 to 3 among those in force
    for the criterion. No unit's score knows of it.
    """

    cycle = models.ForeignKey("scoring.Cycle", on_delete=models.PROTECT, related_name="anchors")
    criterion = models.ForeignKey("scoring.Criterion", on_delete=models.PROTECT, related_name="anchors")
    answer = models.ForeignKey(
        "scoring.Answer", verbose_name=_("taken from"), on_delete=models.PROTECT, related_name="+"
    )
    place = models.PositiveSmallIntegerField(_("place"))
    values = JSONField(_("declared"))
    explanation = models.TextField(_("explanation"), blank=True)
    points = PointsField(_("agreed points"))
    reason = models.TextField(_("reason"))
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(_("taken"))
    withdrawal_reason = models.TextField(_("why it was withdrawn"), blank=True)
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)

    objects = AnchorQuerySet.as_manager()

    class Meta:
        ordering = ["place", "pk"]
        verbose_name = _("reference answer")
        verbose_name_plural = _("reference answers")
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "criterion", "place"],
                condition=Q(withdrawn_at__isnull=True),
                name="anchor_place_once",
            ),
            models.UniqueConstraint(
                fields=["cycle", "criterion", "answer"],
                condition=Q(withdrawn_at__isnull=True),
                name="anchor_answer_once",
            ),
            models.CheckConstraint(condition=Q(place__gte=1, place__lte=MOST_ANCHORS), name="anchor_place"),
            models.CheckConstraint(condition=~Q(reason=""), name="anchor_has_reason"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawal_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawal_reason="")),
                name="anchor_withdrawn_in_words",
            ),
        ]

    def __str__(self):
        return f"{self.cycle_id} {self.criterion_id} {self.place}"


class AnchorMark(models.Model):
    """What one appraiser gave a reference answer before the agreed points were shown: once, append-only."""

    anchor = models.ForeignKey(Anchor, on_delete=models.PROTECT, related_name="marks")
    appraiser = models.ForeignKey(User, verbose_name=_("appraiser"), on_delete=models.PROTECT, related_name="+")
    points = PointsField(_("points"))
    marked_at = models.DateTimeField(_("marked"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("mark of a reference answer")
        verbose_name_plural = _("marks of reference answers")
        constraints = [models.UniqueConstraint(fields=["anchor", "appraiser"], name="one_mark_of_an_anchor")]

    def __str__(self):
        return f"{self.anchor_id} {self.appraiser_id}"
