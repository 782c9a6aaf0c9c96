"""Citations: an official document named so that anybody can find it, or a page on the web; no bytes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Citation(models.Model):
    """A citation (trích dẫn văn bản) of a unit: kind, number, date, issuer, subject; or a link that stands for itself.

    Written by `scoring.filing.citing`. `number_key` is the number without case, marks and spaces: the same document
    typed twice is found by it. Nothing behind `url` is ever fetched.
    """

    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="citations")
    kind = models.CharField(_("kind of document"), max_length=60, blank=True)
    number = models.CharField(_("number and symbol"), max_length=60, blank=True)
    number_key = models.CharField(max_length=60, blank=True, editable=False)
    dated_on = models.DateField(_("dated"), null=True)
    issuer = models.CharField(_("issuer"), max_length=200, blank=True)
    subject = models.CharField(_("subject"), max_length=500)
    url = models.URLField(_("web address"), max_length=500, blank=True)
    added_at = models.DateTimeField(_("added"))
    added_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    answers = models.ManyToManyField("scoring.Answer", through="scoring.AnswerCitation", related_name="citations")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "number_key", "dated_on"], condition=~Q(number=""), name="one_citation_per_document"
            ),
            models.UniqueConstraint(fields=["unit", "url"], condition=Q(number=""), name="one_citation_per_link"),
            models.CheckConstraint(
                condition=(
                    ~Q(number="") & ~Q(number_key="") & ~Q(kind="") & ~Q(issuer="") & Q(dated_on__isnull=False)
                    | Q(number="", number_key="", kind="", issuer="", dated_on__isnull=True) & ~Q(url="")
                ),
                name="citation_document_or_link",
            ),
            models.CheckConstraint(condition=Q(url="") | Q(url__startswith="https://"), name="citation_https"),
        ]

    def __str__(self):
        return self.said

    @property
    def is_link(self) -> bool:
        return not self.number

    @property
    def said(self) -> str:
        """As official documents name one another; Vietnamese by nature (Nghị định 30/2020/NĐ-CP)."""
        if self.is_link:
            return self.subject
        return f"{self.kind} số {self.number} ngày {self.dated_on:%d/%m/%Y} của {self.issuer}"


class AnswerCitation(models.Model):
    """A citation stands behind an answer."""

    answer = models.ForeignKey("scoring.Answer", on_delete=models.PROTECT)
    citation = models.ForeignKey(Citation, on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "citation"], name="answer_citation_once")]

    def __str__(self):
        return f"{self.answer_id} {self.citation_id}"
