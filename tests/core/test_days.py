"""Days as people type them, and what the forms say about them."""

from datetime import date

import pytest
from django import forms
from django.utils import translation

from core.days import parse_day
from core.errors import Invalid
from core.forms import DayField


class OneDay(forms.Form):
    day = DayField()


@pytest.mark.parametrize("text", ["31/12/2026", " 31/12/2026 ", "2026-12-31"])
def test_a_day_is_read(text):
    assert parse_day(text) == date(2026, 12, 31)


@pytest.mark.parametrize("text", ["", "31/02/2026", "12/31/2026", "31.12.2026", "٣١/12/2026", "31/12/1999", "2026-1-1"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(Invalid):
        parse_day(text)


def test_a_form_asks_in_the_language_of_the_reader():
    shown = {}
    for language in ("vi", "en"):
        with translation.override(language):
            form = OneDay({"day": "31.12.2026"})
            shown[language] = str(form["day"]) + form.errors["day"][0]

    assert 'placeholder="ngày/tháng/năm"' in shown["vi"]
    assert 'placeholder="day/month/year"' in shown["en"]
    assert all("yyyy" not in text and "31/12/2026" in text for text in shown.values())
