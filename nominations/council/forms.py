"""Forms of the council's desk."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.forms import DayField, NameField
from nominations.council.selectors import Sitting
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
    chair = forms.ModelChoiceField(queryset=User.objects.none(), label=_("Chair"), empty_label=_("choose"))
    secretary = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label=_("Secretary of the council"),
        empty_label=_("choose"),
        help_text=_("A person who holds the role of emulation secretary today; keeps the minutes and does not vote."),
    )
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
    chair_breaks_tie = forms.BooleanField(
        label=_("When exactly half are in favour, the side of the chair decides"),
        help_text=_("Only where more than half is asked for. Otherwise exactly half is not enough."),
        required=False,
        initial=True,
    )
    recused_leave_base = forms.BooleanField(
        label=_("Who does not take part in a vote is not counted in its base"),
        help_text=_("Members of the nominated unit, and members who declare to take no part."),
        required=False,
    )

    def __init__(self, candidates, secretaries, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = self.fields["chair"].queryset = candidates
        self.fields["secretary"].queryset = secretaries

    def rules(self) -> WorkingRules:
        percent, must_exceed = THRESHOLDS[self.cleaned_data["threshold"]]
        named = ("quorum", "base", "chair_breaks_tie", "recused_leave_base")
        given = {name: self.cleaned_data[name] for name in named}
        return WorkingRules(threshold_percent=percent, must_exceed=must_exceed, **given)


class MeetingForm(forms.Form):
    held_on = DayField(label=_("Day of the meeting"))


class AgendaForm(forms.Form):
    """Which nominations are put on the agenda."""

    nominations = forms.ModelMultipleChoiceField(
        queryset=Nomination.objects.none(),
        label=_("Nominations"),
        error_messages={"required": _("Choose at least one nomination.")},
    )

    def __init__(self, nominations, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["nominations"].queryset = nominations


class _MembersField(forms.ModelMultipleChoiceField):
    chairs: frozenset[int] = frozenset()

    def label_from_instance(self, person):
        chair = gettext("chair") if person.pk in self.chairs else ""
        return ", ".join(part for part in (person.full_name, person.position, chair) if part)


class AttendanceForm(forms.Form):
    """Which members are at the meeting; who is not ticked is absent."""

    present = _MembersField(
        queryset=User.objects.none(),
        label=_("Members present"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one member.")},
    )

    def __init__(self, sitting: Sitting, *args, **kwargs):
        super().__init__(*args, **kwargs)
        members = [line.member.pk for line in sitting.lines]
        self.fields["present"].chairs = frozenset(line.member.pk for line in sitting.lines if line.is_chair)
        self.fields["present"].queryset = User.objects.filter(pk__in=members)
        self.initial["present"] = [line.member.pk for line in sitting.lines if line.is_present]


class RecusalForm(forms.Form):
    reason = NameField(
        limit=300,
        label=_("Reason"),
        help_text=_("Such as: a relative is nominated. It stands in the minutes and is not taken back."),
    )


class VoteForm(forms.Form):
    choice = forms.ChoiceField(label=_("Your vote"), choices=Choice.choices, widget=forms.RadioSelect)
