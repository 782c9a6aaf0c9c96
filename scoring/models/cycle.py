"""The emulation movement and its yearly cycles."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from scoring.enums import CYCLE_TRANSITIONS, CycleState

# What an explanation may be limited to.
FEWEST_WORDS, MOST_WORDS = 50, 2000


class Movement(models.Model):
    """The emulation movement (phong trào thi đua) that cycles belong to, with its founding decision."""

    title = models.CharField(_("title"), max_length=200, unique=True)
    founding_decision = models.CharField(_("founding decision"), max_length=200)

    class Meta:
        verbose_name = _("emulation movement")

    def __str__(self):
        return self.title


class CycleQuerySet(models.QuerySet):
    def current(self):
        """The cycle that offices work on: the newest that is not archived."""
        return self.exclude(state=CycleState.ARCHIVED).order_by("-year").first()


class Cycle(models.Model):
    """One yearly round. It owns the dates of its phases; `scoring.cycles.services` opens and closes them.

    Dates are stored exclusive: `filing_closes_at` is the next midnight and shown as 23:59:59 of the day before. «On
    time» ends at `filing_closes_at` (a recorded fact), the gate shuts at `filing_locks_at`.
    `explanation_closes_at`, `_round` and `_words` are of the round of explanation that runs or ran last (`ExplanationRound`).
    """

    TRANSITIONS = CYCLE_TRANSITIONS
    HELD_SHARED = True  # by every act on one of its assessments: see core.locks

    movement = models.ForeignKey(Movement, verbose_name=_("movement"), on_delete=models.PROTECT, related_name="cycles")
    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    state = models.CharField(_("state"), max_length=12, choices=CycleState.choices, default=CycleState.PREPARING)
    version = models.PositiveIntegerField(default=0, editable=False)
    is_sample = models.BooleanField(_("synthetic sample"), default=False)
    legal_basis = models.TextField(_("legal basis"), blank=True)
    filing_opens_at = models.DateTimeField(_("filing opens"))
    filing_closes_at = models.DateTimeField(_("on time until"))
    filing_locks_at = models.DateTimeField(_("locked from"))
    appraisal_closes_at = models.DateTimeField(_("appraisal until"))
    explanation_closes_at = models.DateTimeField(_("explanation until"))
    explanation_round = models.PositiveSmallIntegerField(_("round of explanation"), default=1, editable=False)
    explanation_words = models.PositiveSmallIntegerField(_("words of an explanation, at most"), default=500)

    objects = CycleQuerySet.as_manager()

    class Meta:
        ordering = ["-year"]
        verbose_name = _("cycle")
        verbose_name_plural = _("cycles")
        constraints = [
            models.CheckConstraint(
                condition=Q(filing_closes_at__gt=F("filing_opens_at")) & Q(filing_locks_at__gte=F("filing_closes_at")),
                name="cycle_filing_dates_rise",
            ),
            models.CheckConstraint(
                condition=Q(appraisal_closes_at__gt=F("filing_closes_at"))
                & Q(explanation_closes_at__gt=F("appraisal_closes_at")),
                name="cycle_later_dates_rise",
            ),
            models.CheckConstraint(condition=Q(state__in=CycleState.values), name="cycle_state"),
            models.CheckConstraint(
                condition=Q(explanation_words__gte=FEWEST_WORDS, explanation_words__lte=MOST_WORDS),
                name="cycle_explanation_words",
            ),
        ]

    def __str__(self):
        return str(self.year)


class CycleGroup(models.Model):
    """A group that takes part in a cycle, and the criteria set it is scored by."""

    cycle = models.ForeignKey(Cycle, verbose_name=_("cycle"), on_delete=models.PROTECT, related_name="groups")
    group = models.ForeignKey("accounts.UnitGroup", verbose_name=_("group"), on_delete=models.PROTECT, related_name="+")
    criteria_set = models.ForeignKey(
        "scoring.CriteriaSet", verbose_name=_("criteria set"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["group__position"]
        verbose_name = _("group of the cycle")
        constraints = [models.UniqueConstraint(fields=["cycle", "group"], name="cycle_group_once")]

    def __str__(self):
        return f"{self.cycle_id} {self.group_id}"


class ExplanationRound(models.Model):
    """A round of explanation (vòng giải trình): what was decided in one may be contested once more in the next.

    Opened by `scoring.cycles.rounds`. The next one opens when everything contested in this one is decided, and freezes it.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField(_("round"))
    opens_at = models.DateTimeField(_("opened"))
    closes_at = models.DateTimeField(_("explanation until"))
    word_limit = models.PositiveSmallIntegerField(_("words of an explanation, at most"))

    class Meta:
        ordering = ["cycle", "number"]
        verbose_name = _("round of explanation")
        verbose_name_plural = _("rounds of explanation")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "number"], name="explanation_round_once"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="explanation_round_dates_rise"),
            models.CheckConstraint(
                condition=Q(word_limit__gte=FEWEST_WORDS, word_limit__lte=MOST_WORDS), name="explanation_round_words"
            ),
        ]

    def __str__(self):
        return f"{self.cycle_id} {self.number}"
