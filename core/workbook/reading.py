"""A workbook from outside, as plain values. Looked at before it is opened, counted before it is laid out.

The zip directory is checked first; then the few parts that hold values are copied, so that a directory that lies about
sizes reaches nobody; then each sheet is walked once to find far cells, formulas and error values (calamine shows none
of them); only then calamine reads. Limits after reliability.md E.7.
"""

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any

import python_calamine
from django.utils.translation import gettext as _

from core.errors import Invalid, TooLarge, WrongType
from core.workbook.walking import Found, Unreadable, parts_by_sheet, walk

MAX_ENTRIES, MAX_UNPACKED, MAX_RATIO, MAX_SHEETS = 500, 40 * 1024 * 1024, 100, 50
_NEEDED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/worksheets/[^/]+\.xml|xl/sharedStrings\.xml|xl/styles\.xml"
)
_REFUSED = ("vbaproject.bin", "vbadata.xml", "/externallinks/", "xl/macrosheets/")
_BAD_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    ValueError,
    NotImplementedError,
    OSError,
    EOFError,
    struct.error,
    IndexError,
)


@dataclass(frozen=True)
class Limits:
    """What one kind of workbook may hold: bytes as sent, rows and columns of a sheet up to the last value."""

    bytes: int
    rows: int
    columns: int


@dataclass(frozen=True)
class Sheet:
    """One sheet: `rows[0][0]` is A1. The others name what values do not show (`walking.Found`), in its order."""

    name: str
    rows: list[list[Any]]
    formulas: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    is_hidden: bool = False


def read_workbook(data: bytes, *, limits: Limits, with_hidden: bool = False) -> list[Sheet]:
    """The visible sheets in their order, or all. WrongType for what is no plain .xlsx, TooLarge above the limits.

    For files of people outside call `guard.read_guarded`, which does the same in a process of its own.
    """
    if not data:
        raise Invalid(_("The file is empty."))
    if len(data) > limits.bytes:
        raise TooLarge(_("The workbook is larger than {limit} MB.").format(limit=limits.bytes // (1024 * 1024)))
    parts = _parts(data)
    try:
        paths = parts_by_sheet(parts)
        found = {name: walk(parts[path], limits.rows, limits.columns) for name, path in paths.items() if path in parts}
        book = python_calamine.load_workbook(io.BytesIO(_packed(parts)))
        hidden = {
            one.name: one.visible != python_calamine.SheetVisibleEnum.Visible
            for one in book.sheets_metadata
            if one.typ == python_calamine.SheetTypeEnum.WorkSheet
        }
        wanted = [name for name in hidden if with_hidden or not hidden[name]]
        return [_sheet(name, book, found[name], hidden[name]) for name in wanted[:MAX_SHEETS]]
    except (Unreadable, python_calamine.CalamineError, KeyError, ValueError) as error:
        raise _unreadable() from error


def _unreadable() -> WrongType:
    return WrongType(_("The file cannot be read. Save it again as “Excel Workbook (.xlsx)” and send that."))


def _parts(data: bytes) -> dict[str, bytes]:
    """The parts that hold values, by name, each no longer than the directory says."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise WrongType(_("The workbook is of the old kind (.xls) or has a password. Save it as .xlsx without one."))
    if not data.startswith(b"PK\x03\x04"):
        raise _unreadable()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_directory(entries, len(data))
            return {entry.filename: archive.read(entry) for entry in entries if _NEEDED.fullmatch(entry.filename)}
    except _BAD_ZIP as error:
        raise _unreadable() from error


def _check_directory(entries: list[zipfile.ZipInfo], size: int) -> None:
    names = [entry.filename for entry in entries]
    unpacked = sum(entry.file_size for entry in entries)
    doubled = len({name.lower() for name in names}) != len(names)
    if len(entries) > MAX_ENTRIES or unpacked > min(MAX_UNPACKED, MAX_RATIO * size) or doubled:
        raise TooLarge(_("The workbook is not safe to open: it holds far more than it seems to."))
    if any(entry.flag_bits & 1 for entry in entries):
        raise WrongType(_("The workbook is of the old kind (.xls) or has a password. Save it as .xlsx without one."))
    if any(mark in f"/{name.lower()}" for name in names for mark in _REFUSED):
        raise WrongType(_("The workbook has macros or links to other files. Save the values alone as .xlsx."))


def _packed(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def _sheet(name: str, book: python_calamine.CalamineWorkbook, found: Found, is_hidden: bool) -> Sheet:
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return Sheet(name, rows, **{key: tuple(cells) for key, cells in vars(found).items()}, is_hidden=is_hidden)
