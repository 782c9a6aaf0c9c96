"""Forms of the calendar. Days are typed inclusive, as people say them; services keep exclusive moments."""

from datetime import date, datetime, time, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import UnitGroup
from core.forms import DayField, LongTextField, NameField
from scoring.cycles.selectors import SORTS, offered_sets
from scoring.cycles.services import Calendar
from scoring.enums import AssessmentState
from scoring.models import Cycle


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _last_day(moment: datetime) -> date:
    return timezone.localdate(moment - timedelta(seconds=1))


class CalendarFields(forms.Form):
    """The five dates of a year."""

    filing_from = DayField(label=_("Filing from"))
    filing_to = DayField(
        label=_("On time through"), help_text=_("Through the end of this day a submission is on time.")
    )
    locked_after = DayField(
        label=_("Late filing through"), help_text=_("After the end of this day nothing can be filed.")
    )
    appraisal_to = DayField(label=_("Appraisal through"))
    explanation_to = DayField(label=_("Explanation through"))

    def calendar(self) -> Calendar:
        data = self.cleaned_data
        after = timedelta(days=1)
        return Calendar(
            _midnight(data["filing_from"]),
            *(
                _midnight(data[name] + after)
                for name in ("filing_to", "locked_after", "appraisal_to", "explanation_to")
            ),
        )

    @staticmethod
    def initial_of(cycle: Cycle) -> dict[str, date]:
        return {
            "filing_from": timezone.localdate(cycle.filing_opens_at),
            "filing_to": _last_day(cycle.filing_closes_at),
            "locked_after": _last_day(cycle.filing_locks_at),
            "appraisal_to": _last_day(cycle.appraisal_closes_at),
            "explanation_to": _last_day(cycle.explanation_closes_at),
        }

    @staticmethod
    def proposed(year: int) -> dict[str, date]:
        """Filing in the autumn, final data in January, results in February, as provinces do it."""
        return {
            "filing_from": date(year, 11, 1),
            "filing_to": date(year, 12, 10),
            "locked_after": date(year + 1, 1, 10),
            "appraisal_to": date(year + 1, 2, 5),
            "explanation_to": date(year + 1, 2, 13),
        }


class DatesForm(CalendarFields):
    reason = LongTextField(label=_("Why the dates change"), limit=2000)


class CycleForm(CalendarFields):
    """A new year: dates, legal basis, and the set of each group that takes part."""

    year = forms.IntegerField(label=_("Year"), min_value=2020, max_value=2100)
    movement_title = NameField(label=_("Emulation movement"), limit=200)
    founding_decision = NameField(label=_("Founding decision"), limit=200)
    legal_basis = LongTextField(label=_("Legal basis, as the ranking's heading quotes it"), limit=2000)

    field_order = ["year", "movement_title", "founding_decision", "legal_basis"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.groups = list(UnitGroup.objects.all())
        for group in self.groups:
            self.fields[f"set_{group.code}"] = forms.ModelChoiceField(
                offered_sets(),
                label=_("Criteria set of {group}").format(group=group.label),
                required=False,
                empty_label=_("does not take part"),
            )

    def sets(self) -> list:
        chosen = [(group, self.cleaned_data[f"set_{group.code}"]) for group in self.groups]
        return [(group, one) for group, one in chosen if one]


class BoardFilter(forms.Form):
    """The filing board's address: unknown values are refused."""

    q = forms.CharField(
        label=_("Find a unit"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    standing = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("State: all")), ("not_begun", _("not begun")), *AssessmentState.choices],
    )
    group = forms.ChoiceField(label=_("Group"), required=False)
    sort = forms.ChoiceField(
        required=False, choices=[(sign + key, "") for key in SORTS for sign in ("", "-")], widget=forms.HiddenInput
    )

    def __init__(self, *args, groups, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = [("", _("Group: all")), *((group.code, group.label) for group in groups)]
