"""Forms of double marking."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from core.forms import LongTextField, NumberField
from core.numbers import format_number, parse_decimal
from scoring.appraisal.services import REASON_LIMIT
from scoring.marking.services import FIRST, OTHER, SECOND
from scoring.models import SecondMark

MOST_SEED = 2**31 - 1


class DrawForm(forms.Form):
    agency = forms.ModelChoiceField(
        label=gettext_lazy("Appraising agency"), queryset=Unit.objects.none(), empty_label=None, to_field_name="code"
    )
    share_percent = forms.IntegerField(
        label=gettext_lazy("Share of the open lines, percent"),
        help_text=gettext_lazy("Of each criterion, rounded up: every criterion has at least one line with two marks."),
        min_value=1,
        max_value=100,
        initial=10,
    )
    gap_percent = forms.IntegerField(
        label=gettext_lazy("Gap from which a third person decides, percent of the line's maximum"),
        help_text=gettext_lazy("Up to this gap the first mark stands. 0: every difference goes to a third person."),
        min_value=0,
        max_value=100,
        initial=20,
    )
    seed = forms.IntegerField(
        label=gettext_lazy("Seed of the lot"),
        help_text=gettext_lazy("The same number draws the same lines."),
        min_value=0,
        max_value=MOST_SEED,
    )

    def __init__(self, *args, agencies: list[Unit], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Unit.objects.filter(pk__in=[one.pk for one in agencies])


class SettleForm(forms.Form):
    """Which of two marks counts, or which points instead."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    choice = forms.ChoiceField(label=gettext_lazy("What counts"), widget=forms.RadioSelect)
    points = NumberField(read=parse_decimal, label=gettext_lazy("Points"), max_length=60, required=False)
    reason = LongTextField(
        label=gettext_lazy("Reason in words"),
        help_text=gettext_lazy("Where another mark than the first one counts, the unit reads it beside its result."),
        limit=REASON_LIMIT,
        required=False,
    )

    def __init__(self, *args, second: SecondMark, **kwargs):
        super().__init__(*args, **kwargs)
        first = _said(second.answer.appraised_points)
        self.fields["choice"].choices = [
            (FIRST, _("The first mark: {points}").format(points=first)),
            (SECOND, _("The second mark: {points}").format(points=_said(second.points))),
            (OTHER, _("Other points")),
        ]
        self.initial |= {"version": second.answer.version}

    def clean(self):
        data = super().clean()
        if data.get("choice") == OTHER and not self.errors and data["points"] is None:
            self.add_error("points", _("Write the points."))
        return data


def _said(points: Decimal | None) -> str:
    return _("no points") if points is None else format_number(points, 2)


class ReleaseForm(forms.Form):
    reason = LongTextField(
        label=gettext_lazy("Why the second mark is given up"),
        help_text=gettext_lazy("Stays on record in the trail."),
        limit=REASON_LIMIT,
        required=False,
    )
