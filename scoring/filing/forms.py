"""What an agency types: one line of the form, and the head's act."""

import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import days
from core.errors import Malformed
from scoring.appraisal.value_words import typed
from scoring.filing.checks import Severity
from scoring.filing.declaring import AnswerInput
from scoring.inputs import Input, inputs_of
from scoring.models import Answer

_VERSION = re.compile(r"[0-9]{1,9}")
KEEP_MINE, KEEP_THEIRS = "mine", "theirs"


class LineForm(forms.Form):
    """One line under the engine's names for the rule's fields. It reads nothing into them: the service does, strictly.

    Whatever was typed stays in the fields. `keep` is the choice after a conflict.
    """

    version = forms.CharField(widget=forms.HiddenInput(attrs={"id": False}))  # found by its name; one less a line
    keep = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, answer: Answer, data=None):
        super().__init__(data, prefix=f"l{answer.pk}", use_required_attribute=False)
        self.answer, self.inputs = answer, inputs_of(answer.criterion.leaf)
        for one in self.inputs:
            self.fields[one.name] = _value_field(one, answer.values.get(one.name))
        # Both stand after the evidence, outside the form element.
        outside = {"form": f"save-{answer.pk}"}
        label = _("Explanation of this line")
        explanation = forms.Textarea(attrs=outside | {"rows": 2, "cols": False, "aria-label": label})
        self.fields["explanation"] = forms.CharField(label=label, required=False, widget=explanation)
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


class FilledForm(forms.Form):
    """The form as a workbook, filled in."""

    sheet = forms.FileField(
        label=gettext_lazy("Filled-in form (.xlsx)"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        allow_empty_file=True,
        max_length=None,
    )


class ConfirmFileForm(forms.Form):
    """The digest of the file that was checked."""

    sha256 = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
