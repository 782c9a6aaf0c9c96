"""One pass over the XML of a sheet with expat: where the values end, which cells are formulas or errors."""

import posixpath
import re
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat

from django.utils.translation import gettext as _

from core.errors import TooLarge

_REFERENCE = re.compile(r"([A-Z]{1,4})([0-9]{1,8})")
# More than these need not be listed one by one.
MAX_LISTED = 1000


class Unreadable(Exception):
    """The XML is broken, or brings a document type of its own (entities)."""


@dataclass
class Found:
    """Cells by name, such as D7; `merged` are ranges; hidden columns and rows are numbers from 1 of those that hold a value."""

    formulas: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)


def _parse(data: bytes, on_start=None, on_end=None) -> None:
    """Run expat with local names. A DOCTYPE is refused: no honest workbook has one, and entities begin there."""
    parser = expat.ParserCreate(namespace_separator=" ")
    if on_start:
        parser.StartElementHandler = lambda name, attributes: on_start(name.rpartition(" ")[2], attributes)
    if on_end:
        parser.EndElementHandler = lambda name: on_end(name.rpartition(" ")[2])
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Unreadable(str(error)) from error


def _refuse(*ignored) -> None:
    raise Unreadable("document type")


def parts_by_sheet(parts: dict[str, bytes]) -> dict[str, str]:
    """Name of each sheet → name of its part, from the workbook's own tables. Unreadable where they are missing."""
    targets, sheets = {}, {}

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            path = attributes.get("Target", "")
            targets[attributes.get("Id")] = path.lstrip("/") if path.startswith("/") else posixpath.join("xl", path)

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            identity = next((value for key, value in attributes.items() if key.endswith(" id")), "")
            sheets[attributes.get("name", "")] = targets.get(identity, "")

    if "xl/workbook.xml" not in parts or "[Content_Types].xml" not in parts:
        raise Unreadable("no workbook")
    _parse(parts.get("xl/_rels/workbook.xml.rels", b""), relation)
    _parse(parts["xl/workbook.xml"], sheet)
    for name in ("xl/sharedStrings.xml", "xl/styles.xml"):
        if name in parts:
            _parse(parts[name])
    return sheets


class _Walk:
    """Follows rows and cells; a cell without a reference stands right of the one before it."""

    def __init__(self, rows: int, columns: int):
        self.limit_rows, self.limit_columns = rows, columns
        self.row = self.column = 0
        self.is_error = self.is_hidden = False
        self.hidden: set[int] = set()
        self.found = Found()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self.row = _number(attributes["r"]) if "r" in attributes else self.row + 1
            self.column, self.is_hidden = 0, _is_on(attributes.get("hidden"))
        elif name == "c":
            self._place(attributes.get("r"))
            self.is_error = attributes.get("t") == "e"
        elif name == "f":
            self._keep(self.found.formulas)
        elif name in ("v", "is"):
            self._check()
            if self.is_error:
                self._keep(self.found.errors)
            self._keep_hidden()
        elif name == "mergeCell" and len(self.found.merged) < MAX_LISTED:
            self.found.merged.append(attributes.get("ref", "")[:30])
        elif name == "col" and _is_on(attributes.get("hidden")):  # these stand before the rows
            first, last = (_number(attributes.get(end, "")) for end in ("min", "max"))
            self.hidden |= set(range(first, min(last, self.limit_columns) + 1))

    def _keep_hidden(self) -> None:
        """Of the hidden rows and columns those that hold something: empty ones are often hidden, and hide nothing."""
        row, column = self.row, self.column
        rows, columns = self.found.hidden_rows, self.found.hidden_columns
        if self.is_hidden and len(rows) < MAX_LISTED and (not rows or rows[-1] != row):
            rows.append(row)
        if column in self.hidden and column not in columns:
            columns.append(column)

    def _place(self, reference: str | None) -> None:
        if reference is None:
            self.column += 1
            return
        found = _REFERENCE.fullmatch(reference)
        if not found:
            raise Unreadable("reference")
        self.column, self.row = _column(found[1]), int(found[2])

    def _keep(self, kept: list[str]) -> None:
        self._check()
        if len(kept) < MAX_LISTED:
            kept.append(f"{_letters(self.column)}{self.row}")

    def _check(self) -> None:
        """Only cells with something in them count: formatted empty rows down to the millionth are common."""
        if not 0 < self.row <= self.limit_rows or not 0 < self.column <= self.limit_columns:
            raise TooLarge(
                _(
                    "A sheet may have {rows} rows and {columns} columns; there is a value in row {row}, column {column}."
                ).format(rows=self.limit_rows, columns=self.limit_columns, row=self.row, column=self.column)
            )


def _is_on(text: str | None) -> bool:
    return text in ("1", "true")


def _number(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,8}", text):
        raise Unreadable("row")
    return int(text)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _letters(column: int) -> str:
    """1 is A, 27 is AA. openpyxl's own would cost its loading, 150 ms."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def walk(data: bytes, rows: int, columns: int) -> Found:
    """What a sheet's XML holds beside its values. TooLarge for a value beyond the limits, wherever the sheet says it ends."""
    walker = _Walk(rows, columns)
    _parse(_without_cells(data, rows, columns) or data, walker.start)
    return walker.found


_START, _END = b"<sheetData>", b"</sheetData>"


def _without_cells(data: bytes, rows: int, columns: int) -> bytes | None:
    """The XML without its cells, where they all are plain values within the limits and nothing is hidden: a walk over
    them would find nothing.

    Many times quicker than a call for every element; a large sheet of plain values is the common case.
    """
    start, end = data.find(_START), data.rfind(_END)
    if start < 0 or end < start or b"hidden=" in data:
        return None
    start += len(_START)
    return data[:start] + data[end:] if _plain_cells(rows, columns).fullmatch(data, start, end) else None


@lru_cache(8)
def _plain_cells(rows: int, columns: int) -> re.Pattern[bytes]:
    """Rows of cells as every office program writes them: place, style, type, value; no formula, no error."""
    place = f'r="(?:{"|".join(_up_to_letters(columns))})(?:{"|".join(_up_to_number(rows))})"'
    value = r"<v>[^<]*+</v>|<v ?/>|<is><t[^<>]*+>[^<]*+</t></is>"
    cell = rf'<c {place}(?: s="[0-9]++")?+(?: t="(?:s|n|b|d|str|inlineStr)")?+ ?(?:/>|>(?:{value})?+</c>)'
    return re.compile(rf"(?:\s*+<row [^<>]*+(?<!/)>(?:\s*+{cell})*+\s*+</row>|\s*+<row [^<>]*+/>)*+\s*+".encode())


def _up_to_letters(number: int) -> list[str]:
    """Patterns of the columns A to that one."""
    last = _letters(number)
    found = [f"[A-Z]{{{length}}}" for length in range(1, len(last))]
    for place, letter in enumerate(last):
        if letter > "A":
            found.append(f"{last[:place]}[A-{chr(ord(letter) - 1)}][A-Z]{{{len(last) - place - 1}}}")
    return [*found, last]


def _up_to_number(number: int) -> list[str]:
    """Patterns of the rows 1 to that one."""
    last, found = str(number), []
    if len(last) > 1:
        found.append(f"[1-9][0-9]{{0,{len(last) - 2}}}")
    for place, digit in enumerate(last):
        lowest = "1" if place == 0 else "0"
        if digit > lowest:
            found.append(f"{last[:place]}[{lowest}-{int(digit) - 1}][0-9]{{{len(last) - place - 1}}}")
    return [*found, last]
