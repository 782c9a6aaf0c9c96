"""What is typed to bring figures in, and to contest one."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import DayField, LongTextField, NameField
from scoring.filing.declaring import EXPLANATION_LIMIT
from scoring.measured.services import ORIGIN_LIMIT


class ValuesForm(forms.Form):
    """A filled-in template and where its figures come from."""

    origin = NameField(
        label=gettext_lazy("System or survey the figures come from"),
        help_text=gettext_lazy("Units read it beside each figure."),
        limit=ORIGIN_LIMIT,
    )
    measured_on = DayField(label=gettext_lazy("Date of the figures"))
    sheet = forms.FileField(
        label=gettext_lazy("Filled-in template (.xlsx)"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        allow_empty_file=True,
        max_length=None,
    )


class ConfirmForm(forms.Form):
    """The digest of the file that was checked: the file itself stays on the server."""

    sha256 = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)

    def clean(self):
        if self.errors:
            raise ValidationError(_("Check the file again."))
        return super().clean()


class ContestForm(forms.Form):
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    grounds = LongTextField(
        label=gettext_lazy("What speaks against the figure"),
        help_text=gettext_lazy("Say which figure would be right and in which document or system it stands."),
        limit=EXPLANATION_LIMIT,
        required=False,
    )
