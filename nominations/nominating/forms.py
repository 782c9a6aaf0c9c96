"""Form of the nomination."""

from django import forms
from django.db.models import QuerySet, TextChoices
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.forms import LongTextField, NameField
from nominations.enums import AwardForm, Subject
from nominations.nominating.services import MAX_ACHIEVEMENT, Proposal
from scoring.models import RankingRow


def capitalised(choices: type[TextChoices]) -> list[tuple[str, str]]:
    """Labels stand in sentences too; on a form they begin a line."""
    return [(value, capfirst(label)) for value, label in choices.choices]


class RowChoice(forms.ModelChoiceField):
    def label_from_instance(self, row: RankingRow) -> str:
        return row.unit.name


class NominateForm(forms.Form):
    """Whom, for what, why. Which fields a person needs is the service's to say."""

    row = RowChoice(queryset=RankingRow.objects.none(), label=_("Unit"), empty_label=None)
    form = forms.ChoiceField(
        label=_("Form of commendation"),
        choices=lambda: capitalised(AwardForm),
        initial=AwardForm.BANG_KHEN,
        widget=forms.RadioSelect,
    )
    subject = forms.ChoiceField(
        label=_("Who is nominated"),
        choices=lambda: capitalised(Subject),
        initial=Subject.COLLECTIVE,
        widget=forms.RadioSelect,
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

    def __init__(self, rows: QuerySet[RankingRow], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["row"].queryset = rows

    def proposal(self) -> Proposal:
        given = self.cleaned_data
        return Proposal(**{name: given[name] for name in given if name != "row"})
