"""What a unit and the emulation secretary fill in at this desk."""

from collections.abc import Iterable, Mapping

from django import forms
from django.db.models import QuerySet, TextChoices
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import LongTextField, NameField
from nominations.enums import AwardForm, NominationState, Subject
from nominations.models import Nomination, Quota
from nominations.nominating.places import QuotaLine
from nominations.nominating.proposal import MAX_ACHIEVEMENT, Proposal
from nominations.nominating.quotas import LOWEST_RANK, MOST_PLACES, Places
from scoring.models import RankingRow

DRAFT, SUBMIT = "draft", "submit"
MOST_VERSION = 2**31 - 1


def capitalised(choices: type[TextChoices], among: Iterable[str]) -> list[tuple[str, str]]:
    """Labels stand in sentences too; on a form they begin a line."""
    wanted = set(among)
    return [(value, capfirst(label)) for value, label in choices.choices if value in wanted]


def version_field() -> forms.IntegerField:
    return forms.IntegerField(min_value=0, max_value=MOST_VERSION, widget=forms.HiddenInput)


class RowChoice(forms.ModelChoiceField):
    def label_from_instance(self, row: RankingRow) -> str:
        return row.unit.label


class ProposalForm(forms.Form):
    """Whom, for what, why. Which fields a person needs is the service's to say."""

    form = forms.ChoiceField(label=_("Form of commendation"), widget=forms.RadioSelect)
    subject = forms.ChoiceField(label=_("Who is nominated"), widget=forms.RadioSelect)
    part = NameField(
        limit=200,
        required=False,
        label=_("Part of the unit"),
        help_text=_("Empty for the whole unit. Else its full name as on the certificate: Phòng Văn hóa - Xã hội."),
    )
    person_name = NameField(
        limit=200,
        required=False,
        label=_("Full name of the individual"),
        help_text=_("As it will stand on the certificate, with Ông or Bà: Bà Lò Thị Hương."),
    )
    person_position = NameField(
        limit=200,
        required=False,
        label=_("Position of the individual"),
        help_text=_("Without the unit; its name is added."),
    )
    achievement = LongTextField(
        limit=MAX_ACHIEVEMENT,
        label=_("What was achieved"),
        help_text=_("In short, with figures; the council reads it. The full report goes with the dossier on paper."),
    )

    def __init__(self, *args, lines: Iterable[QuotaLine], **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = {(line.form, line.subject) for line in lines}
        for place, (name, choices) in enumerate({"form": AwardForm, "subject": Subject}.items()):
            field = self.fields[name]
            field.choices = capitalised(choices, (pair[place] for pair in self.offered))
            field.initial = field.choices[0][0] if field.choices else None

    def clean(self):
        given = self.cleaned_data
        if {"form", "subject"} <= given.keys() and (given["form"], given["subject"]) not in self.offered:
            self.add_error("subject", gettext("There is no place of this form for this kind of subject this year."))
        return given

    def proposal(self) -> Proposal:
        return Proposal(**{name: self.cleaned_data[name] for name in ProposalForm.base_fields})


class NominateForm(ProposalForm):
    """A new one, from a row of the published ranking."""

    row = RowChoice(queryset=RankingRow.objects.none(), label=_("Unit"), empty_label=None)
    act = forms.ChoiceField(choices=[(SUBMIT, SUBMIT), (DRAFT, DRAFT)], required=False, widget=forms.HiddenInput)
    field_order = ["row", "form", "subject"]

    def __init__(self, rows: QuerySet[RankingRow], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["row"].queryset = rows


class EditForm(ProposalForm):
    """A draft or a dossier that came back."""

    version = version_field()

    @staticmethod
    def initial_of(nomination: Nomination) -> dict:
        kept = {name: getattr(nomination, name) for name in ("form", "subject", "part", "achievement", "version")}
        is_person = nomination.subject == Subject.PERSON
        return kept | {
            "person_name": nomination.recipient_name if is_person else "",
            "person_position": nomination.person_position,
        }


class SignForm(forms.Form):
    """The head signs the version that was read."""

    version = version_field()


class ReasonForm(forms.Form):
    reason = LongTextField(limit=MAX_ACHIEVEMENT, required=False)

    def __init__(self, *args, label: str, help_text: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label, self.fields["reason"].help_text = label, help_text


class EligibleForm(forms.Form):
    conduct_confirmed = forms.BooleanField(
        required=False,
        label=_(
            "No discipline, investigation, inspection with signs of a violation, complaint or denunciation is pending"
        ),
        help_text=_("By Nghị định 152/2025/NĐ-CP nobody is commended or proposed while one of these is pending."),
    )


class QuotaForm(forms.Form):
    """The places of one form × kind of subject, as the plan of the year says."""

    cap = forms.IntegerField(min_value=0, max_value=MOST_PLACES, label=_("Places"))
    lowest_grade = forms.ChoiceField(required=False, label=_("Lowest grade"))
    lowest_rank = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=LOWEST_RANK,
        label=_("Lowest rank in the group"),
        help_text=_("Empty: any rank."),
    )
    ground = NameField(
        limit=200,
        label=_("Set by"),
        help_text=_("The plan or decision with number and date: 12/KH-UBND ngày 10/01/2027."),
    )
    version = version_field()

    def __init__(self, *args, grades: Mapping[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lowest_grade"].choices = [("", gettext("any grade")), *grades.items()]

    @staticmethod
    def initial_of(quota: Quota | None) -> dict:
        names = ("cap", "lowest_grade", "lowest_rank", "ground", "version")
        return {name: getattr(quota, name) for name in names} if quota else {"version": 0}

    def places(self) -> Places:
        return Places(**{name: self.cleaned_data[name] for name in ("cap", "lowest_grade", "lowest_rank", "ground")})


def named(title: str, choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Choices of a filter whose empty one names the value: «State: all»."""
    return [("", title), *((value, capfirst(label)) for value, label in choices)]


class NominationsFilter(forms.Form):
    """Reads the address strictly: `core.forms.read_query` refuses what is not offered."""

    q = NameField(
        limit=100, required=False, label=_("Search"),
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Collective, individual or unit")}),
    )  # fmt: skip
    state = forms.ChoiceField(required=False, label=_("State"))
    year = forms.ChoiceField(required=False, label=_("Year"))
    form = forms.ChoiceField(required=False, label=_("Form of commendation"))

    def __init__(self, data, *, years: Iterable[int]):
        super().__init__(data)
        self.fields["state"].choices = named(gettext("State: all"), NominationState.choices)
        self.fields["year"].choices = named(gettext("Year: all"), [(str(year), str(year)) for year in years])
        self.fields["form"].choices = named(gettext("Form: all"), AwardForm.choices)


class QuotaYear(forms.Form):
    year = forms.ChoiceField(required=False, label=_("Year"))

    def __init__(self, data, *, years: Iterable[int]):
        super().__init__(data)
        self.fields["year"].choices = named(gettext("Year: the awards under way"), [(str(y), str(y)) for y in years])
