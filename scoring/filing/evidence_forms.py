"""What an agency sends about its evidence: files, the lines they stand behind, the beginning and end of an upload."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import days
from core.errors import Malformed, NotFound
from core.forms import NameField
from scoring.filing.citing import CitationInput, said_in_full
from scoring.filing.filetypes import ACCEPTED
from scoring.filing.shelf import SORTS, Shelf
from scoring.models import Answer, Assessment, Citation, Evidence

_NO_CHOICE = gettext_lazy("This choice is no longer valid. Load the page again.")


class LinesField(forms.ModelMultipleChoiceField):
    """Lines of one form that the unit declares, in their order."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, answer: Answer) -> str:
        return f"{answer.criterion.code} {answer.criterion.title}"

    def of(self, assessment: Assessment) -> None:
        self.queryset = assessment.answers.filter(criterion__declared_by_unit=True).select_related("criterion")
        self.error_messages |= {"invalid_choice": _NO_CHOICE, "invalid_pk_value": _NO_CHOICE}


class _FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files at once; a list."""

    widget = _FilesInput(attrs={"accept": ",".join(f".{one}" for one in ACCEPTED)})

    def clean(self, data, initial=None):
        return [super(FilesField, self).clean(one, initial) for one in data or []]


class EvidenceForm(forms.Form):
    """More files behind a line, and behind others with it: new ones, or one that stands in the form already."""

    title = forms.CharField(
        label=gettext_lazy("Document: kind, number, date"),
        required=False,
        help_text=gettext_lazy("For example: Decision 118/QĐ-UBND of 26/02/2026. Empty: the name of the file."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    file = FilesField(
        label=gettext_lazy("Files"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("PDF, PNG, JPEG, DOCX or XLSX, each at most 20 MB. Several may be chosen at once."),
    )
    existing = forms.ModelChoiceField(
        label=gettext_lazy("Or a file that stands in this form already"),
        queryset=Evidence.objects.none(),
        required=False,
        empty_label=gettext_lazy("none"),
    )
    lines = LinesField(label=gettext_lazy("Also behind these lines"), queryset=Answer.objects.none(), required=False)

    def __init__(self, answer: Answer, *args, **kwargs):
        super().__init__(*args, auto_id=f"e{answer.pk}_%s", **kwargs)
        self.fields["existing"].queryset = answer.assessment.evidence.in_force().exclude(answers=answer)
        self.fields["existing"].error_messages["invalid_choice"] = _NO_CHOICE
        self.fields["lines"].of(answer.assessment)
        self.fields["lines"].queryset = self.fields["lines"].queryset.exclude(pk=answer.pk)

    def clean(self):
        cleaned = super().clean()
        chosen = [name for name in ("file", "existing") if cleaned.get(name)]
        if not self.errors and len(chosen) != 1:
            self.add_error("file", _("Choose a file, or one that stands in the form already."))
        return cleaned


class BeginUploadForm(forms.Form):
    """What the page's script says before it sends a file. Nobody types it, so a fault is a broken request."""

    name = forms.CharField(max_length=1000)
    size = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    sha256 = forms.CharField(max_length=64)

    def given(self) -> dict[str, Any]:
        if not self.is_valid():
            raise Malformed(_("The address or the form is incomplete. Load the page again."))
        return self.cleaned_data


class FinishUploadForm(forms.Form):
    """Where a file that has arrived belongs. Without lines it stands in the library."""

    title = forms.CharField(required=False)
    lines = LinesField(queryset=Answer.objects.none(), required=False)
    replaces = forms.ModelChoiceField(queryset=Evidence.objects.none(), required=False)

    def __init__(self, assessment: Assessment, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lines"].of(assessment)
        self.fields["replaces"].queryset = assessment.evidence.filter(removed_at__isnull=True)

    def given(self) -> dict[str, Any]:
        if not self.is_valid():
            raise NotFound(_("The line does not belong to this self-assessment."))
        data = self.cleaned_data
        return {"title": data["title"], "answers": list(data["lines"]), "replaces": data["replaces"]}


class LibraryFilter(forms.Form):
    """The list's search, part and order, as the address says them."""

    q = NameField(label=gettext_lazy("Search"), limit=100, required=False, widget=forms.TextInput({"type": "search"}))
    part = forms.ChoiceField(label=gettext_lazy("Files"), choices=Shelf.choices, required=False)
    sort = forms.ChoiceField(
        choices=[(f"{sign}{name}",) * 2 for name in SORTS for sign in ("", "-")],
        required=False,
        widget=forms.HiddenInput,
    )
    page = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs["placeholder"] = _("Document, file, line, person")


class NewFilesForm(forms.Form):
    """Files for the library, behind no line yet."""

    file = FilesField(
        label=gettext_lazy("Files"),
        allow_empty_file=True,
        help_text=gettext_lazy("PDF, PNG, JPEG, DOCX or XLSX, each at most 20 MB. Several may be chosen at once."),
    )


class DocumentLinesForm(forms.Form):
    """The lines behind which one file stands."""

    lines = LinesField(label=gettext_lazy("The file stands behind"), queryset=Answer.objects.none(), required=False)

    def __init__(self, evidence: Evidence, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lines"].of(evidence.assessment)
        self.initial["lines"] = [answer.pk for answer in evidence.answers.all()]


class TitleForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("Document: kind, number, date"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class NewerVersionForm(TitleForm):
    """A file in place of an older one."""

    file = forms.FileField(
        label=gettext_lazy("The newer file"),
        allow_empty_file=True,
        help_text=gettext_lazy("PDF, PNG, JPEG, DOCX or XLSX, at most 20 MB."),
        widget=forms.FileInput(attrs={"accept": ",".join(f".{one}" for one in ACCEPTED)}),
    )
    field_order = ["file", "title"]


class ReuseForm(forms.Form):
    """Files of former years to take into this year's form."""

    evidence = forms.ModelMultipleChoiceField(
        queryset=Evidence.objects.none(),
        error_messages={"required": gettext_lazy("Choose at least one file."), "invalid_choice": _NO_CHOICE},
    )

    def __init__(self, offered, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["evidence"].queryset = offered


class CitationForm(forms.Form):
    """An official document, a link, or a citation that the unit made before."""

    existing = forms.ModelChoiceField(
        label=gettext_lazy("Cited before"),
        queryset=Citation.objects.none(),
        required=False,
        empty_label=gettext_lazy("none"),
        error_messages={"invalid_choice": _NO_CHOICE},
    )
    kind = forms.CharField(
        label=gettext_lazy("Kind of document"), required=False, widget=forms.TextInput({"list": "kinds"})
    )
    number = forms.CharField(
        label=gettext_lazy("Number and symbol"), required=False, widget=forms.TextInput({"autocomplete": "off"})
    )
    dated_on = forms.CharField(
        label=gettext_lazy("Dated"),
        required=False,
        widget=forms.TextInput({"placeholder": days.SHAPE, "autocomplete": "off"}),
    )
    issuer = forms.CharField(label=gettext_lazy("Issued by"), required=False)
    subject = forms.CharField(label=gettext_lazy("Subject, or what the link shows"), required=False)
    url = forms.CharField(
        label=gettext_lazy("Web address"),
        required=False,
        help_text=gettext_lazy("Only https://. For a link alone leave kind, number, date and issuer empty."),
        widget=forms.TextInput({"inputmode": "url", "autocomplete": "off"}),
    )
    lines = LinesField(label=gettext_lazy("Also behind these lines"), queryset=Answer.objects.none(), required=False)
    correcting = forms.BooleanField(
        label=gettext_lazy("Correct the older citation to what is typed here"), required=False
    )

    def __init__(self, answer: Answer, *args, **kwargs):
        super().__init__(*args, auto_id=f"c{answer.pk}_%s", **kwargs)
        mine = Citation.objects.filter(unit=answer.assessment.unit_id)
        self.fields["existing"].queryset = mine.exclude(answers=answer)
        self.fields["existing"].label_from_instance = said_in_full
        self.fields["lines"].of(answer.assessment)
        self.fields["lines"].queryset = self.fields["lines"].queryset.exclude(pk=answer.pk)

    @property
    def given(self) -> CitationInput:
        names = ("subject", "kind", "number", "dated_on", "issuer", "url")
        return CitationInput(**{name: self.cleaned_data[name] for name in names})


class CopyOfForm(forms.Form):
    """The official document of which a file is the copy."""

    citation = forms.ModelChoiceField(
        label=gettext_lazy("The file is the copy of"),
        queryset=Citation.objects.none(),
        required=False,
        empty_label=gettext_lazy("no cited document"),
        error_messages={"invalid_choice": _NO_CHOICE},
    )

    def __init__(self, evidence: Evidence, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["citation"].queryset = Citation.objects.filter(unit=evidence.assessment.unit_id).exclude(number="")
        self.fields["citation"].label_from_instance = said_in_full
        self.initial["citation"] = evidence.citation_id
