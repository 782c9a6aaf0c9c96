"""What stands in a cell, as the text that somebody would have typed on the screen; or why it cannot be that."""

import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from core.errors import Invalid
from core.workbook.values import MOST_DIGITS, number_text
from scoring.filing.excel.columns import plainly
from scoring.filing.excel.lists import labels_of
from scoring.inputs import Input

_MIDNIGHT = time()
_DATES = (date, time, timedelta)  # a datetime is a date


def typed_text(value: Any, one: Input) -> str:
    """Empty for an empty cell. Invalid with a sentence that says what to do; what it means the rule's parser decides."""
    if isinstance(value, str) and not value.strip():
        return ""
    return _READERS[one.type](value, one)


def _choice(value: Any, one: Input) -> str:
    by_label = {plainly(label): key for label, key in labels_of(one).items()}
    if isinstance(value, str) and (key := by_label.get(plainly(value))):
        return key
    offered = "; ".join(f"“{label}”" for label in labels_of(one))
    raise Invalid(
        _("“{value}” is not in the list. Choose one of: {offered}.").format(value=said(value), offered=offered)
    )


def _date(value: Any, one: Input) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, datetime) and value.time() == _MIDNIGHT:
        value = value.date()
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    raise Invalid(
        _("“{value}” is not a date. Write it as day/month/year, such as 31/12/2026.").format(value=said(value))
    )


def _number(value: Any, one: Input) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        raise Invalid(_("The cell holds {value} (true or false), not a number.").format(value=said(value)))
    if isinstance(value, _DATES):
        raise Invalid(
            _(
                "The cell holds a date or a time ({value}), not a number. Set its format to General and type it again."
            ).format(value=said(value))
        )
    return number_text(value)


def _text(value: str) -> str:
    return unicodedata.normalize("NFC", value).strip()


def free_text(value: Any) -> str:
    """Of a cell for text: a number or a date there has lost how it was written."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        raise Invalid(_("The cell holds {value} (true or false), not a text.").format(value=said(value)))
    if isinstance(value, _DATES):
        sentence = _("Excel has made a date of the text ({value}). Set the cell's format to Text and type it again.")
    else:
        sentence = _(
            "The cell holds the number {value}, not a text: noughts in front may be lost. Set its format to Text and type"
            " it again."
        )
    raise Invalid(sentence.format(value=said(value)))


def asks(value: Any, yes: str, no: str) -> bool:
    """The cell that asks for “not applicable”: yes, no or nothing."""
    if isinstance(value, str):
        words = plainly(value)
        if words in ("", plainly(no)):
            return False
        if words == plainly(yes):
            return True
    raise Invalid(
        _("“{value}” is not clear. Write “{yes}” or leave the cell empty.").format(value=said(value), yes=yes)
    )


def said(value: Any) -> str:
    """A value as people see it in the sheet, short enough for a sentence."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if value.time() == _MIDNIGHT else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**MOST_DIGITS:
        return str(int(value))
    return str(value)[:80]


_READERS: dict[str, Callable[[Any, Input], str]] = {
    "choice": _choice,
    "date": _date,
    "integer": _number,
    "decimal": _number,
}
