"""Who is proposed for which commendation, and the published figures it rests on."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from core.fields import JSONField, PointsField
from nominations.enums import NOMINATION_TRANSITIONS, OUT_OF_THE_RUNNING, AwardForm, NominationState, Subject
from nominations.models.award import AWARDS, Award

READS_ALL = (Role.EMULATION_SECRETARY, Role.COUNCIL_MEMBER, Role.SIGNING_LEADER, Role.AUDITOR)
OF_THE_UNIT = (Role.UNIT_OFFICER, Role.UNIT_HEAD)


class NominationQuerySet(models.QuerySet):
    def visible_to(self, user: User):
        """The own unit's; what was submitted for secretary, council, signing leader and auditor."""
        if not user.is_authenticated:
            return self.none()
        own = Q(unit__in=user.units_as(*OF_THE_UNIT))
        return self.filter(own | Q(nominated_at__isnull=False) if user.has_role(*READS_ALL) else own)

    def in_state(self, state: NominationState):
        return self.filter(state=state)

    def approved_and_free(self):
        """Approved by the council and not yet in a decision."""
        return self.filter(state=NominationState.APPROVED, decision_item=None)


class Nomination(models.Model):
    """A proposal for one award (đề nghị khen thưởng): a unit, a named part of one, or one person of it.

    Moved by `nominations.*.services`.

    Rank, total and grade are copied from the published row when it is made, so that a later ranking changes nothing.
    One subject is proposed once a cycle, whatever the form: the law gives no two forms for one achievement.
    """

    TRANSITIONS = NOMINATION_TRANSITIONS

    cycle = models.ForeignKey(
        "scoring.Cycle", verbose_name=_("cycle"), on_delete=models.PROTECT, related_name="nominations"
    )
    form = models.CharField(_("form of commendation"), max_length=10, choices=AwardForm.choices)
    subject = models.CharField(_("who is nominated"), max_length=10, choices=Subject.choices)
    unit = models.ForeignKey(
        "accounts.Unit", verbose_name=_("unit"), on_delete=models.PROTECT, related_name="nominations"
    )
    part = models.CharField(_("part of the unit"), max_length=200, blank=True)
    person_position = models.CharField(_("position of the person"), max_length=200, blank=True)
    recipient_name = models.CharField(_("name as on the certificate"), max_length=200)
    achievement = models.TextField(_("achievement"))
    run = models.ForeignKey("scoring.RankingRun", on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField(_("rank"), null=True)
    total = PointsField(_("total"), null=True)
    grade = models.CharField(_("grade"), max_length=32, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=NominationState.choices, default=NominationState.DRAFT)
    version = models.PositiveIntegerField(default=0, editable=False)
    nominated_at = models.DateTimeField(_("nominated at"), null=True)
    nominated_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    # Why it came back, is not eligible or was withdrawn: the words of who did it.
    remark = models.TextField(_("remark"), blank=True)
    # The clauses of eligibility as they were found: [{"code", "is_met", "figures"}].
    clauses = JSONField(_("clauses of eligibility"), default=list, blank=True)

    objects = NominationQuerySet.as_manager()

    class Meta:
        ordering = ["-cycle__year", "unit__name_sort", "pk"]
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "unit", "recipient_name", "person_position"],
                condition=~Q(state__in=sorted(OUT_OF_THE_RUNNING)),
                name="subject_nominated_once",
            ),
            models.CheckConstraint(condition=Q(state__in=NominationState.values), name="nomination_state"),
            models.CheckConstraint(condition=Q(form__in=AwardForm.values), name="nomination_form"),
            models.CheckConstraint(
                condition=(Q(subject=Subject.PERSON) & ~Q(person_position=""))
                | Q(subject=Subject.COLLECTIVE, person_position=""),
                name="nominated_person_has_position",
            ),
            models.CheckConstraint(
                condition=Q(part="") | Q(subject=Subject.COLLECTIVE), name="only_a_collective_is_a_part"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[NominationState.DRAFT, NominationState.WITHDRAWN])
                | Q(nominated_at__isnull=False, nominated_by__isnull=False),
                name="submitted_nomination_has_nominator",
            ),
        ]

    def __str__(self):
        return self.recipient_name

    @property
    def award(self) -> Award:
        return AWARDS[self.form]
