"""A file to check, and the confirmation of the one that was checked."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class SetUpload(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File of a criteria set (.xlsx or .json)"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.json"}),
        allow_empty_file=True,
        max_length=None,
    )


class Confirmation(forms.Form):
    """The digest of the file that was checked, which stays on the server, and what it was to replace."""

    sha256 = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    replaces = forms.RegexField(r"^([0-9a-f]{64})?$", widget=forms.HiddenInput, required=False)

    def clean(self):
        if self.errors:
            raise ValidationError(_("Check the file again."))
        return super().clean()
