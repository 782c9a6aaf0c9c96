"""Evidence: files of a unit, each usable on several lines."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from scoring.enums import EvidenceMark


class EvidenceQuerySet(models.QuerySet):
    def visible_to(self, user: User):
        """Whoever may see the assessment may see its evidence; what was removed is gone from view."""
        from scoring.models.assessment import Assessment  # noqa: PLC0415 - both models refer to each other

        return self.filter(assessment__in=Assessment.objects.visible_to(user), removed_at__isnull=True)


class Evidence(models.Model):
    """A file (tài liệu kiểm chứng). `stored_as` is our own random name; the original name is only text.

    Written by `scoring.filing.evidence`. The original bytes are kept, hashed, and leave only as an attachment.
    """

    assessment = models.ForeignKey("scoring.Assessment", on_delete=models.PROTECT, related_name="evidence")
    title = models.CharField(_("document"), max_length=300)
    original_name = models.CharField(_("file name"), max_length=200)
    stored_as = models.CharField(max_length=80, unique=True)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    mark = models.CharField(_("mark"), max_length=10, choices=EvidenceMark.choices, blank=True)
    uploaded_at = models.DateTimeField(_("uploaded"))
    uploaded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(_("removed"), null=True)
    answers = models.ManyToManyField("scoring.Answer", through="scoring.AnswerEvidence", related_name="evidence")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")

    def __str__(self):
        return self.title


class AnswerEvidence(models.Model):
    """A file stands behind an answer."""

    answer = models.ForeignKey("scoring.Answer", on_delete=models.PROTECT)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "evidence"], name="answer_evidence_once")]

    def __str__(self):
        return f"{self.answer_id} {self.evidence_id}"
