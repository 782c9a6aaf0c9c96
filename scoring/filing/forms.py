"""What an agency types: one line of the form, one file of evidence."""

import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import days
from core.errors import Malformed
from scoring.appraisal.value_words import typed
from scoring.filing.checks import Severity
from scoring.filing.declaring import AnswerInput
from scoring.filing.filetypes import ACCEPTED
from scoring.inputs import Input, inputs_of
from scoring.models import Answer, Evidence

_VERSION = re.compile(r"[0-9]{1,9}")
KEEP_MINE, KEEP_THEIRS = "mine", "theirs"


class LineForm(forms.Form):
    """One line under the engine's names for the rule's fields. It reads nothing into them: the service does, strictly.

    Whatever was typed stays in the fields. `keep` is the choice after a conflict.
    """

    version = forms.CharField(widget=forms.HiddenInput)
    keep = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, answer: Answer, data=None):
        super().__init__(data, prefix=f"l{answer.pk}", use_required_attribute=False)
        self.answer, self.inputs = answer, inputs_of(answer.criterion.leaf)
        for one in self.inputs:
            self.fields[one.name] = _value_field(one, answer.values.get(one.name))
        # Both stand after the evidence, outside the form element.
        outside = {"form": f"save-{answer.pk}"}
        explanation = forms.Textarea(attrs=outside | {"rows": 2})
        self.fields["explanation"] = forms.CharField(
            label=_("Explanation of this line"), required=False, widget=explanation
        )
        self.initial |= {"version": str(answer.version), "explanation": answer.explanation}
        if answer.criterion.leaf.rule.na_allowed:
            label = _("Ask for “not applicable”: the criterion does not concern the unit")
            self.fields["asks_not_applicable"] = forms.BooleanField(
                label=label, required=False, widget=forms.CheckboxInput(attrs=outside)
            )
            self.initial["asks_not_applicable"] = answer.asks_not_applicable

    @property
    def value_fields(self) -> list[tuple[forms.BoundField, Input]]:
        return [(self[one.name], one) for one in self.inputs]

    @property
    def sent_version(self) -> int:
        """The version that was on the page. Malformed where it is missing or no number: no page of ours sends that."""
        text = self["version"].value() or ""
        if not _VERSION.fullmatch(text):
            raise Malformed(_("The address or the form is incomplete. Load the page again."))
        return int(text)

    @property
    def given(self) -> AnswerInput:
        """What was typed, as it was typed."""
        read = {name: self[name].value() for name in self.fields}
        return AnswerInput(
            raw={one.name: read[one.name] or "" for one in self.inputs},
            explanation=read["explanation"] or "",
            asks_not_applicable=bool(read.get("asks_not_applicable")),
        )

    @property
    def keeps_theirs(self) -> bool:
        return self["keep"].value() == KEEP_THEIRS


def _value_field(one: Input, stored: str | None) -> forms.CharField:
    initial = "" if stored is None else typed(one, stored)
    if one.type == "choice":
        undeclared = (("", _("Not declared")),) if stored is not None else ()
        widget = forms.RadioSelect(choices=(*one.choices, *undeclared))
    else:
        mode = {"integer": "numeric", "decimal": "decimal"}.get(one.type, "text")
        attrs = {"inputmode": mode, "autocomplete": "off"}
        widget = forms.TextInput(attrs=attrs | ({"placeholder": days.SHAPE} if one.type == "date" else {}))
    return forms.CharField(label=one.title, required=False, initial=initial, widget=widget)


class EvidenceForm(forms.Form):
    """One more file behind a line: a new one, or one that stands in the form already."""

    title = forms.CharField(
        label=gettext_lazy("Document: kind, number, date"),
        required=False,
        help_text=gettext_lazy("For example: Decision 118/QĐ-UBND of 26/02/2026. Empty: the name of the file."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("PDF, PNG, JPEG, DOCX or XLSX, at most 20 MB."),
        widget=forms.FileInput(attrs={"accept": ",".join(f".{one}" for one in ACCEPTED)}),
    )
    existing = forms.ModelChoiceField(
        label=gettext_lazy("Or a file that stands in this form already"),
        queryset=Evidence.objects.none(),
        required=False,
        empty_label=gettext_lazy("none"),
    )

    def __init__(self, answer: Answer, *args, **kwargs):
        super().__init__(*args, auto_id=f"e{answer.pk}_%s", **kwargs)
        self.fields["existing"].queryset = answer.assessment.evidence.filter(removed_at__isnull=True).exclude(
            answers=answer
        )
        self.fields["existing"].error_messages["invalid_choice"] = _(
            "This choice is no longer valid. Load the page again."
        )

    def clean(self):
        cleaned = super().clean()
        chosen = [name for name in ("file", "existing") if cleaned.get(name)]
        if not self.errors and len(chosen) != 1:
            self.add_error("file", _("Choose a file, or one that stands in the form already."))
        return cleaned


class SubmitForm(forms.Form):
    """The head's act is for the version that was read. The password is never sent back to the page."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    password = forms.CharField(
        label=gettext_lazy("Your password, typed again"),
        max_length=1000,
        strip=False,
        help_text=gettext_lazy("It shows that the head signs, not whoever sits at this machine."),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class CheckQuery(forms.Form):
    """Which findings are asked for: of one severity, or all of them."""

    severity = forms.ChoiceField(choices=Severity.choices, required=False)

    @property
    def wanted(self) -> str:
        """Nothing where the address makes no sense."""
        return self.cleaned_data["severity"] if self.is_valid() else ""
