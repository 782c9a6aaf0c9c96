"""One box per criterion of the new version: the code that it continues, empty where it is new."""

from django import forms

from core.forms import NameField
from scoring.models import CriteriaSet, Criterion

PREFIX = "earlier-"


class CodeMapForm(forms.Form):
    """`codes` after validation: criterion of the set → criterion of the earlier version. Fields hang on `criteria`."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args, criteria: list[Criterion], kept: dict[str, str], criteria_set: CriteriaSet, **kwargs):
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        self.fields["version"].initial = criteria_set.version
        for one in criteria:
            self.fields[f"{PREFIX}{one.code}"] = NameField(
                limit=32,
                required=False,
                label=one.code,
                initial=kept.get(one.code, ""),
                widget=forms.TextInput(attrs={"list": "earlier-codes", "autocomplete": "off", "size": 12}),
            )

    def codes(self) -> dict[str, str]:
        given = ((one.code, self.cleaned_data[f"{PREFIX}{one.code}"]) for one in self.criteria)
        return {code: earlier for code, earlier in given if earlier}
