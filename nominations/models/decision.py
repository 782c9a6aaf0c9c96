"""The decision that commends, and whom it commends."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from core.fields import PointsField
from nominations.enums import DECISION_TRANSITIONS, AwardForm, DecisionKind, DecisionState, RevocationGround
from nominations.models.award import AWARDS, Award

SEES_DRAFTS = (Role.EMULATION_SECRETARY, Role.SIGNING_LEADER, Role.AUDITOR)


class DecisionQuerySet(models.QuerySet):
    def visible_to(self, user: User):
        """Drafts for secretary, signing leader and auditor; once signed also for the council and the units it is about."""
        if not user.is_authenticated:
            return self.none()
        if user.has_role(*SEES_DRAFTS):
            return self
        signed = self.exclude(state=DecisionState.DRAFT)
        if user.has_role(Role.COUNCIL_MEMBER):
            return signed
        own = user.units_as(Role.UNIT_OFFICER, Role.UNIT_HEAD)
        commended = DecisionItem.objects.filter(nomination__unit__in=own).values("decision")
        revoked = Revocation.objects.filter(certificate__nomination__unit__in=own).values("decision")
        return signed.filter(Q(pk__in=commended) | Q(pk__in=revoked))


class Decision(models.Model):
    """A decision (quyết định) for one form of commendation. Final, by trigger too, once signed.

    Moved by `nominations.certifying.services`. Number and date are given when it is signed; the number is unique in its year.
    """

    TRANSITIONS = DECISION_TRANSITIONS

    cycle = models.ForeignKey(
        "scoring.Cycle", verbose_name=_("cycle"), on_delete=models.PROTECT, related_name="decisions"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=DecisionKind.choices, default=DecisionKind.AWARD)
    form = models.CharField(_("form of commendation"), max_length=10, choices=AwardForm.choices)
    state = models.CharField(_("state"), max_length=8, choices=DecisionState.choices, default=DecisionState.DRAFT)
    version = models.PositiveIntegerField(default=0, editable=False)
    number = models.CharField(_("number"), max_length=30, blank=True)
    dated_on = models.DateField(_("date"), null=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True)
    signer = models.ForeignKey(
        "accounts.User", verbose_name=_("signed by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    signer_name = models.CharField(_("name of the signer"), max_length=120, blank=True)
    signer_position = models.CharField(_("position of the signer"), max_length=120, blank=True)
    signed_at = models.DateTimeField(_("signed at"), null=True)
    drafted_at = models.DateTimeField(_("drafted at"))
    drafted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.UniqueConstraint(
                fields=["year", "number"], condition=~Q(number=""), name="decision_number_once_a_year"
            ),
            models.CheckConstraint(condition=Q(state__in=DecisionState.values), name="decision_state"),
            models.CheckConstraint(condition=Q(kind__in=DecisionKind.values), name="decision_kind"),
            models.CheckConstraint(
                condition=Q(state=DecisionState.DRAFT)
                | (~Q(number="") & Q(dated_on__isnull=False, year__isnull=False, signer__isnull=False)),
                name="signed_decision_has_number_date_signer",
            ),
        ]

    def __str__(self):
        return self.number or str(_("draft decision"))

    @property
    def award(self) -> Award:
        return AWARDS[self.form]


class DecisionItem(models.Model):
    """One commended subject of a decision, in the order of its list."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="items")
    nomination = models.OneToOneField("nominations.Nomination", on_delete=models.PROTECT, related_name="decision_item")
    position = models.PositiveSmallIntegerField(_("place in the list"))
    # Written when the decision is signed: the law of that day.
    coefficient = PointsField(_("coefficient"), null=True)
    base_salary_vnd = models.PositiveIntegerField(_("base salary, đồng"), null=True)
    bonus_vnd = models.PositiveBigIntegerField(_("bonus, đồng"), null=True)

    class Meta:
        ordering = ["position"]
        verbose_name = _("commended subject")
        constraints = [models.UniqueConstraint(fields=["decision", "position"], name="one_item_per_place")]

    def __str__(self):
        return f"{self.decision_id} {self.position}"


class Revocation(models.Model):
    """A certificate that a revoking decision takes back, and why: the ground of the law and the facts of the case."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="revocations")
    certificate = models.OneToOneField(
        "nominations.Certificate", on_delete=models.PROTECT, related_name="revocation", verbose_name=_("certificate")
    )
    ground = models.CharField(_("ground"), max_length=1, choices=RevocationGround.choices)
    facts = models.TextField(_("facts of the case"))

    class Meta:
        ordering = ["certificate__year", "certificate__number"]
        verbose_name = _("revocation")
        verbose_name_plural = _("revocations")
        constraints = [
            models.CheckConstraint(condition=Q(ground__in=RevocationGround.values), name="revocation_ground"),
        ]

    def __str__(self):
        return f"{self.decision_id} {self.certificate_id}"
