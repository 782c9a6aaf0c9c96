"""A file on its way in, piece by piece: what is left of it after a bad line, until it is finished or forgotten."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.uploads import MAX_BYTES


class Upload(models.Model):
    """A file being sent by one person into one self-assessment. Moved by `scoring.filing.uploads`, forgotten by its sweeper.

    `received` bytes are on the disk for certain; what a killed worker wrote beyond them is written again. `evidence` is
    what the finished file has become: finishing twice gives the same answer.
    """

    assessment = models.ForeignKey("scoring.Assessment", on_delete=models.PROTECT, related_name="uploads")
    sent_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    token = models.CharField(max_length=40, unique=True)
    name = models.CharField(_("file name"), max_length=200)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    received = models.PositiveIntegerField(_("received bytes"), default=0)
    expires_at = models.DateTimeField(_("kept until"), db_index=True)
    evidence = models.ForeignKey("scoring.Evidence", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("file on its way")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "sent_by", "sha256"],
                condition=Q(evidence__isnull=True),
                name="one_upload_per_file",
            ),
            models.CheckConstraint(condition=Q(size__gte=1, size__lte=MAX_BYTES), name="upload_size"),
            models.CheckConstraint(condition=Q(received__lte=F("size")), name="upload_received"),
        ]

    def __str__(self):
        return f"{self.name} {self.received}/{self.size}"
