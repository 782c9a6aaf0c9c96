"""Evidence: files of a unit, each usable on several lines."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from scoring.enums import EvidenceMark, ScanState


class EvidenceQuerySet(models.QuerySet):
    def visible_to(self, user: User):
        """Whoever may see the assessment may see its evidence; what was removed is gone from view.

        An appraiser sees what stands behind a line, and earlier versions of it: the unit's other papers are not declared.
        """
        from scoring.models.assessment import FILES, READS_ALL, Assessment  # noqa: PLC0415 - both refer to each other

        seen = self.filter(assessment__in=Assessment.objects.visible_to(user), removed_at__isnull=True)
        if not user.is_authenticated or user.has_role(*READS_ALL):
            return seen
        is_declared = Exists(AnswerEvidence.objects.filter(evidence=OuterRef("pk"))) | Q(replaced_by__isnull=False)
        is_declared |= Q(explanation__isnull=False)
        return seen.filter(is_declared | Q(assessment__unit__in=user.units_as(*FILES)))

    def in_force(self):
        """What stands in the form: not removed, no newer version of it, and not sent after it with an explanation."""
        return self.filter(removed_at__isnull=True, replaced_by__isnull=True, explanation__isnull=True)


class Evidence(models.Model):
    """A file (tài liệu kiểm chứng). `stored_as` is our own random name; the original name is only text.

    Written by `scoring.filing.evidence` and `scoring.filing.library`. The original bytes are kept, hashed, and leave only
    as an attachment. A copy (`copied_from`) is a row of its own over the same bytes, in another year's form: bytes go
    only when the retention period of every row over them has ended. `replaces` is the version before this one.
    A file of an `explanation` stands behind that alone: the form that it came after stays as it was signed.
    """

    assessment = models.ForeignKey("scoring.Assessment", on_delete=models.PROTECT, related_name="evidence")
    title = models.CharField(_("document"), max_length=300)
    original_name = models.CharField(_("file name"), max_length=200)
    stored_as = models.CharField(max_length=80)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64, db_index=True)
    mark = models.CharField(_("mark"), max_length=10, choices=EvidenceMark.choices, blank=True)
    scan = models.CharField(_("virus check"), max_length=10, choices=ScanState.choices, blank=True)
    virus = models.CharField(_("virus found"), max_length=200, blank=True)
    uploaded_at = models.DateTimeField(_("uploaded"))
    uploaded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(_("removed"), null=True)
    answers = models.ManyToManyField("scoring.Answer", through="scoring.AnswerEvidence", related_name="evidence")
    copied_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="copies")
    citation = models.ForeignKey(
        "scoring.Citation", verbose_name=_("is a copy of"), null=True, on_delete=models.PROTECT, related_name="copies"
    )
    explanation = models.ForeignKey(
        "scoring.Explanation", verbose_name=_("sent with"), null=True, on_delete=models.PROTECT, related_name="files"
    )
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            models.UniqueConstraint(
                fields=["stored_as"], condition=Q(copied_from__isnull=True), name="one_row_per_stored_file"
            ),
            models.CheckConstraint(condition=Q(scan__in=ScanState.values), name="evidence_scan"),
            models.CheckConstraint(
                condition=Q(scan=ScanState.INFECTED) | Q(virus=""), name="evidence_virus_only_where_found"
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_held_back(self) -> bool:
        """Nobody gets the bytes: a virus was found, or the check has not answered yet."""
        return self.scan in (ScanState.WAITING, ScanState.INFECTED)


class AnswerEvidence(models.Model):
    """A file stands behind an answer."""

    answer = models.ForeignKey("scoring.Answer", on_delete=models.PROTECT)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "evidence"], name="answer_evidence_once")]

    def __str__(self):
        return f"{self.answer_id} {self.evidence_id}"
