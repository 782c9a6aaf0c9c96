"""What is typed about reference answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import LongTextField, NumberField
from core.numbers import parse_decimal
from scoring.anchors.services import REASON_LIMIT


class PointsForm(forms.Form):
    """The own mark of a reference answer."""

    points = NumberField(read=parse_decimal, label=_("Points"), max_length=60)


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
