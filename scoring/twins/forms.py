"""What the list of flags can be narrowed and ordered by, and the reason for which one is set aside."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import LongTextField
from scoring.enums import FlagKind
from scoring.models import Answer, Criterion
from scoring.twins.selectors import SIDES, behind
from scoring.twins.services import REASON_LIMIT

ASIDE, ALL = "aside", "all"
_ORDERS = {
    "": ("kind_order", "-likeness_percent", "first__unit__name_sort", "pk"),
    "unit": ("first__unit__name_sort", "second__unit__name_sort", "pk"),
    "criterion": ("first_answer__criterion__position", "-likeness_percent", "pk"),
}


class TwinsFilter(forms.Form):
    """Reads the address strictly. `flags` are all that the person may see: only their criteria are offered."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Flag"), required=False, choices=[("", gettext_lazy("Flag: all")), *FlagKind.choices]
    )
    criterion = forms.ChoiceField(label=gettext_lazy("Criterion"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[
            ("", gettext_lazy("State: to be looked at")),
            (ASIDE, gettext_lazy("set aside")),
            (ALL, gettext_lazy("all")),
        ],
    )
    order = forms.ChoiceField(
        label=gettext_lazy("Order"),
        required=False,
        choices=[
            ("", gettext_lazy("Order: by likeness")),
            ("unit", gettext_lazy("by unit")),
            ("criterion", gettext_lazy("by criterion")),
        ],
    )

    def __init__(self, data, *, flags):
        super().__init__(data)
        self.flags = flags
        self.fields["criterion"].choices = [("", _("Criterion: all")), *self._criteria().items()]

    def _criteria(self) -> dict[str, str]:
        lines = [Q(answers__in=self.flags.order_by().values(f"{side}_answer")) for side in SIDES]
        criteria = Criterion.objects.filter(lines[0] | lines[1]).order_by("code").distinct()
        return {one.code: f"{one.code} · {one.title}" for one in criteria}

    @property
    def found(self):
        """The flags that fit, in order."""
        asked = self.cleaned_data
        flags = self.flags if asked["state"] == ALL else self.flags.filter(set_aside_at__isnull=asked["state"] != ASIDE)
        if asked["kind"]:
            flags = flags.filter(kind=asked["kind"])
        if asked["criterion"]:
            flags = flags.filter(behind(Answer.objects.filter(criterion__code=asked["criterion"])))
        return flags.in_kind_order().order_by(*_ORDERS[asked["order"]]).with_places()


class SetAsideForm(forms.Form):
    reason = LongTextField(
        label=gettext_lazy("Why it is legitimate"),
        help_text=gettext_lazy("Such as a plan that both units signed together."),
        limit=REASON_LIMIT,
    )
