"""What the desk's lists can be narrowed by; the state of a filter is the address."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from core.collation import fold
from scoring.models import Cycle, Pillar

LEFT, AGAIN, ALL = "left", "again", "all"


class Filter(forms.Form):
    """Reads the address strictly: `core.forms.read_query` refuses what is not offered."""

    group = forms.ChoiceField(label=gettext_lazy("Group"), required=False)

    def __init__(self, data, *, cycle: Cycle):
        super().__init__(data)
        self.ranked = list(cycle.groups.select_related("group"))
        self.groups = {one.group.code: one.group for one in self.ranked}
        named = [(code, group.label) for code, group in self.groups.items()]
        self.fields["group"].choices = [("", _("Group: all")), *named]
        if len(named) < 2:
            del self.fields["group"]

    @property
    def group_chosen(self):
        return self.groups.get(self.cleaned_data.get("group"))


class CriteriaFilter(Filter):
    pillar = forms.ChoiceField(label=gettext_lazy("Pillar"), required=False)
    progress = forms.ChoiceField(
        label=gettext_lazy("Progress"),
        required=False,
        choices=[("", gettext_lazy("Progress: all")), (LEFT, gettext_lazy("with units still waiting"))],
    )

    def __init__(self, data, *, cycle: Cycle):
        super().__init__(data, cycle=cycle)
        pillars = Pillar.objects.filter(criteria_set__in=cycle.groups.values("criteria_set"))
        self.pillars = {
            str(one.pk): one
            for one in pillars.select_related("criteria_set").order_by("criteria_set__code", "position")
        }
        self.fields["pillar"].choices = [("", _("Pillar: all")), *self._by_set().items()]

    def _by_set(self) -> dict[str, list[tuple[str, str]]]:
        """Under the title of its set; where there are several, each pillar also says whose it is: a closed list shows no title."""
        of_set: dict[int, list[str]] = {}
        for one in self.ranked:
            of_set.setdefault(one.criteria_set_id, []).append(one.group.label)
        by_set: dict[str, list[tuple[str, str]]] = {}
        for pk, pillar in self.pillars.items():
            whose = f" ({'; '.join(of_set[pillar.criteria_set_id])})" if len(of_set) > 1 else ""
            by_set.setdefault(pillar.criteria_set.title, []).append((pk, f"{pillar.code} · {pillar.title}{whose}"))
        return by_set

    @property
    def pillar_chosen(self) -> Pillar | None:
        return self.pillars.get(self.cleaned_data["pillar"])


class LinesFilter(Filter):
    q = forms.CharField(
        label=gettext_lazy("Unit"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": gettext_lazy("Find a unit")}),
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[
            ("", gettext_lazy("State: all")),
            (LEFT, gettext_lazy("still waiting")),
            ("accepted", gettext_lazy("accepted")),
            ("changed", gettext_lazy("changed")),
            (AGAIN, gettext_lazy("to be looked at again")),
        ],
    )
    sort = forms.ChoiceField(
        required=False,
        choices=[(f"{sign}{key}", "") for key in ("unit", "claim", "difference") for sign in ("", "-")],
        widget=forms.HiddenInput,
    )
    whose = forms.ChoiceField(
        label=gettext_lazy("Whose lines"),
        required=False,
        choices=[("", gettext_lazy("Lines: assigned to me")), (ALL, gettext_lazy("Lines: of the whole agency"))],
    )
    field_order = ["q", "whose", "group", "state"]

    def __init__(self, data, *, cycle: Cycle, divided: bool):
        super().__init__(data, cycle=cycle)
        if not divided:
            del self.fields["whose"]

    def matches_unit(self, unit: Unit) -> bool:
        """The name holds the text, tone marks and đ/d ignored."""
        return fold(self.cleaned_data["q"]) in unit.name_fold


class ExplanationsFilter(Filter):
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[
            ("", gettext_lazy("State: not decided yet")),
            ("council", gettext_lazy("before the appraisal council")),
            ("decided", gettext_lazy("decided")),
            ("all", gettext_lazy("all")),
        ],
    )
