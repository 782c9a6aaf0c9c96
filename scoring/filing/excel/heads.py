"""The heads of a sheet that came back: which column is where, whatever their order now is; or what is wrong with them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.workbook import Sheet
from scoring.engine.spreadsheet.cells import letters as letters_of
from scoring.filing.excel.columns import BY_HEADING, HEADING, NEEDED, PLACE, plainly

_SEARCHED_ROWS, _ENOUGH = 40, 3
_RANGE = re.compile(r"[A-Z]{1,3}([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})")


@dataclass(frozen=True)
class Fault:
    """One thing to mend: the sheet, the cell or column in it ("" for the sheet as a whole), the sentence."""

    sheet: str
    cell: str
    sentence: str


@dataclass(frozen=True)
class Heads:
    """`row` and the places count from 0, as `Sheet.rows` does."""

    row: int
    places: dict[str, int]
    unknown: tuple[int, ...]

    def cell(self, name: str, row: int) -> str:
        """How people call a cell of column `name`: D7."""
        return f"{letters_of(self.places[name] + 1)}{row + 1}"


def names_in(row: list) -> list[str]:
    """The name of our column each cell is the heading of, else ""."""
    return [BY_HEADING.get(plainly(cell), "") if isinstance(cell, str) else "" for cell in row]


def heads_of(sheet: Sheet) -> tuple[Heads | None, list[Fault]]:
    """None without a fault for a sheet that is none of ours."""
    for number, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
        names = names_in(row)
        if len({name for name in names if name}) >= _ENOUGH:
            return _judged(sheet, number, names)
    return None, []


def _judged(sheet: Sheet, number: int, names: list[str]) -> tuple[Heads | None, list[Fault]]:
    found: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        if name:
            found.setdefault(name, []).append(place)
    faults = [Fault(sheet.name, cell, sentence) for cell, sentence in _faults(sheet, number, names, found)]
    if faults:
        return None, faults
    row = sheet.rows[number]
    unknown = tuple(place for place in range(len(row)) if not names[place])
    return Heads(number, {name: places[0] for name, places in found.items()}, unknown), []


def _faults(sheet: Sheet, number: int, names: list[str], found: dict[str, list[int]]) -> Iterator[tuple[str, str]]:
    for name in NEEDED:
        if name not in found:
            letter = letters_of(PLACE[name])
            yield letter, _("The column “{heading}” is missing.").format(heading=HEADING[name])
    for name, places in found.items():
        letters = ", ".join(letters_of(place + 1) for place in places)
        if len(places) > 1:
            sentence = _("The column “{heading}” stands {count} times ({letters}).")
            yield letters, sentence.format(heading=HEADING[name], count=len(places), letters=letters)
        elif name != "token" and places[0] + 1 in sheet.hidden_columns:
            yield letters, _("The column “{heading}” is hidden. Show it again.").format(heading=HEADING[name])
    for place, cell in enumerate(sheet.rows[number]):
        if not names[place] and str(cell).strip():
            sentence = _("“{heading}” is no column of the form, or was renamed. Take the heading of the form back.")
            yield f"{letters_of(place + 1)}{number + 1}", sentence.format(heading=str(cell).strip()[:80])
    for joined in sheet.merged:
        if _touches(joined, number + 1):
            yield joined, _("The headings are joined ({cells}). Part these cells again.").format(cells=joined)


def _touches(joined: str, row: int) -> bool:
    found = _RANGE.fullmatch(joined)
    return bool(found) and int(found[1]) <= row <= int(found[2])
