"""Forms of decisions and of the public check."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayField, NameField
from nominations.certifying.wording import detail_of
from nominations.models import Decision, Nomination


class Commended(forms.ModelMultipleChoiceField):
    def label_from_instance(self, nomination: Nomination) -> str:
        """Two persons may bear one name: position and unit stand beside it."""
        detail = detail_of(nomination)
        return f"{nomination.recipient_name}, {detail}" if detail else nomination.recipient_name


class DraftForm(forms.Form):
    nominations = Commended(
        queryset=Nomination.objects.none(), label=_("Commended"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, nominations, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["nominations"].queryset = nominations
        self.fields["nominations"].initial = nominations


class SignForm(forms.Form):
    number = NameField(limit=30, label=_("Number of the decision"))
    dated_on = DayField(label=_("Date of the decision"))

    def __init__(self, decision: Decision, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["number"].widget.attrs |= {"placeholder": f"415/{decision.award.symbol}", "autocomplete": "off"}


class VerifyForm(forms.Form):
    """Whatever is typed is looked up as it is: there is no wrong form, only codes that are not found."""

    code = forms.CharField(
        label=_("Code on the certificate"),
        strip=True,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "maxlength": 64}
        ),
    )
