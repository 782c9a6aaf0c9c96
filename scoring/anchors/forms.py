"""What is typed about reference answers."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.forms import LongTextField
from core.numbers import parse_decimal
from scoring.anchors.services import REASON_LIMIT


class PointsForm(forms.Form):
    """The own mark of a reference answer."""

    points = forms.CharField(
        label=_("Points"), max_length=60, widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    )

    def clean_points(self) -> Decimal:
        try:
            return parse_decimal(self.cleaned_data["points"])
        except DomainError as error:
            raise forms.ValidationError(error.message, code=error.code) from error


class TakeForm(PointsForm):
    reason = LongTextField(
        label=_("Why these points"),
        help_text=_("Appraisers read this once they have given their own mark."),
        limit=REASON_LIMIT,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["points"].label = _("Agreed points")


class WithdrawForm(forms.Form):
    reason = LongTextField(label=_("Why the reference answer is withdrawn"), limit=REASON_LIMIT)
