"""What is typed to bring figures in, and to contest one."""

from django import forms
from django.utils.translation import gettext_lazy

from accounts.forms import SheetUpload
from core.forms import DayField, LongTextField, NameField
from scoring.filing.declaring import EXPLANATION_LIMIT
from scoring.measured.services import ORIGIN_LIMIT


class ValuesForm(SheetUpload):
    """A filled-in template and where its figures come from."""

    origin = NameField(
        label=gettext_lazy("System or survey the figures come from"),
        help_text=gettext_lazy("Units read it beside each figure."),
        limit=ORIGIN_LIMIT,
    )
    measured_on = DayField(label=gettext_lazy("Date of the figures"))

    field_order = ["origin", "measured_on", "sheet"]


class ContestForm(forms.Form):
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    grounds = LongTextField(
        label=gettext_lazy("What speaks against the figure"),
        help_text=gettext_lazy("Say which figure would be right and in which document or system it stands."),
        limit=EXPLANATION_LIMIT,
        required=False,
    )
