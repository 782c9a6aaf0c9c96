"""The certificate a citizen holds, and the golden book that numbers it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from nominations.enums import CERTIFICATE_TRANSITIONS, AwardForm, CertificateState
from nominations.models.award import AWARDS, Award
from nominations.models.decision import SEES_DRAFTS
from nominations.models.nomination import OF_THE_UNIT


def book_number(number: int, year: int) -> str:
    """0027/2027."""
    return f"{number:04d}/{year}"


class GoldenBook(models.Model):
    """The golden book of one year (sổ vàng): the last number given. Its row is held while numbers are taken: no gaps."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    last_number = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("golden book")

    def __str__(self):
        return str(self.year)


class CertificateQuerySet(models.QuerySet):
    def visible_to(self, user: User):
        """Secretary, signing leader, auditor; and the unit whose certificate it is."""
        if not user.is_authenticated:
            return self.none()
        if user.has_role(*SEES_DRAFTS):
            return self
        return self.filter(nomination__unit__in=user.units_as(*OF_THE_UNIT))


class Certificate(models.Model):
    """A certificate (bằng): what the paper says, copied when it is issued. Made by `nominations.certifying.services`.

    `token` is the secret of 128 random bits in the address of the QR code; `code` is short, to be typed by hand, and
    its check is limited per address. Final by trigger; only a signed decision revokes it.
    """

    TRANSITIONS = CERTIFICATE_TRANSITIONS

    decision = models.ForeignKey(
        "nominations.Decision", on_delete=models.PROTECT, related_name="certificates", verbose_name=_("decision")
    )
    nomination = models.OneToOneField(
        "nominations.Nomination", on_delete=models.PROTECT, related_name="certificate", verbose_name=_("nomination")
    )
    state = models.CharField(
        _("state"), max_length=8, choices=CertificateState.choices, default=CertificateState.ISSUED
    )
    version = models.PositiveIntegerField(default=0, editable=False)
    year = models.PositiveSmallIntegerField(_("year of the golden book"))
    number = models.PositiveIntegerField(_("number in the golden book"))
    code = models.CharField(_("code"), max_length=12, unique=True)
    token = models.CharField(max_length=32, unique=True)
    form = models.CharField(_("form of commendation"), max_length=10, choices=AwardForm.choices)
    recipient_name = models.CharField(_("recipient"), max_length=200)
    recipient_detail = models.CharField(_("position and unit"), max_length=420, blank=True)
    merit = models.TextField(_("commended for"))
    issued_at = models.DateTimeField(_("issued at"))
    issued_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["year", "number"]
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="golden_book_number_once"),
            models.CheckConstraint(condition=Q(state__in=CertificateState.values), name="certificate_state"),
        ]

    def __str__(self):
        return self.book_number

    @property
    def award(self) -> Award:
        return AWARDS[self.form]

    @property
    def book_number(self) -> str:
        return book_number(self.number, self.year)

    @property
    def printed_code(self) -> str:
        """SL27-7K4M-Q2XD."""
        return "-".join(self.code[start : start + 4] for start in (0, 4, 8))
