"""What the appraiser asks and what the unit answers. The day is typed inclusive; services keep an exclusive moment."""

from datetime import date, datetime, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from core.days import end_of, last_day
from core.forms import DayField, LongTextField
from scoring.clarifying.services import QUESTION_LIMIT, REPLY_LIMIT
from scoring.models import Cycle

USUAL_DAYS = 5


class AskForm(forms.Form):
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    question = LongTextField(
        label=_("Question to the unit"),
        help_text=_("One question about this line: which figure, which document, which page."),
        limit=QUESTION_LIMIT,
    )
    due_on = DayField(
        label=_("To be answered through"), help_text=_("Through the end of this day, by the server's clock.")
    )

    def end(self, cycle: Cycle) -> datetime:
        """The end of the day typed; on the last day of the appraisal, the end of the appraisal."""
        day = self.cleaned_data["due_on"]
        return cycle.appraisal_closes_at if day == last_day(cycle.appraisal_closes_at) else end_of(day)

    @staticmethod
    def proposed(cycle: Cycle, today: date) -> date:
        """Some days from today, not longer than the appraisal."""
        return min(today + timedelta(days=USUAL_DAYS), last_day(cycle.appraisal_closes_at))


class AnswerForm(forms.Form):
    reply = LongTextField(
        label=_("Answer"),
        help_text=_("Change figures and evidence on the line first: after the answer it is locked again."),
        limit=REPLY_LIMIT,
    )
