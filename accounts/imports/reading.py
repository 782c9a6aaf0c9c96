"""The dry run: a workbook as new accounts, with a verdict on every row. Reads the database, writes nothing."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from accounts.imports.columns import COLUMNS, LIMITS, Column, column_of, role_of
from accounts.imports.units import UnitFinder
from accounts.models import User
from accounts.services import NewAccount
from accounts.services.accounts import contact_faults, username_faults
from core.cleaning import clean_name
from core.errors import DomainError, Invalid
from core.workbook import Sheet
from core.workbook.guard import read_guarded

_LONGEST = 254


@dataclass(frozen=True)
class Fault:
    """One thing to mend: the cell (D7, or a row's number) and the sentence."""

    cell: str
    sentence: str


@dataclass
class Row:
    """One line of the list: what was typed (by field), the account it makes if nothing is wrong."""

    number: int
    typed: dict[str, str]
    account: NewAccount | None = None
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True)
class Report:
    """What a file would do. It may be confirmed only when `faults` is empty."""

    sha256: str
    rows: list[Row]

    @property
    def faults(self) -> list[Fault]:
        return [fault for row in self.rows for fault in row.faults]

    @property
    def accounts(self) -> list[NewAccount]:
        return [row.account for row in self.rows if row.account]


def read_accounts(data: bytes) -> Report:
    """Read and judge the whole file. A DomainError where the file as such cannot be used."""
    sheet, places = _sheet_with_headings(read_guarded(data, limits=LIMITS))
    units = UnitFinder.load()
    rows = [
        _row(number, cells, places, units)
        for number, cells in enumerate(sheet.rows[1:], 2)
        if any(str(cell).strip() for cell in cells)
    ]
    if not rows:
        raise Invalid(_("The sheet “{sheet}” has headings but no rows.").format(sheet=sheet.name), code="ERR-REQUIRED")
    _mark_cells(rows, sheet, places)
    _mark_repeated(rows, places)
    for row in rows:
        row.account = None if row.faults else row.account
        row.faults.sort(key=lambda fault: (len(fault.cell), fault.cell))
    return Report(hashlib.sha256(data).hexdigest(), rows)


def _sheet_with_headings(sheets: list[Sheet]) -> tuple[Sheet, dict[str, int]]:
    """The first sheet whose first row has headings of ours, and the place of each. Their order does not matter."""
    for sheet in sheets:
        head = [str(cell) for cell in sheet.rows[0]] if sheet.rows else []
        known = [(column, place) for place, text in enumerate(head) if (column := column_of(text))]
        if known:
            return sheet, _places(known)
    names = ", ".join(f"“{column.heading}”" for column in COLUMNS)
    raise Invalid(_("No sheet has the headings in its first row: {names}. Use the template.").format(names=names))


def _places(known: list[tuple[Column, int]]) -> dict[str, int]:
    places: dict[str, int] = {}
    for column, place in known:
        if column.name in places:
            raise Invalid(
                _("The column “{heading}” stands twice ({first}, {second}).").format(
                    heading=column.heading, first=_letter(places[column.name]), second=_letter(place)
                )
            )
        places[column.name] = place
    missing = [f"“{one.heading}”" for one in COLUMNS if one.required and one.name not in places]
    if missing:
        raise Invalid(_("Columns are missing: {names}.").format(names=", ".join(missing)))
    return places


def _letter(place: int) -> str:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - loads openpyxl, 150 ms

    return get_column_letter(place + 1)


def _row(number: int, cells: list[Any], places: dict[str, int], units: UnitFinder) -> Row:
    row = Row(number, {})
    for name, place in places.items():
        text, sentence = _text(cells[place] if place < len(cells) else "")
        row.typed[name] = text
        if sentence:
            row.faults.append(Fault(f"{_letter(place)}{number}", sentence))
    for name, sentence in _judge(row, units):
        cell = f"{_letter(places[name])}{number}" if name in places else str(number)
        if not any(fault.cell == cell for fault in row.faults):
            row.faults.append(Fault(cell, sentence))
    return row


def _text(value: Any) -> tuple[str, str]:
    """A cell as clean text, and what is wrong with it. Numbers are refused: 03856 would have lost its nought."""
    if isinstance(value, float | int) and not isinstance(value, bool):
        shown = f"{value:.15g}"
        return shown, _("The cell holds the number {value}. Format it as text and type it again.").format(value=shown)
    if not isinstance(value, str):
        return str(value), _("The cell holds a date or a truth value. Format it as text and type it again.")
    try:
        return clean_name(value, limit=_LONGEST), ""
    except DomainError as error:
        return value[:80], str(error.message)


def _judge(row: Row, units: UnitFinder) -> Iterator[tuple[str, str]]:
    """(field, sentence) for everything wrong with what was typed; sets the account when role and unit are known."""
    typed = row.typed
    missing = [column for column in COLUMNS if column.required and not typed[column.name]]
    yield from ((column.name, _("“{heading}” is missing.").format(heading=column.heading)) for column in missing)
    yield from username_faults(typed["username"])
    yield from contact_faults(**{name: typed.get(name, "") for name in ("full_name", "position", "email", "phone")})
    role, unit = role_of(typed["role"]), units.find(typed["unit"])
    if typed["role"] and role is None:
        yield (
            "role",
            _("There is no role “{text}”. Choose it from the list of the cell.").format(text=typed["role"][:80]),
        )
    if typed["unit"] and unit is None:
        yield "unit", units.refusal(typed["unit"])
    if role and unit:
        row.account = NewAccount(**typed | {"role": role, "unit": unit, "username": typed["username"].lower()})


def _mark_cells(rows: list[Row], sheet: Sheet, places: dict[str, int]) -> None:
    """Formulas and error values, which the plain values do not show, each at its cell."""
    by_number = {row.number: row for row in rows}
    used = {_letter(place) for place in places.values()}
    said = {
        _("The cell holds a formula. Paste its value instead."): sheet.formulas,
        _("The cell holds an error value of Excel."): sheet.errors,
    }
    for sentence, cells in said.items():
        for cell in cells:
            letter, number = cell.rstrip("0123456789"), int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
            if letter in used and number in by_number:
                row = by_number[number]
                row.faults = [fault for fault in row.faults if fault.cell != cell] + [Fault(cell, sentence)]


def _mark_repeated(rows: list[Row], places: dict[str, int]) -> None:
    """Account names that stand in an earlier row, or belong to somebody already. One query."""
    names = {row.typed["username"].lower() for row in rows}
    taken = set(User.objects.filter(username__in=names).values_list("username", flat=True))
    seen: dict[str, int] = {}
    for row in rows:
        name, cell = row.typed["username"].lower(), f"{_letter(places['username'])}{row.number}"
        if not name:
            continue
        if name in taken:
            row.faults.append(Fault(cell, _("The account name “{name}” is taken.").format(name=name[:60])))
        elif (before := seen.setdefault(name, row.number)) != row.number:
            sentence = _("The account name “{name}” stands in row {before} already.")
            row.faults.append(Fault(cell, sentence.format(name=name[:60], before=before)))
