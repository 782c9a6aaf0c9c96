"""Forms of the council's desk."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.forms import DayField, NameField
from nominations.council.services import WorkingRules
from nominations.enums import Choice
from nominations.models import Nomination
from nominations.models.council import ThresholdBase

# value: (percent, must be exceeded)
THRESHOLDS = {"over-50": (Decimal(50), True), "80": (Decimal(80), False), "90": (Decimal(90), False)}


class CouncilForm(forms.Form):
    """Composition and working rules. The law sets no percentage for this award: the council does."""

    name = NameField(limit=200, label=_("Name"), initial="Hội đồng Thi đua - Khen thưởng tỉnh")
    founding_decision = NameField(
        limit=200,
        label=_("Decision that set it up"),
        help_text=_("Number and date, such as: Quyết định 88/QĐ-UBND ngày 15/01/2026."),
    )
    members = forms.ModelMultipleChoiceField(
        queryset=User.objects.none(),
        label=_("Members"),
        help_text=_("People who hold the role of council member today."),
        widget=forms.CheckboxSelectMultiple,
    )
    chair = forms.ModelChoiceField(queryset=User.objects.none(), label=_("Chair"))
    quorum = forms.ChoiceField(
        label=_("Quorum"),
        choices=[("1/2", _("half of all members")), ("2/3", _("two thirds of all members"))],
        initial="2/3",
    )
    threshold = forms.ChoiceField(
        label=_("Carried with"),
        choices=[("over-50", _("more than 50%")), ("80", _("at least 80%")), ("90", _("at least 90%"))],
        initial="over-50",
    )
    base = forms.ChoiceField(
        label=_("The threshold is a share of"), choices=ThresholdBase.choices, initial=ThresholdBase.BALLOTS
    )

    def __init__(self, candidates, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = self.fields["chair"].queryset = candidates

    def rules(self) -> WorkingRules:
        percent, must_exceed = THRESHOLDS[self.cleaned_data["threshold"]]
        return WorkingRules(self.cleaned_data["quorum"], percent, must_exceed, self.cleaned_data["base"])


class MeetingForm(forms.Form):
    held_on = DayField(label=_("Day of the meeting"))


class OpenMotionForm(forms.Form):
    """Which nomination is put to the vote."""

    nomination = forms.ModelChoiceField(queryset=Nomination.objects.none())

    def __init__(self, nominations, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["nomination"].queryset = nominations


class VoteForm(forms.Form):
    choice = forms.ChoiceField(label=_("Your vote"), choices=Choice.choices, widget=forms.RadioSelect)
