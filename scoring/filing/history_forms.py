"""The filter of a form's history."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scoring.filing.history import History


class HistoryFilter(forms.Form):
    line = forms.ChoiceField(label=gettext_lazy("Line"), required=False)
    who = forms.TypedChoiceField(label=gettext_lazy("Who"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args, history: History, **kwargs):
        super().__init__(*args, **kwargs)
        lines = [(code, f"{code} {criterion.title[:60]}") for code, criterion in history.criteria.items()]
        self.fields["line"].choices = [("", _("Line: all")), *lines]
        self.fields["who"].choices = [("", _("Who: everybody")), *((one.pk, one.full_name) for one in history.people())]
