"""How an agency's lines are divided, and what is decided otherwise by hand."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from core.forms import LongTextField
from scoring.assigning.planning import appraisers_of
from scoring.assigning.services import REASON_LIMIT
from scoring.conflicts.forms import PersonChoice
from scoring.enums import AssignmentMode
from scoring.models import Assignment

MOST = 100_000


class PlanForm(forms.Form):
    """Read from the address: looking at a plan changes nothing."""

    mode = forms.ChoiceField(label=_("Divided"), choices=AssignmentMode.choices)
    cap = forms.IntegerField(
        label=_("At most for one person"),
        help_text=_("Criteria, units or lines, as divided. Empty: as even as possible."),
        min_value=1,
        max_value=MOST,
        required=False,
    )
    seed = forms.IntegerField(
        label=_("Seed of the lot"),
        help_text=_("Decides where nothing else does. The same number gives the same plan."),
        min_value=0,
        max_value=MOST,
    )


class AdoptForm(PlanForm):
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)


class OverrideForm(forms.Form):
    """All lines of the plan that fit: of one unit, of one criterion, or one line."""

    unit = forms.ChoiceField(label=_("Unit"), required=False)
    criterion = forms.ChoiceField(label=_("Criterion"), required=False)
    appraiser = PersonChoice(label=_("Who appraises"), empty_label="")
    reason = LongTextField(
        label=_("Why otherwise than the plan"), help_text=_("Stands in the minutes."), limit=REASON_LIMIT
    )

    def __init__(self, *args, rows, agency: Unit, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows: list[Assignment] = rows
        units = {one.answer.assessment.unit.code: one.answer.assessment.unit for one in rows}
        criteria = {one.answer.criterion.code: one.answer.criterion for one in rows}
        named = sorted(units.values(), key=lambda unit: unit.name_sort)
        self.fields["unit"].choices = [("", _("all units")), *((unit.code, unit.label) for unit in named)]
        titled = [(code, f"{code} {criteria[code].title}") for code in sorted(criteria)]
        self.fields["criterion"].choices = [("", _("all criteria")), *titled]
        people = [one.pk for one in appraisers_of(agency, user)]
        self.fields["appraiser"].queryset = User.objects.filter(pk__in=people)

    def clean(self):
        data = super().clean()
        if not self.errors and not data["unit"] and not data["criterion"]:
            self.add_error("unit", _("Choose a unit, a criterion, or both."))
        return data

    @property
    def answers(self) -> list[int]:
        unit, criterion = self.cleaned_data["unit"], self.cleaned_data["criterion"]
        return [
            one.answer_id
            for one in self.rows
            if unit in ("", one.answer.assessment.unit.code) and criterion in ("", one.answer.criterion.code)
        ]
