"""One box per parameter: the engine's type of a key decides how it is typed, read and shown.

`show` turns the document's value into what stands in the box, cleaning turns what was typed into the document's value and
lets the engine's type judge it. An empty box is None: not decided yet.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core.cleaning import clean_name
from core.errors import DomainError
from core.fields import plain
from core.forms import DayField, TextField
from core.numbers import parse_decimal, parse_whole
from scoring.criteria.parameter_words import SHARES, choices_of, help_of, label_of
from scoring.engine.containers import Nullable
from scoring.engine.exact import decimal_from_text
from scoring.engine.jsontypes import Choice, Code, Day, Flag, Integer, Number, Text
from scoring.engine.records import REQUIRED, Spot, Unread

NOT_CHOSEN = ("", gettext_lazy("– not chosen yet –"))
LONGEST = 500


def _judged(kind: Any, value: Any) -> Any:
    """What the engine's type says to the value."""
    faults: list = []
    try:
        kind.read(value, Spot("", faults))
    except Unread:
        raise ValidationError(faults[0].sentence(get_language() or "vi"), code="engine") from None
    return value


class NumberBox(forms.CharField):
    """A decimal, kept as the document writes it; a share of the points is typed as percents."""

    def __init__(self, *, kind: Number, share: bool = False, **kwargs):
        self.kind, self.share = kind, share
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(max_length=60, **kwargs)

    def show(self, value: Any) -> str:
        number = decimal_from_text(value) if isinstance(value, str) else None
        if number is None:
            return ""
        text = plain(number.scaleb(2) if self.share else number)
        return text if get_language() == "en" else text.replace(".", ",")

    def to_python(self, text: Any) -> str | None:
        text = super().to_python(text)
        if not text:
            return None
        try:
            number = parse_decimal(text)
        except DomainError as error:
            raise ValidationError(error.message, code=error.code) from error
        if self.share and not 0 <= number <= 100:
            raise ValidationError(_("Write a percentage from 0 to 100."), code="engine")
        return _judged(self.kind, plain(number.scaleb(-2) if self.share else number))


class WholeBox(forms.Field):
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def __init__(self, *, kind: Integer, **kwargs):
        self.kind = kind
        super().__init__(**kwargs)

    def show(self, value: Any) -> str:
        return "" if value is None else str(value)

    def to_python(self, text: Any) -> int | None:
        text = (text or "").strip()
        if not text:
            return None
        try:
            return _judged(self.kind, parse_whole(text))
        except DomainError as error:
            raise ValidationError(error.message, code=error.code) from error


class ChoiceBox(forms.TypedChoiceField):
    """One of the engine's alternatives; integers stay integers."""

    def __init__(self, *, kind: Choice, choices: list, **kwargs):
        whole = isinstance(kind.allowed[0], int)
        super().__init__(choices=choices, coerce=int if whole else str, empty_value=None, **kwargs)

    def show(self, value: Any) -> Any:
        return value


class FlagBox(forms.BooleanField):
    def show(self, value: Any) -> bool:
        return bool(value)


class DayBox(DayField):
    def show(self, value: Any) -> date | None:
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            return None

    def to_python(self, value: Any) -> str | None:
        day = super().to_python(value)
        return day.isoformat() if day else None

    def has_changed(self, initial, data) -> bool:
        return bool(initial or data)


class TextBox(TextField):
    """Free text, or with a code's type a code."""

    def __init__(self, *, kind: Text | None = None, limit: int = LONGEST, **kwargs):
        self.kind = kind
        super().__init__(limit=limit, **kwargs)

    def show(self, value: Any) -> str:
        return value or ""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        return _judged(self.kind, text) if text and self.kind else text


class TitleBox(TextBox):
    """A title stands on one line; hidden and direction-changing characters are refused."""

    clean_kept = staticmethod(clean_name)


def box_for(rule_kind: str, name: str, kind: Any, default: Any = REQUIRED) -> forms.Field:
    """The box of one declared key. Nothing is demanded here: a draft may be incomplete."""
    given = {"label": label_of(rule_kind, name), "help_text": help_of(rule_kind, name), "required": False}
    if isinstance(kind, Nullable):
        return box_for(rule_kind, name, kind.kind, None)
    if isinstance(kind, Number):
        return NumberBox(kind=kind, share=name in SHARES, **given)
    if isinstance(kind, Integer):
        return WholeBox(kind=kind, **given)
    if isinstance(kind, Flag):
        return FlagBox(**given)
    if isinstance(kind, Day):
        return DayBox(**given)
    if isinstance(kind, Choice):
        words = choices_of(rule_kind, name)
        empty = [NOT_CHOSEN] if default in (REQUIRED, None) else []
        return ChoiceBox(kind=kind, choices=[*empty, *((one, words[one]) for one in kind.allowed)], **given)
    if isinstance(kind, Text):
        return TextBox(kind=kind, limit=32 if isinstance(kind, Code) else LONGEST, **given)
    raise TypeError(f"no box for {rule_kind}.{name}: {kind!r}")


def default_of(declared: Any, kind: Any) -> Any:
    """The default of a declared key as the document writes it; None where there is none."""
    value = declared.default
    if value is REQUIRED or value is None:
        return None
    return kind.write(value) if isinstance(value, Decimal | date | str | int | bool) else None


def shown(form_class: type[forms.Form], values: Mapping[str, Any]) -> dict[str, Any]:
    """Initial texts of a form for the values of a document."""
    return {
        name: field.show(values.get(name)) if hasattr(field, "show") else values.get(name)
        for name, field in form_class.base_fields.items()
        if name in values
    }
