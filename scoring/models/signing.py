"""What was put before the head, and what the head signed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import ProofMethod


class Preparation(models.Model):
    """The form as it stood when it was put before the head (bản trình ký): the signature covers its hash.

    Frozen by `scoring.filing.signing`; taking the form back voids it, once and for good.
    """

    assessment = models.ForeignKey("scoring.Assessment", on_delete=models.PROTECT, related_name="preparations")
    number = models.PositiveSmallIntegerField(_("number"))
    snapshot = models.TextField(_("snapshot, canonical JSON"))
    sha256 = models.CharField(max_length=64)
    prepared_at = models.DateTimeField(_("put before the head"))
    prepared_by = models.ForeignKey(
        "accounts.User", verbose_name=_("put before the head by"), on_delete=models.PROTECT, related_name="+"
    )
    voided_at = models.DateTimeField(_("taken back"), null=True)
    voided_by = models.ForeignKey(
        "accounts.User", verbose_name=_("taken back by"), null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-number"]
        verbose_name = _("form before the head")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="preparation_number_once"),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, voided_by__isnull=True)
                | Q(voided_at__isnull=False, voided_by__isnull=False),
                name="preparation_voided_by_someone",
            ),
        ]

    def __str__(self):
        return f"{self.assessment_id} {self.number}"


class Submission(models.Model):
    """What the head signed: the frozen snapshot, its hash, how the head showed who signs, the receipt. Append-only.

    `preparation` is what was read before signing and has the same hash; rows older than signatures lack it and `proof_…`.
    """

    assessment = models.ForeignKey("scoring.Assessment", on_delete=models.PROTECT, related_name="submissions")
    preparation = models.OneToOneField(Preparation, null=True, on_delete=models.PROTECT, related_name="submission")
    number = models.PositiveSmallIntegerField(_("number"))
    snapshot = models.TextField(_("snapshot, canonical JSON"))
    sha256 = models.CharField(max_length=64)
    receipt_code = models.CharField(_("receipt code"), max_length=20, unique=True)
    submitted_at = models.DateTimeField(_("submitted"))
    submitted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    proof_method = models.CharField(_("confirmed by"), max_length=16, choices=ProofMethod.choices, blank=True)
    proof_at = models.DateTimeField(_("confirmed"), null=True)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("submission")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="submission_number_once"),
            models.CheckConstraint(
                condition=Q(preparation__isnull=True) | (~Q(proof_method="") & Q(proof_at__isnull=False)),
                name="submission_signed_with_proof",
            ),
        ]

    def __str__(self):
        return self.receipt_code
