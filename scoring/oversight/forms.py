"""What the ledger can be narrowed and ordered by; the state of a filter is the address."""

from django import forms
from django.utils.translation import gettext_lazy

from scoring.appraisal.filters import Filter
from scoring.models import Cycle, CycleGroup
from scoring.oversight.cuts import Of
from scoring.oversight.pace import By

NAME, LOST, GIVEN_BACK = "", "lost", "back"


class GroupFilter(Filter):
    """One group at a time: the first where none is chosen."""

    def __init__(self, data, *, cycle: Cycle):
        super().__init__(data, cycle=cycle)
        if "group" in self.fields:
            self.fields["group"].choices = [(code, group.label) for code, group in self.groups.items()]

    @property
    def chosen(self) -> CycleGroup | None:
        """None before the year has any group."""
        group = self.group_chosen
        return next((one for one in self.ranked if group in (None, one.group)), None)


class LedgerFilter(GroupFilter):
    order = forms.ChoiceField(
        label=gettext_lazy("Order"),
        required=False,
        choices=[
            (NAME, gettext_lazy("Order: by name")),
            (LOST, gettext_lazy("by points lost")),
            (GIVEN_BACK, gettext_lazy("by points given back after explanations")),
        ],
    )


class PaceFilter(Filter):
    """Who only appraises sees the own rows, and has nothing to choose between."""

    by = forms.ChoiceField(label=gettext_lazy("Rows"), required=False, choices=By.choices)

    def __init__(self, data, *, cycle: Cycle, reads_all: bool):
        super().__init__(data, cycle=cycle)
        if not reads_all:
            del self.fields["by"]

    @property
    def by_chosen(self) -> By:
        return By(self.cleaned_data.get("by") or By.APPRAISER)


class CutsFilter(GroupFilter):
    of = forms.ChoiceField(label=gettext_lazy("Rows"), required=False, choices=Of.choices)

    @property
    def of_chosen(self) -> Of:
        return Of(self.cleaned_data["of"] or Of.CRITERION)
