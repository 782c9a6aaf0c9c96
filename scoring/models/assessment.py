"""One unit's self-assessment in one cycle, its answers, and what was frozen when the head submitted."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from core.fields import JSONField, PointsField
from scoring.enums import ASSESSMENT_TRANSITIONS, EDITABLE, HANDED_IN, AssessmentState, CycleState, LineState
from scoring.models.conflict import Conflict

READS_ALL = (Role.SCORING_SECRETARY, Role.APPRAISAL_LEAD, Role.AUDITOR)
# Who marks nothing reads every form, whatever ties there are.
READS_WHATEVER = (Role.SCORING_SECRETARY, Role.AUDITOR)
FILES = (Role.UNIT_OFFICER, Role.UNIT_HEAD)


class AssessmentQuerySet(models.QuerySet):
    def visible_to(self, user: User):
        """The own unit's; all for secretary and auditor. For who appraises, no unit with a conflict of interest: a lead
        sees all others, an appraiser what they handed in."""
        if not user.is_authenticated:
            return self.none()
        if user.has_role(*READS_WHATEVER):
            return self
        seen = Q(unit__in=user.units_as(*FILES))
        free = ~Q(unit__in=Conflict.objects.barred_units(user))
        if user.has_role(Role.APPRAISAL_LEAD):
            seen |= free
        elif user.has_role(Role.APPRAISER):
            seen |= Q(state__in=HANDED_IN) & free
        return self.filter(seen)


class Assessment(models.Model):
    """A self-assessment (bản tự đánh giá). Moved by `scoring.filing.services` and `scoring.appraisal.services`.

    Whether the first submission was on time, on time within an extension, or late by how many (begun) minutes is a
    recorded fact. `extended_until` is the end of the `Extension` in force.
    """

    TRANSITIONS = ASSESSMENT_TRANSITIONS

    cycle = models.ForeignKey(
        "scoring.Cycle", verbose_name=_("cycle"), on_delete=models.PROTECT, related_name="assessments"
    )
    unit = models.ForeignKey(
        "accounts.Unit", verbose_name=_("unit"), on_delete=models.PROTECT, related_name="assessments"
    )
    group = models.ForeignKey("accounts.UnitGroup", verbose_name=_("group"), on_delete=models.PROTECT, related_name="+")
    criteria_set = models.ForeignKey(
        "scoring.CriteriaSet", verbose_name=_("criteria set"), on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(_("state"), max_length=16, choices=AssessmentState.choices, default=AssessmentState.DRAFT)
    version = models.PositiveIntegerField(default=0, editable=False)
    submitted_at = models.DateTimeField(_("submitted"), null=True)
    on_time = models.BooleanField(_("on time"), null=True)
    on_time_by_extension = models.BooleanField(_("on time within the extension"), default=False)
    late_minutes = models.PositiveIntegerField(_("minutes late"), null=True)
    extended_until = models.DateTimeField(_("more time until"), null=True, editable=False)
    return_reason = models.TextField(_("why it was returned"), blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["unit__name_sort"]
        verbose_name = _("self-assessment")
        verbose_name_plural = _("self-assessments")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "unit"], name="one_assessment_per_unit"),
            models.CheckConstraint(condition=Q(state__in=AssessmentState.values), name="assessment_state"),
            # «Not known» would pass a check that only compares.
            models.CheckConstraint(
                condition=Q(late_minutes__isnull=True)
                | Q(on_time__isnull=False, on_time=False, late_minutes__isnull=False, late_minutes__gte=1),
                name="late_by_minutes",
            ),
            models.CheckConstraint(
                condition=Q(on_time_by_extension=False) | Q(on_time__isnull=False, on_time=True),
                name="extension_makes_on_time",
            ),
        ]

    def __str__(self):
        return f"{self.cycle_id} {self.unit_id}"

    @property
    def state_label(self) -> str:
        """The state in words; what was never handed in is “not submitted” once the filing is over. Reads `cycle`."""
        never = self.submitted_at is None and self.state in (AssessmentState.DRAFT, AssessmentState.PREPARED)
        over = self.cycle.state not in (CycleState.PREPARING, CycleState.FILING)
        return _("not submitted") if never and over else self.get_state_display()

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE

    @property
    def is_handed_in(self) -> bool:
        return self.state in HANDED_IN


class AnswerQuerySet(models.QuerySet):
    def store(self, answers: list["Answer"], fields: list[str]) -> None:
        """Write `fields` of many existing answers. One upsert: 15 times quicker than `bulk_update`'s CASE per column."""
        self.bulk_create(answers, update_conflicts=True, unique_fields=["id"], update_fields=fields)


class Answer(models.Model):
    """What a unit declares for one criterion, and where the appraiser stands with it.

    `values` maps the rule's fields to their text (engine.md); {} is «not declared», which is not zero. The claim is
    never overwritten: a `Correction` stands beside it. `appraised_points` is what counts once the line is decided.
    `carried` marks figures taken over from last year (`scoring.filing.carried`), NULL for figures of this year.
    `clarification` is the question about it that waits or was answered, until somebody decides on the line again.
    `contest` is the unit's last explanation of it, decided or not.
    `reopening` is the lead's last note on it, answered or not (`scoring.appraisal.selectors.reviews`).
    `read_as` is the version that the last decision was made on (`scoring.appraisal.reading`).
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="answers")
    criterion = models.ForeignKey("scoring.Criterion", on_delete=models.PROTECT, related_name="answers")
    values = JSONField(_("declared"), default=dict)
    explanation = models.TextField(_("explanation"), blank=True)
    asks_not_applicable = models.BooleanField(_("asks for: not applicable"), default=False)
    claimed_points = PointsField(_("claimed points"), null=True)
    measurement = models.ForeignKey(
        "scoring.Measurement",
        verbose_name=_("where measured values come from"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    line_state = models.CharField(_("appraisal"), max_length=16, choices=LineState.choices, default=LineState.OPEN)
    correction = models.ForeignKey(
        "scoring.Correction",
        verbose_name=_("correction in force"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    clarification = models.ForeignKey(
        "scoring.Clarification",
        verbose_name=_("clarification in force"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    contest = models.ForeignKey(
        "scoring.Explanation",
        verbose_name=_("the unit's last explanation"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reopening = models.ForeignKey(
        "scoring.Reopening",
        verbose_name=_("the lead's last note"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    appraised_points = PointsField(_("appraised points"), null=True)
    appraised_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    appraised_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    read_as = JSONField(_("what was read when the line was decided"), null=True)
    carried = JSONField(_("carried over from last year"), null=True)
    updated_at = models.DateTimeField(_("saved"), null=True)
    updated_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["criterion__position"]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "criterion"], name="one_answer_per_criterion"),
            models.CheckConstraint(condition=Q(line_state__in=LineState.values), name="answer_line_state"),
            models.CheckConstraint(
                condition=Q(line_state=LineState.OPEN) | Q(appraised_by__isnull=False), name="answer_decided_by_someone"
            ),
        ]

    def __str__(self):
        return f"{self.assessment_id} {self.criterion_id}"

    @property
    def is_touched(self) -> bool:
        return bool(self.values or self.explanation or self.asks_not_applicable)
