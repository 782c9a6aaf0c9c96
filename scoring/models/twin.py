"""What stands in the evidence of a year and what an appraiser is told about it: texts read once, and flags."""

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from scoring.enums import FlagKind, TextState
from scoring.models.assessment import Assessment
from scoring.models.citation import AnswerCitation
from scoring.models.conflict import Conflict
from scoring.models.evidence import AnswerEvidence

SIDES = ("first", "second")


class EvidenceText(models.Model):
    """What the bytes of one hash say, read once for whoever sent them (`scoring.twins.reading` says how).

    Written by `scoring.twins.texts`. No evidence itself: it may be deleted at any time and is then read again.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    state = models.CharField(_("reading"), max_length=10, choices=TextState.choices)
    words = models.PositiveIntegerField(_("words"), default=0)
    head = models.CharField(_("beginning"), max_length=600, blank=True)
    signature = models.BinaryField(default=bytes)
    read_at = models.DateTimeField(_("read"))

    class Meta:
        verbose_name = _("text of evidence")
        verbose_name_plural = _("texts of evidence")
        constraints = [models.CheckConstraint(condition=Q(state__in=TextState.values), name="evidence_text_state")]

    def __str__(self):
        return self.sha256


class EvidenceFlagQuerySet(models.QuerySet):
    def visible_to(self, user: User):
        """Whoever may see both forms and has no conflict of interest with either unit; for everybody else there is no flag.
        A document that was taken out of the form, or from behind the line, is flagged no more."""
        seen = Assessment.objects.visible_to(user).exclude(unit__in=user.own_units)
        seen = seen.exclude(unit__in=Conflict.objects.barred_units(user)).order_by().values("pk")
        found = self.filter(Q(second__isnull=True) | Q(second__in=seen), first__in=seen)
        for side in SIDES:
            found = found.filter(Q(**{f"{side}__isnull": True}) | _stands(side))
        return found

    def waiting(self):
        """Not looked at yet."""
        return self.filter(set_aside_at__isnull=True)

    def in_kind_order(self):
        """`kind_order`: what weighs more first."""
        order = [When(kind=kind, then=place) for place, kind in enumerate(FlagKind.values)]
        return self.annotate(kind_order=Case(*order, output_field=models.IntegerField()))

    def with_places(self):
        names = ("{}__unit", "{}_answer__criterion", "{}_evidence", "{}_citation")
        return self.select_related("cycle", "set_aside_by", *(name.format(side) for side in SIDES for name in names))


def _stands(side: str) -> Q:
    """The document of that side is in force, behind the line that the flag names."""
    line = {"answer": OuterRef(f"{side}_answer")}
    file = AnswerEvidence.objects.filter(
        evidence=OuterRef(f"{side}_evidence"), evidence__removed_at__isnull=True, **line
    )
    cited = AnswerCitation.objects.filter(citation=OuterRef(f"{side}_citation"), **line)
    return Exists(file.filter(evidence__replaced_by__isnull=True)) | Exists(cited)


def _one_document(side: str, **more: bool) -> Q:
    evidence, citation = f"{side}_evidence__isnull", f"{side}_citation__isnull"
    return Q(**{evidence: False, citation: True}, **more) | Q(**{evidence: True, citation: False}, **more)


class EvidenceFlag(models.Model):
    """A flag (dấu hiệu) about a document: it stands with a second unit as well, or is dated outside the year.

    Found by `scoring.twins.finding`, which also takes away what is no longer so; set aside by `scoring.twins.services`.
    `first` and `second` are the two forms (no second for a date), `first_answer` and `second_answer` a line each behind
    which the documents stand: of the same criterion where there is one. `key` says what was found where, so that what was
    set aside stays so when the same file is sent again. `dated_on` is the day that is not of the year.
    """

    cycle = models.ForeignKey("scoring.Cycle", on_delete=models.PROTECT, related_name="evidence_flags")
    kind = models.CharField(_("flag"), max_length=10, choices=FlagKind.choices)
    key = models.CharField(max_length=64, unique=True)
    likeness_percent = models.PositiveSmallIntegerField(_("likeness, percent"), default=100)
    first = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="+")
    first_answer = models.ForeignKey("scoring.Answer", on_delete=models.PROTECT, related_name="+")
    first_evidence = models.ForeignKey("scoring.Evidence", null=True, on_delete=models.PROTECT, related_name="+")
    first_citation = models.ForeignKey("scoring.Citation", null=True, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Assessment, null=True, on_delete=models.PROTECT, related_name="+")
    second_answer = models.ForeignKey("scoring.Answer", null=True, on_delete=models.PROTECT, related_name="+")
    second_evidence = models.ForeignKey("scoring.Evidence", null=True, on_delete=models.PROTECT, related_name="+")
    second_citation = models.ForeignKey("scoring.Citation", null=True, on_delete=models.PROTECT, related_name="+")
    dated_on = models.DateField(_("dated"), null=True)
    found_at = models.DateTimeField(_("found"))
    set_aside_reason = models.TextField(_("why it is legitimate"), blank=True)
    set_aside_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    set_aside_at = models.DateTimeField(_("set aside"), null=True)

    objects = EvidenceFlagQuerySet.as_manager()

    class Meta:
        ordering = ["-likeness_percent", "pk"]
        verbose_name = _("flag about evidence")
        verbose_name_plural = _("flags about evidence")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=FlagKind.values), name="evidence_flag_kind"),
            models.CheckConstraint(condition=Q(likeness_percent__lte=100), name="evidence_flag_likeness"),
            models.CheckConstraint(condition=_one_document("first"), name="evidence_flag_first_document"),
            models.CheckConstraint(
                condition=Q(
                    kind=FlagKind.OUTSIDE_YEAR,
                    dated_on__isnull=False,
                    second__isnull=True,
                    second_answer__isnull=True,
                    second_evidence__isnull=True,
                    second_citation__isnull=True,
                )
                | ~Q(kind=FlagKind.OUTSIDE_YEAR)
                & ~Q(second=F("first"))
                & _one_document("second", second__isnull=False, second_answer__isnull=False),
                name="evidence_flag_second_document",
            ),
            models.CheckConstraint(
                condition=Q(set_aside_at__isnull=True, set_aside_by__isnull=True, set_aside_reason="")
                | (Q(set_aside_at__isnull=False, set_aside_by__isnull=False) & ~Q(set_aside_reason="")),
                name="evidence_flag_set_aside_in_words",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.key[:8]}"
