"""Double marking: lines that two people mark without knowing of each other, and what a third person made of a gap."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from core.fields import JSONField, PointsField
from scoring.enums import MarkWay, ReasonCode


class MarkingDraw(models.Model):
    """A random sample of one agency's lines for a second mark, as it was drawn, for the minutes; append-only.

    `share_percent` of the open lines of each criterion, at least one; `gap_percent` is how far two marks may lie apart,
    of the line's maximum, before a third person decides. `seed` fixed the lot. `left` lines found nobody who is free.
    """

    cycle = models.ForeignKey("scoring.Cycle", on_delete=models.PROTECT, related_name="marking_draws")
    agency = models.ForeignKey(
        Unit, verbose_name=_("appraising agency"), on_delete=models.PROTECT, related_name="marking_draws"
    )
    share_percent = models.PositiveSmallIntegerField(_("share of the lines, percent"))
    gap_percent = models.PositiveSmallIntegerField(_("gap for a third person, percent of the maximum"))
    seed = models.PositiveIntegerField(_("seed of the lot"))
    lines = models.PositiveIntegerField(_("lines drawn"))
    left = models.PositiveIntegerField(_("lines for which nobody was free"))
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made"))

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("draw for double marking")
        verbose_name_plural = _("draws for double marking")
        constraints = [
            models.CheckConstraint(condition=Q(share_percent__gte=1, share_percent__lte=100), name="draw_share"),
            models.CheckConstraint(condition=Q(gap_percent__lte=100), name="draw_gap"),
        ]

    def __str__(self):
        return f"{self.cycle_id} {self.agency_id}"


class SecondMark(models.Model):
    """The second, independent mark of a line (chấm hai lượt độc lập). It never counts by itself.

    Until `saved_at` it is work that waits for `marker`, who learns nothing of the first mark meanwhile
    (`scoring.marking.blind`). `read_as` is what was read. `disputed`: both marks are there and lie too far apart.
    `first_points` and `first_by` keep the first mark once a third person (`settled_by`) has decided.
    """

    answer = models.OneToOneField("scoring.Answer", on_delete=models.PROTECT, related_name="second_mark")
    draw = models.ForeignKey(MarkingDraw, on_delete=models.PROTECT, related_name="marks")
    marker = models.ForeignKey(User, verbose_name=_("second marker"), on_delete=models.PROTECT, related_name="+")
    way = models.CharField(_("second mark"), max_length=16, choices=MarkWay.choices, blank=True)
    values = JSONField(_("as the engine reads it"), null=True)
    points = PointsField(_("points"), null=True)
    reason_code = models.CharField(_("reason code"), max_length=8, choices=ReasonCode.choices, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    read_as = JSONField(_("what was read"), null=True)
    saved_at = models.DateTimeField(_("saved"), null=True)
    disputed = models.BooleanField(_("too far apart"), default=False)
    first_points = PointsField(_("points of the first mark"), null=True)
    first_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    settled_reason = models.TextField(_("why the third person decided so"), blank=True)
    settled_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(_("settled"), null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("second mark")
        verbose_name_plural = _("second marks")
        constraints = [
            models.CheckConstraint(
                condition=Q(saved_at__isnull=True, way="", disputed=False) | (Q(saved_at__isnull=False) & ~Q(way="")),
                name="second_mark_saved_whole",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True, settled_reason="")
                | (Q(settled_at__isnull=False, settled_by__isnull=False, disputed=True) & ~Q(settled_reason="")),
                name="second_mark_settled_in_words",
            ),
            models.CheckConstraint(condition=Q(way__in=["", *MarkWay.values]), name="second_mark_way"),
        ]

    def __str__(self):
        return f"{self.answer_id} {self.marker_id}"
