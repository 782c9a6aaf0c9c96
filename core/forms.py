"""What the forms of every desk share: clean text, days as people write them, refusals shown where they were caused."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.cleaning import clean_name, clean_text
from core.days import SHAPE, parse_day
from core.errors import DomainError, Malformed

MEANING = 422


class TextField(forms.CharField):
    """Free text as it is kept (core.cleaning), at most `limit` characters."""

    clean_kept = staticmethod(clean_text)

    def __init__(self, *, limit: int, **kwargs):
        self.limit = limit
        super().__init__(**kwargs)

    def to_python(self, value):
        try:
            return self.clean_kept(super().to_python(value), limit=self.limit)
        except DomainError as error:
            raise ValidationError(error.message, code=error.code) from error


class NameField(TextField):
    """A name on one line: hidden and direction-changing characters are refused."""

    clean_kept = staticmethod(clean_name)


class LongTextField(TextField):
    widget = forms.Textarea(attrs={"rows": 3})


class NumberField(forms.CharField):
    """A number as people here type it; `read` refuses what is not clear (core.numbers). Nothing typed is None."""

    def __init__(self, *, read: Callable[[str], Any], **kwargs):
        self.read = read
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}), **kwargs)

    def clean(self, value):
        text = super().clean(value)
        try:
            return self.read(text) if text else None
        except DomainError as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from refusal


class DayField(forms.DateField):
    """A day as `core.days` reads it. The browser's own picker would show it the US way."""

    widget = forms.DateInput(format="%d/%m/%Y", attrs={"placeholder": SHAPE, "autocomplete": "off"})

    def to_python(self, value) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return value or None
        try:
            return parse_day(str(value))
        except DomainError as error:
            raise ValidationError(error.message, code="invalid") from error


def show_refusal(form: forms.BaseForm, error: DomainError) -> None:
    """Put a refusal beside the fields it names, or above the form, and remember its status."""
    named = {name: sentence for name, sentence in error.fields.items() if name in form.fields}
    for name, sentence in named.items():
        form.add_error(name, sentence)
    if not named:
        form.add_error(None, error.message)
    form.refused_status = error.status


@contextmanager
def refusals_in(form: forms.BaseForm) -> Iterator[None]:
    """A refusal raised inside is shown in the form; ask `form.errors` afterwards."""
    try:
        yield
    except DomainError as error:
        show_refusal(form, error)


def status_of(form: forms.BaseForm) -> int:
    """200 while nothing is wrong, the refusal's own status, or 422 where the form itself refuses."""
    if not form.is_bound or not form.errors:
        return 200
    return getattr(form, "refused_status", MEANING)


def read_query(form: forms.BaseForm) -> dict:
    """The values of a filter in the address; Malformed names the parameter that is not one of those offered."""
    if not form.is_valid():
        raise Malformed(
            _("The address asks for something that does not exist: {names}.").format(names=", ".join(form.errors))
        )
    return form.cleaned_data
