"""The emulation and commendation council, its rules and its meetings."""

from fractions import Fraction

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import PointsField
from nominations import tally


class ThresholdBase(models.TextChoices):
    ALL_MEMBERS = tally.Base.ALL_MEMBERS.value, _("all members of the council")
    PRESENT = tally.Base.PRESENT.value, _("members present")
    BALLOTS = tally.Base.BALLOTS.value, _("ballots cast")


class VotingRules(models.Model):
    """Settings of the council, copied onto each motion when it is opened. The law sets no percentage for this award."""

    quorum = models.CharField(_("quorum, share of all members"), max_length=9)
    threshold_percent = PointsField(_("threshold, percent"))
    must_exceed = models.BooleanField(_("the threshold must be exceeded"))
    base = models.CharField(_("the threshold is a share of"), max_length=12, choices=ThresholdBase.choices)

    recused_leave_base = models.BooleanField(_("who does not take part is not in the base"), default=False)
    chair_breaks_tie = models.BooleanField(_("a tie is decided by the side of the chair"), default=True)

    class Meta:
        abstract = True

    @property
    def rules(self) -> tally.Rules:
        return tally.Rules(
            quorum_share=Fraction(self.quorum),
            threshold_percent=Fraction(self.threshold_percent),
            must_exceed=self.must_exceed,
            base=tally.Base(self.base),
            recused_leave_base=self.recused_leave_base,
            chair_breaks_tie=self.chair_breaks_tie,
        )


class CouncilQuerySet(models.QuerySet):
    def current(self):
        """The council that votes today: the last one set up."""
        return self.order_by("-pk").first()


class Council(VotingRules):
    """The council (Hội đồng thi đua - khen thưởng). Another composition or other rules are another council."""

    name = models.CharField(_("name"), max_length=200)
    founding_decision = models.CharField(_("founding decision"), max_length=200)
    secretary = models.ForeignKey(
        "accounts.User", verbose_name=_("secretary"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    set_up_at = models.DateTimeField(_("set up at"))
    set_up_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    objects = CouncilQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("council")
        verbose_name_plural = _("councils")

    def __str__(self):
        return self.name


class CouncilMember(models.Model):
    """A seat on a council."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="seats")
    user = models.ForeignKey("accounts.User", verbose_name=_("member"), on_delete=models.PROTECT, related_name="seats")
    is_chair = models.BooleanField(_("chair"), default=False)

    class Meta:
        ordering = ["-is_chair", "user__name_sort"]
        verbose_name = _("council member")
        verbose_name_plural = _("council members")
        constraints = [
            models.UniqueConstraint(fields=["council", "user"], name="one_seat_per_member"),
            models.UniqueConstraint(fields=["council"], condition=Q(is_chair=True), name="one_chair_per_council"),
        ]

    def __str__(self):
        return f"{self.council_id} {self.user_id}"


class Meeting(models.Model):
    """A meeting of a council (phiên họp) on a day."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField(_("day of the meeting"))
    called_at = models.DateTimeField(_("called at"))
    called_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-held_on"]
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints = [models.UniqueConstraint(fields=["council", "held_on"], name="one_meeting_a_day")]

    def __str__(self):
        return f"{self.council_id} {self.held_on}"


class Attendance(models.Model):
    """Whether a member is at the meeting (điểm danh). Recorded until the first vote is opened, then copied to each roll."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    member = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    is_present = models.BooleanField(_("present"))

    class Meta:
        ordering = ["member__name_sort"]
        verbose_name = _("attendance")
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="attendance_once")]

    def __str__(self):
        return f"{self.meeting_id} {self.member_id}"
