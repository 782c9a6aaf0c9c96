"""Forms of the calendar. Days are typed inclusive, as people say them; services keep exclusive moments."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import UnitGroup
from core.errors import DomainError
from core.forms import DayField, LongTextField, NameField, show_refusal
from scoring.cycles.board import SORTS, Flag, Standing
from scoring.cycles.calendar import Calendar
from scoring.cycles.selectors import offered_sets
from scoring.models import Cycle
from scoring.reminding.services import NOTE_LIMIT


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _last_day(moment: datetime) -> date:
    return timezone.localdate(moment - timedelta(seconds=1))


class SetChoice(forms.ModelChoiceField):
    def label_from_instance(self, one) -> str:
        """What tells sets apart first: a narrow box cuts the end off."""
        return f"{one}, {one.get_state_display()}: {one.title}"


# Field of the form → date of the service, so that a refusal stands at its field.
DATES = {
    "filing_from": "filing_opens_at",
    "filing_to": "filing_closes_at",
    "locked_after": "filing_locks_at",
    "appraisal_to": "appraisal_closes_at",
    "explanation_to": "explanation_closes_at",
}


@contextmanager
def refusals_at_days(form: forms.Form) -> Iterator[None]:
    """As `refusals_in`, with what the service says about a date shown at the day that was typed."""
    field_of = {column: name for name, column in DATES.items()}
    try:
        yield
    except DomainError as error:
        error.fields = {field_of.get(name, name): sentence for name, sentence in error.fields.items()}
        show_refusal(form, error)


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

    def calendar(self, kept: Cycle | None = None) -> Calendar:
        """Moments from the days typed; a day that is still the one of `kept` keeps its moment to the second."""
        data, after = self.cleaned_data, timedelta(days=1)
        shown = self.initial_of(kept) if kept else {}
        moments = {}
        for name, column in DATES.items():
            typed = _midnight(data[name] if name == "filing_from" else data[name] + after)
            moments[column] = getattr(kept, column) if shown.get(name) == data[name] else typed
        return Calendar(**moments)

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
    explanation_words = forms.IntegerField(
        label=_("Words of an explanation, at most"),
        help_text=_("May change until the explanation is opened. Empty: as it is."),
        required=False,
    )
    reason = LongTextField(label=_("Why the dates change"), limit=2000)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, cycle: Cycle, **kwargs):
        initial = self.initial_of(cycle) | {"version": cycle.version, "explanation_words": cycle.explanation_words}
        super().__init__(*args, initial=initial, **kwargs)


class RoundForm(forms.Form):
    """A further round of explanation."""

    closes_on = DayField(label=_("Explanation through"))
    explanation_words = forms.IntegerField(label=_("Words of an explanation, at most"))
    reason = LongTextField(label=_("Why there is a further round"), limit=2000)

    @property
    def closes_at(self) -> datetime:
        return _midnight(self.cleaned_data["closes_on"] + timedelta(days=1))


class SetsForm(forms.Form):
    """The set of each group that takes part; an empty choice leaves the group out."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.groups = list(UnitGroup.objects.all())
        for group in self.groups:
            self.fields[f"set_{group.code}"] = SetChoice(
                offered_sets(),
                label=_("Criteria set of {group}").format(group=group.label),
                required=False,
                empty_label=_("does not take part"),
            )

    def sets(self) -> list:
        chosen = [(group, self.cleaned_data[f"set_{group.code}"]) for group in self.groups]
        return [(group, one) for group, one in chosen if one]


class CycleForm(SetsForm, CalendarFields):
    """A new year: dates, legal basis, and the set of each group that takes part."""

    year = forms.RegexField(r"^20[0-9]{2}$", label=_("Year"))
    movement_title = NameField(label=_("Emulation movement"), limit=200)
    founding_decision = NameField(label=_("Founding decision"), limit=200)
    legal_basis = LongTextField(label=_("Legal basis, as the ranking's heading quotes it"), limit=2000)

    field_order = ["year", "movement_title", "founding_decision", "legal_basis"]

    def what(self) -> list:
        """The fields that say what year it is, in their order; the dates and the sets have headings of their own."""
        return [self[name] for name in self.field_order]

    def dates(self) -> list:
        return [self[name] for name in CalendarFields.base_fields]

    def choices(self) -> list:
        return [self[f"set_{group.code}"] for group in self.groups]


class BoardFilter(forms.Form):
    """The filing board's address: unknown values are refused."""

    q = NameField(
        label=_("Find a unit"),
        required=False,
        limit=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Find a unit")}),
    )
    standing = forms.ChoiceField(label=_("State"), required=False)
    flag = forms.ChoiceField(label=_("To see to"), required=False)
    group = forms.ChoiceField(label=_("Group"), required=False)
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[(sign + key, "") for key in SORTS for sign in ("", "-")],
        widget=forms.HiddenInput,
    )

    def __init__(self, *args, groups, **kwargs):
        super().__init__(*args, **kwargs)
        standings = [(one.value, capfirst(one.label)) for one in Standing]
        self.fields["standing"].choices = [("", _("State: all")), *standings]
        self.fields["flag"].choices = [("", _("To see to: all")), *((one.value, capfirst(one.label)) for one in Flag)]
        self.fields["group"].choices = [("", _("Group: all")), *((group.code, group.label) for group in groups)]


class RemindForm(forms.Form):
    """The note is shown with the reminder; `again` also reminds whoever was reminded within a day."""

    note = NameField(
        label=_("Note"),
        help_text=_("One line, shown on the home page of the officers and the head with name and time."),
        required=False,
        limit=NOTE_LIMIT,
    )
    again = forms.BooleanField(label=_("Also those who were reminded within the last 24 hours"), required=False)
