"""The file to be checked."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import TooLarge, WrongType
from scoring.filing.filetypes import extension_of, media_type_of

MAX_BYTES = 5 * 2**20


class PaperForm(forms.Form):
    """A paper of minutes as the office has it now."""

    paper = forms.FileField(
        label=gettext_lazy("Minutes (.docx)"),
        help_text=gettext_lazy("As made here and edited since, at most 5 MB. Nothing of it is kept."),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        allow_empty_file=True,
        max_length=None,
    )

    def contents(self) -> bytes:
        """TooLarge, or WrongType for what is no Word file without macros."""
        paper = self.cleaned_data["paper"]
        if paper.size > MAX_BYTES:
            raise too_large()
        data = paper.read()
        if extension_of(paper.name) != "docx":
            raise WrongType(_("Choose a Word file (.docx)."))
        media_type_of(paper.name, data)
        return data


def too_large() -> TooLarge:
    return TooLarge(_("The file is larger than {limit} MB.").format(limit=MAX_BYTES // 2**20))
