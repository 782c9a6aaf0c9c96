"""A motion, who was on the roll when it was opened, and the open ballots."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from nominations.enums import CLOSED, MOTION_TRANSITIONS, Choice, MotionState
from nominations.models.council import Meeting, VotingRules

SEES_MOTIONS = (Role.EMULATION_SECRETARY, Role.COUNCIL_MEMBER, Role.SIGNING_LEADER, Role.AUDITOR)


class MotionQuerySet(models.QuerySet):
    def visible_to(self, user: User):
        """The council, its secretary, the signing leader and the auditor; who voted what is a further question."""
        return self if user.is_authenticated and user.has_role(*SEES_MOTIONS) else self.none()

    def waiting_for_vote_of(self, user: User):
        """Open motions on whose roll the person stands and has not voted yet."""
        entries = RollEntry.objects.filter(member=user, is_barred=False, is_present=True)
        voted, recused = Ballot.objects.filter(member=user), Recusal.objects.filter(member=user)
        open_ones = self.filter(state=MotionState.OPEN, pk__in=entries.values("motion"))
        return open_ones.exclude(pk__in=voted.values("motion")).exclude(pk__in=recused.values("motion"))


class Motion(VotingRules):
    """What the council votes on (nội dung biểu quyết): one nomination. Moved by `nominations.council.services`.

    Prepared: it stands on the agenda. The rules are those of the council when the vote was opened; the counts are
    written when it is closed.
    """

    TRANSITIONS = MOTION_TRANSITIONS

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="motions")
    nomination = models.ForeignKey("nominations.Nomination", on_delete=models.PROTECT, related_name="motions")
    number = models.PositiveSmallIntegerField(_("number on the agenda"))
    state = models.CharField(_("state"), max_length=12, choices=MotionState.choices, default=MotionState.PREPARED)
    version = models.PositiveIntegerField(default=0, editable=False)
    opened_at = models.DateTimeField(_("opened at"), null=True)
    opened_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    in_favour = models.PositiveSmallIntegerField(_("in favour"), null=True)
    against = models.PositiveSmallIntegerField(_("against"), null=True)
    abstained = models.PositiveSmallIntegerField(_("no opinion"), null=True)
    closed_at = models.DateTimeField(_("closed at"), null=True)
    closed_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")

    objects = MotionQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "number"]
        verbose_name = _("motion")
        verbose_name_plural = _("motions")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="motion_number_once"),
            models.UniqueConstraint(
                fields=["nomination"], condition=~Q(state=MotionState.NO_QUORUM), name="one_counting_motion"
            ),
            models.CheckConstraint(condition=Q(state__in=MotionState.values), name="motion_state"),
            models.CheckConstraint(
                condition=Q(state=MotionState.PREPARED) | Q(opened_at__isnull=False, opened_by__isnull=False),
                name="open_motion_was_opened",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=CLOSED) | Q(closed_at__isnull=False, in_favour__isnull=False),
                name="closed_motion_has_counts",
            ),
        ]

    def __str__(self):
        return f"{self.meeting_id} {self.number}"

    @property
    def is_closed(self) -> bool:
        return self.state in CLOSED


class RollEntry(models.Model):
    """A member on the roll of a motion, fixed when it was opened.

    `is_barred`: belongs to the nominated unit. `is_present`: was at the meeting then; only those vote.
    """

    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="roll")
    member = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    is_chair = models.BooleanField(_("chair"))
    is_barred = models.BooleanField(_("may not vote on the own unit"))
    is_present = models.BooleanField(_("present"), default=True)

    class Meta:
        ordering = ["-is_chair", "member__name_sort"]
        verbose_name = _("roll entry")
        constraints = [models.UniqueConstraint(fields=["motion", "member"], name="on_the_roll_once")]

    def __str__(self):
        return f"{self.motion_id} {self.member_id}"


class Recusal(models.Model):
    """A member who takes no part in a motion (không tham gia biểu quyết) by own word; never changed.

    It goes only with a prepared motion that is taken off the agenda.
    """

    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="recusals")
    member = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)
    declared_at = models.DateTimeField(_("declared at"))

    class Meta:
        verbose_name = _("recusal")
        verbose_name_plural = _("recusals")
        constraints = [models.UniqueConstraint(fields=["motion", "member"], name="recused_once")]

    def __str__(self):
        return f"{self.motion_id} {self.member_id}"


class Ballot(models.Model):
    """An open ballot (phiếu): one for a member and a motion, append-only."""

    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="ballots")
    member = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(_("vote"), max_length=8, choices=Choice.choices)

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        constraints = [
            models.UniqueConstraint(fields=["motion", "member"], name="one_ballot_per_member"),
            models.CheckConstraint(condition=Q(choice__in=Choice.values), name="ballot_choice"),
        ]

    def __str__(self):
        return f"{self.motion_id} {self.member_id}"
