"""What is typed and chosen on the ranking's pages."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.districts import district_label
from accounts.enums import UnitKind
from core.collation import sort_key
from core.forms import DayField, LongTextField, NameField, TextField
from scoring.inputs import said
from scoring.models import Cycle
from scoring.ranking.reading import Reading

SORTS = {"rank": gettext_lazy("rank"), "name": gettext_lazy("name"), "total": gettext_lazy("total")}
MOVES = {"change": gettext_lazy("change of rank"), "gain": gettext_lazy("change of points")}
PILLAR = "p."


class OldRun(forms.Form):
    """Which run of a group: none is the one in force."""

    run = forms.RegexField(r"^[1-9][0-9]{0,3}$", required=False, widget=forms.HiddenInput)


class LeagueFilter(OldRun):
    """The league table's state, all of it in the address."""

    q = TextField(
        limit=100,
        required=False,
        label=gettext_lazy("Find a unit"),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(required=False, label=gettext_lazy("Kind"))
    district = forms.ChoiceField(required=False, label=gettext_lazy("Former district"))
    grade = forms.ChoiceField(required=False, label=gettext_lazy("Grade"))
    sort = forms.ChoiceField(required=False, label=gettext_lazy("Order"))

    def __init__(self, *args, reading: Reading, with_moves: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs["placeholder"] = _("Name, tone marks not needed")
        self._offer_units(reading)
        self.fields["grade"].choices = [
            ("", _("Grade: all")),
            *((code, said(grade.title)) for code, grade in reading.grades.items()),
        ]
        self.fields["sort"].choices = _orders(reading, with_moves)
        self.fields["sort"].widget.attrs["class"] = "narrow-only"
        if not self.data.get("run"):
            del self.fields["run"]
        self.order_fields(["q", "kind", "district", "grade", "sort", "run"])

    def _offer_units(self, reading: Reading) -> None:
        """Kinds and former districts of this group; a choice of one is no choice."""
        units = reading.opened.units.values()
        kinds = sorted({unit["kind"] for unit in units})
        districts = sorted({unit["former_district"] for unit in units} - {""}, key=sort_key)
        labels = dict(UnitKind.choices)
        self.fields["kind"].choices = [
            ("", _("Kind: all")),
            *((kind, str(labels[kind]).capitalize()) for kind in kinds),
        ]
        self.fields["district"].choices = [
            ("", _("Former district: all")),
            *((name, district_label(name)) for name in districts),
        ]
        for name, values in (("kind", kinds), ("district", districts)):
            if len(values) < 2:
                del self.fields[name]


def _orders(reading: Reading, with_moves: bool) -> list[tuple[str, str]]:
    named = SORTS | {f"{PILLAR}{column.code}": said(column.title) for column in reading.columns}
    named |= MOVES if with_moves else {}
    rising = [(key, _("Order: {what}").format(what=label)) for key, label in named.items()]
    falling = [(f"-{key}", _("Order: {what}, from the end").format(what=label)) for key, label in named.items()]
    return [("", _("Order: rank")), *rising, *falling]


class CycleChoice(forms.Form):
    """Which year the desk shows."""

    year = forms.ChoiceField(required=False)

    def __init__(self, *args, cycles: Iterable[Cycle], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(str(cycle.year), str(cycle.year)) for cycle in cycles]


class PublishForm(forms.Form):
    """The decision a run is published under, typed to confirm; the reason where it replaces a published run."""

    decision_number = NameField(
        limit=60,
        label=gettext_lazy("Type the number of the decision to confirm"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "312/QĐ-UBND"}),
    )
    decision_on = DayField(label=gettext_lazy("Date of the decision"))
    reason = LongTextField(
        limit=2000,
        label=gettext_lazy("Why it replaces the published ranking"),
        help_text=gettext_lazy("Everybody can read it on the page of the ranking."),
    )

    def __init__(self, *args, replaces: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not replaces:
            del self.fields["reason"]
