"""What the unit and the committee type about more time. Days are typed inclusive; services keep exclusive moments."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from core.days import end_of, last_day
from core.forms import DayField, LongTextField
from scoring.extending.services import REASON_LIMIT
from scoring.models import Extension

GRANT, REFUSE = "grant", "refuse"


class MoreTimeForm(forms.Form):
    """Asked for by the unit, or given unasked by the committee."""

    until = DayField(label=_("More time through"), help_text=_("Through the end of this day, by the server's clock."))
    reason = LongTextField(label=_("Why more time is needed"), limit=REASON_LIMIT)

    @property
    def end(self) -> datetime:
        return end_of(self.cleaned_data["until"])


class DecideForm(forms.Form):
    """The answer to a request. The day asked for stands there and may be changed."""

    decision = forms.ChoiceField(
        label=_("Decision"), choices=[(GRANT, _("grant")), (REFUSE, _("refuse"))], widget=forms.RadioSelect
    )
    until = DayField(label=_("Granted through"), required=False)
    reason = LongTextField(
        label=_("Reason of the decision"),
        help_text=_("The unit reads it. Needed for a refusal, and where the day differs from the one asked for."),
        limit=REASON_LIMIT,
        required=False,
    )

    def __init__(self, *args, extension: Extension, **kwargs):
        super().__init__(*args, **kwargs)
        self.extension = extension
        self.initial.setdefault("until", last_day(extension.asked_until))

    def clean(self):
        data = super().clean()
        if data.get("decision") == GRANT and "until" in data and not data["until"]:
            self.add_error("until", _("Say through which day."))
        return data

    @property
    def end(self) -> datetime:
        """A day left as it was keeps the moment that was asked for to the second."""
        day = self.cleaned_data["until"]
        asked = self.extension.asked_until
        return asked if day == last_day(asked) else end_of(day)


class WithdrawForm(forms.Form):
    reason = LongTextField(label=_("Why the extension ends"), limit=REASON_LIMIT, required=False)
