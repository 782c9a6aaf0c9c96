"""Forms of decisions and of the public check."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import DayField, LongTextField, NameField, NumberField
from core.numbers import parse_decimal, parse_whole
from nominations.certifying.revocations import MOST_FACTS
from nominations.certifying.wording import detail_of
from nominations.enums import AwardForm, CertificateState, RevocationGround, Subject
from nominations.models import Decision, Nomination


def _awards() -> list:
    return [(one.value, capfirst(one.label)) for one in AwardForm]


def _subjects() -> list:
    return [(one.value, capfirst(one.label)) for one in Subject]


def _grounds() -> list:
    return [(one.value, f"{one.value}) {capfirst(one.label)}") for one in RevocationGround]


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


class RevocationForm(forms.Form):
    ground = forms.ChoiceField(
        label=_("Ground"),
        choices=_grounds,
        widget=forms.RadioSelect,
        help_text=_("Law on Emulation and Commendation 06/2022/QH15, Article 93(2), points a to d."),
    )
    facts = LongTextField(
        limit=MOST_FACTS,
        label=_("Facts of the case"),
        help_text=_(
            "What was found, by whom and when. They stand in the decision; the public check does not show them."
        ),
    )


class CertificateFilter(forms.Form):
    """Filters of the list; the empty choice names what is filtered."""

    q = forms.CharField(
        label=_("Name, number or code"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Name, number or code")}),
    )
    state = forms.ChoiceField(label=_("State"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(self, years: list[int], *args, **kwargs):
        super().__init__(*args, **kwargs)
        states = [(one.value, capfirst(one.label)) for one in CertificateState]
        self.fields["state"].choices = [("", gettext("State: all")), *states]
        self.fields["year"].choices = [("", gettext("Year: all")), *((str(year), str(year)) for year in years)]


class BaseSalaryForm(forms.Form):
    monthly_vnd = NumberField(read=parse_whole, label=_("Base salary, đồng a month"), help_text=_("Such as 2530000."))
    valid_from = DayField(label=_("In force from"))
    source = NameField(limit=200, label=_("Legal source"), help_text=_("Such as: Nghị định số 161/2026/NĐ-CP."))


class CoefficientForm(forms.Form):
    form = forms.ChoiceField(label=_("Form of commendation"), choices=_awards)
    subject = forms.ChoiceField(label=_("Who is commended"), choices=_subjects)
    coefficient = NumberField(read=parse_decimal, label=_("Coefficient"), help_text=_("Such as 1,5."))
    round_up_to_vnd = NumberField(
        read=parse_whole,
        label=_("Rounded up to, đồng"),
        initial="1",
        help_text=_("1 keeps the exact amount; 10000 rounds up to ten thousands, as older decrees do."),
    )
    valid_from = DayField(label=_("In force from"))
    source = NameField(
        limit=200, label=_("Legal source"), help_text=_("Such as: Nghị định số 152/2025/NĐ-CP, Điều 54.")
    )


class VerifyForm(forms.Form):
    """Whatever is typed is looked up as it is: there is no wrong form, only codes that are not found."""

    code = forms.CharField(
        label=_("Code on the certificate"),
        strip=True,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "maxlength": 64}
        ),
    )
