"""Kinds of cells: how one JSON value stands in a cell, and how a cell is read back. Nothing is guessed on the way."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.errors import Invalid
from core.fields import plain
from core.numbers import parse_decimal, parse_whole
from scoring.criteria.workbook.faults import CellFault
from scoring.criteria.workbook.words import FLAGS, SUBMITTED, Pair, meant

# What Excel keeps of a number. Longer ones are written as text, and refused where they come as numbers.
EXCEL_DIGITS = 15
LONGEST_CELL = 32_767
# Excel's calendar is sure from here on; earlier days are written as text.
FIRST_DAY = date(1900, 3, 1)
_WRITTEN_OUT = 'json:"'
# Invisible, or changed by XML and spreadsheets on the way: written out as \\uXXXX.
_FRAGILE = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]|_(?=x[0-9A-Fa-f]{4}_)"
)
_HIDDEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_VIETNAMESE_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")


def text_of(value: Any) -> str:
    """The text of a cell; CellFault for a number (01.10 has become 1.1 by then), a date or a truth value."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float | int) and not isinstance(value, bool):
        shown = f"{value:.15g}"
        raise CellFault(
            _("The cell holds the number {value}. Format it as text and type it again.").format(value=shown)
        )
    raise CellFault(_("The cell holds a date or a truth value. Format it as text and type it again."))


class CellKind:
    """`words` are offered as the list of the cell; `wide` cells wrap."""

    words: Mapping[Any, Pair] = {}
    as_text = True

    def write(self, value: Any, lang: int) -> str | Decimal | int | date | None:
        raise NotImplementedError

    def read(self, value: Any) -> Any:
        """The JSON value of a cell that is not blank."""
        raise NotImplementedError


class Text(CellKind):
    """Any text. What a cell would lose or hide is written as json:"…", and nothing else begins so."""

    def write(self, value, lang):
        if value is None:
            return None
        if value != value.strip() or not value or _FRAGILE.search(value) or value.startswith(_WRITTEN_OUT):
            quoted = _FRAGILE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))
            value = f"json:{quoted}"
        # Counted as Excel counts: a character beyond the first 65,536 is two.
        if len(value.encode("utf-16-le")) // 2 > LONGEST_CELL:
            raise Invalid(
                _("A text of this set is longer than the {most} characters of a cell: “{start}…”. Use JSON.").format(
                    most=LONGEST_CELL, start=value[:60]
                )
            )
        return value

    def read(self, value):
        text = text_of(value)
        if text.startswith(_WRITTEN_OUT):
            try:
                return json.loads(text.removeprefix("json:"))
            except ValueError as error:
                raise CellFault(_("The text after json: is not a JSON string. Type the text itself.")) from error
        return _HIDDEN.sub("", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")


class Number(CellKind):
    """A decimal: a number where Excel keeps every digit, else text."""

    as_text = False

    def write(self, value, lang):
        if value is None:
            return None
        number = Decimal(value)
        return number if _is_kept(number) else value.replace(".", "," if lang == 0 else ".")

    def read(self, value):
        if isinstance(value, bool):
            raise CellFault(_("A number is expected here, not a date or a truth value."))
        if isinstance(value, float | int):
            number = Decimal(repr(value))
            if not number.is_finite() or not _is_kept(number):
                shown = f"{value:.15g}"
                raise CellFault(
                    _("The number has more than 15 digits; Excel shows {shown}. Type it again, as text.").format(
                        shown=shown
                    )
                )
            return plain(number)
        if not isinstance(value, str):
            raise CellFault(_("A number is expected here, not a date or a truth value."))
        try:
            return plain(parse_decimal(value))
        except Invalid as error:
            raise CellFault(str(error.message)) from error


def _is_kept(number: Decimal) -> bool:
    """Whether a spreadsheet gives every digit back."""
    whole, _dot, part = plain(number).lstrip("-").partition(".")
    return len(f"{whole}{part}".strip("0")) <= EXCEL_DIGITS and len(whole) <= EXCEL_DIGITS and len(part) <= EXCEL_DIGITS


class Whole(CellKind):
    as_text = False

    def write(self, value, lang):
        return value if value is None or abs(value) < 10**EXCEL_DIGITS else str(value)

    def read(self, value):
        if isinstance(value, float | int) and not isinstance(value, bool) and float(value).is_integer():
            return int(value)
        text = value.strip() if isinstance(value, str) else ""
        if not text:
            raise CellFault(_("A whole number is expected here."))
        sign = -1 if text.startswith("-") else 1
        try:
            return sign * parse_whole(text.removeprefix("-"))
        except Invalid as error:
            raise CellFault(str(error.message)) from error


class Day(CellKind):
    as_text = False

    def write(self, value, lang):
        if value is None:
            return None
        day = date.fromisoformat(value)
        return day if day >= FIRST_DAY else value

    def read(self, value):
        if isinstance(value, datetime):
            value = value.date() if value.time() == time(0) else None
        if isinstance(value, date) and value >= FIRST_DAY:
            return value.isoformat()
        text = value.strip() if isinstance(value, str) else ""
        if found := _VIETNAMESE_DAY.fullmatch(text):
            text = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
                return date.fromisoformat(text).isoformat()
        except ValueError:
            pass
        raise CellFault(_("A real date is expected here, written 31/12/2026."))


@dataclass(frozen=True)
class Word(CellKind):
    """One of a few words, in Vietnamese or English, or the code of SET.json."""

    words: Mapping[Any, Pair] = field(default_factory=dict)

    def write(self, value, lang):
        return None if value is None else self.words[value][lang]

    def read(self, value):
        if isinstance(value, bool) and self.words is FLAGS:
            return value
        code = meant(str(int(value)) if isinstance(value, float) and value.is_integer() else text_of(value), self.words)
        if code is None:
            listed = "; ".join(vi for vi, _en in self.words.values())
            raise CellFault(
                _("“{text}” is none of the words of this column: {words}.").format(text=str(value)[:60], words=listed)
            )
        return code


class Ties(CellKind):
    """The steps that separate equal totals: nhóm CODE; thời điểm nộp."""

    _group = re.compile(r"(?:nhóm|group|pillar)[:\s]+(\S+)", re.IGNORECASE)

    def write(self, value, lang):
        group = ("nhóm", "group")[lang]
        steps = (SUBMITTED[lang] if one == "submitted_at" else one.replace("pillar:", f"{group} ", 1) for one in value)
        return "; ".join(steps) or None

    def read(self, value):
        steps = []
        for part in filter(None, (one.strip() for one in text_of(value).split(";"))):
            if meant(part, {"submitted_at": SUBMITTED}):
                steps.append("submitted_at")
            elif found := self._group.fullmatch(part):
                steps.append(f"pillar:{found[1]}")
            else:
                raise CellFault(
                    _("“{text}” is no step: write “nhóm” and the code of a group, or “thời điểm nộp”.").format(
                        text=part[:60]
                    )
                )
        return steps
