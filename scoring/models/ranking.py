"""Ranking runs: computed, published, superseded, never edited."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from core.fields import JSONField, PointsField
from scoring.enums import RUN_TRANSITIONS, RunState

READS_RUNS = (Role.SCORING_SECRETARY, Role.APPRAISAL_LEAD, Role.AUDITOR)


class RankingRunQuerySet(models.QuerySet):
    def visible_to(self, user: User):
        """Published and superseded runs for everybody; the others for secretary, lead and auditor."""
        if user.is_authenticated and user.has_role(*READS_RUNS):
            return self
        return self.filter(state__in=[RunState.PUBLISHED, RunState.SUPERSEDED])

    def published(self):
        return self.filter(state=RunState.PUBLISHED)

    def final(self):
        """Published runs, and those that a later one replaced: public, and frozen."""
        return self.filter(state__in=[RunState.PUBLISHED, RunState.SUPERSEDED])

    def light(self):
        """Without the snapshot (half a megabyte), with what a list names."""
        return self.defer("snapshot").select_related("cycle", "group")


class RankingRun(models.Model):
    """One computation for one group (lần tính điểm). `scoring.ranking.services` computes and publishes it.

    `snapshot` is the canonical JSON of everything that went in and came out (set, values, groups, results, names,
    engine version); `sha256` is its hash. Published runs are immutable by trigger.
    """

    TRANSITIONS = RUN_TRANSITIONS

    cycle = models.ForeignKey("scoring.Cycle", verbose_name=_("cycle"), on_delete=models.PROTECT, related_name="runs")
    group = models.ForeignKey("accounts.UnitGroup", verbose_name=_("group"), on_delete=models.PROTECT, related_name="+")
    criteria_set = models.ForeignKey("scoring.CriteriaSet", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=10, choices=RunState.choices, default=RunState.QUEUED)
    version = models.PositiveIntegerField(default=0, editable=False)
    started_at = models.DateTimeField(_("started"))
    started_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    job = models.ForeignKey("core.Job", null=True, on_delete=models.PROTECT, related_name="+")
    computed_at = models.DateTimeField(_("computed"), null=True)
    open_lines = models.PositiveIntegerField(_("lines not yet appraised"), default=0)
    engine_version = models.CharField(max_length=20, blank=True)
    snapshot = models.TextField(_("snapshot, canonical JSON"), blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    is_provisional = models.BooleanField(_("shown to the units as provisional"), default=False)
    published_at = models.DateTimeField(_("published"), null=True)
    published_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    decision_number = models.CharField(_("decision"), max_length=60, blank=True)
    decision_on = models.DateField(_("date of the decision"), null=True)
    reason = models.TextField(_("why it replaces the one before"), blank=True)

    objects = RankingRunQuerySet.as_manager()

    class Meta:
        ordering = ["-cycle__year", "group__position", "-number"]
        verbose_name = _("ranking run")
        verbose_name_plural = _("ranking runs")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "group", "number"], name="ranking_run_number_once"),
            models.UniqueConstraint(
                fields=["cycle", "group"], condition=Q(state=RunState.PUBLISHED), name="one_published_run_per_group"
            ),
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="ranking_run_state"),
            models.CheckConstraint(
                condition=~Q(state=RunState.PUBLISHED) | (~Q(decision_number="") & ~Q(sha256="")),
                name="published_run_has_decision_and_hash",
            ),
        ]

    def __str__(self):
        return f"{self.cycle_id} {self.group_id} {self.number}"


class RankingRow(models.Model):
    """One unit's line of a run (dòng xếp hạng), for lists and joins; the snapshot holds the same and more."""

    run = models.ForeignKey(RankingRun, on_delete=models.PROTECT, related_name="rows")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="ranking_rows")
    position = models.PositiveSmallIntegerField(_("place in the list"))
    rank = models.PositiveSmallIntegerField(_("rank"), null=True)
    total = PointsField(_("total"), null=True)
    grade = models.CharField(_("grade"), max_length=32, blank=True)
    tie_break = models.CharField(_("tie"), max_length=60, blank=True)
    bonus = PointsField(_("bonus"))
    penalty = PointsField(_("penalty"))
    nodes = JSONField(_("pillars"))
    lines = JSONField(_("lines"))

    class Meta:
        ordering = ["position"]
        verbose_name = _("ranking row")
        constraints = [
            models.UniqueConstraint(fields=["run", "unit"], name="one_row_per_unit"),
            models.UniqueConstraint(fields=["run", "position"], name="one_row_per_place"),
        ]

    def __str__(self):
        return f"{self.run_id} {self.unit_id}"
