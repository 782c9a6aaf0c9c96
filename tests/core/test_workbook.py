"""Workbooks from outside: only what is plain and within its limits is read; nothing else reaches calamine."""

import io
import random
import time
import zipfile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from core.errors import DomainError, Invalid, TooLarge, WrongType
from core.workbook import Limits, read_workbook
from core.workbook.walking import _without_cells
from core.workbook.writing import put_text

LIMITS = Limits(bytes=2 * 1024 * 1024, rows=100, columns=10)


def book(**cells) -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Tài khoản"
    for place, value in cells.items():
        sheet[place] = value
    return saved(workbook)


def saved(workbook: Workbook) -> bytes:
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def with_part(name: str, content: bytes | str, *, data: bytes | None = None) -> bytes:
    """The workbook with one part replaced or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data or book(A1="x"))) as old, zipfile.ZipFile(target, "w", 8) as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return target.getvalue()


def sheet_xml(body: str) -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return with_part("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>')


def test_values_come_as_they_stand_with_formulas_and_errors_named():
    workbook = load_workbook(io.BytesIO(book(A1="Tên", B2=5, C2="=1+1", D4=True)))
    workbook.active["E4"] = "#REF!"
    workbook.active["E4"].data_type = "e"
    workbook.create_sheet("Ẩn").sheet_state = "hidden"

    (sheet,) = read_workbook(saved(workbook), limits=LIMITS)

    assert sheet.name == "Tài khoản"
    assert sheet.rows == [
        ["Tên", "", "", "", ""],
        ["", 5.0, "", "", ""],
        ["", "", "", "", ""],
        ["", "", "", True, ""],
    ]
    assert sheet.formulas == ("C2",)
    assert sheet.errors == ("E4",)


def test_limits_hold_at_the_last_value_not_at_the_stated_dimension():
    assert read_workbook(book(J100="x"), limits=LIMITS)[0].rows[99][9] == "x"
    formatted = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert read_workbook(sheet_xml(formatted), limits=LIMITS)[0].rows == []
    for place in ("K1", "A101", "XFD1048576"):
        with pytest.raises(TooLarge):
            read_workbook(book(**{place: "x"}), limits=LIMITS)


def test_a_size_above_the_limit_is_refused_and_nothing_is_an_empty_file():
    with pytest.raises(TooLarge):
        read_workbook(book(A1="x"), limits=Limits(bytes=100, rows=10, columns=10))
    with pytest.raises(Invalid):
        read_workbook(b"", limits=LIMITS)


@pytest.mark.parametrize(
    "data",
    [
        b"<html></html>",
        b"\xd0\xcf\x11\xe0old",
        b"PK\x03\x04cut",
        book(A1="x")[:-30],
        with_part("xl/vbaProject.bin", b"x"),
        with_part("xl/externalLinks/externalLink1.xml", b"<x/>"),
        with_part("xl/workbook.xml", b"<workbook"),
        with_part("xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><workbook/>'),
        with_part("xl/worksheets/sheet1.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'),
        with_part("xl/sharedStrings.xml", b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><sst/>'),
        with_part("xl/_rels/workbook.xml.rels", b"<Relationships/>"),
        sheet_xml('<row r="1"><c r="A-1"><v>1</v></c></row>'),
        sheet_xml('<row r="x"><c><v>1</v></c></row>'),
    ],
)
def test_what_is_no_plain_workbook_is_refused_as_a_type(data):
    with pytest.raises(WrongType):
        read_workbook(data, limits=LIMITS)


def test_bombs_are_refused_before_they_are_unpacked():
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(501):
            archive.writestr(f"xl/{number}", b"")
    started = time.monotonic()
    for bomb in (many.getvalue(), with_part("xl/worksheets/sheet1.xml", b" " * 30_000_000)):
        with pytest.raises(TooLarge):
            read_workbook(bomb, limits=LIMITS)
    assert time.monotonic() - started < 2


def test_a_part_longer_than_its_directory_says_is_cut_there():
    """A directory that understates a part would let the reader inflate gigabytes behind our back."""
    long = with_part("xl/sharedStrings.xml", b"<sst>" + b" " * 200_000 + b"</sst>")
    where = long.rindex(b"xl/sharedStrings.xml") - 46 + 24
    lying = long[:where] + (50).to_bytes(4, "little") + long[where + 4 :]

    with pytest.raises(WrongType):
        read_workbook(lying, limits=LIMITS)


def test_broken_workbooks_never_fall_through():
    """Every mutated file is read or refused; nothing else is raised."""
    good, chance = book(A1="Tên", B2=5, C3="=1", D4="x" * 300), random.Random(7)
    inner = {}
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        inner = {name: archive.read(name) for name in archive.namelist()}
    for _turn in range(300):
        name = chance.choice(sorted(inner))
        content = bytearray(inner[name])
        for _cut in range(chance.randrange(1, 6)):
            place = chance.randrange(len(content))
            content[place : place + chance.randrange(0, 4)] = bytes(chance.choices(b'<>/"=rAZ09 \x00\xff', k=2))
        try:
            read_workbook(with_part(name, bytes(content), data=good), limits=LIMITS)
        except DomainError:
            continue


def test_text_is_written_as_text():
    workbook = Workbook()
    for row, text in enumerate(["=HYPERLINK(1)", "+84", "-1", "@x", "03856", "a\x0bb", ""], 1):
        put_text(workbook.active.cell(row, 1), text)

    (sheet,) = read_workbook(saved(workbook), limits=LIMITS)

    assert [row[0] for row in sheet.rows] == ["=HYPERLINK(1)", "+84", "-1", "@x", "03856", "ab"]
    assert sheet.formulas == ()


def test_joined_cells_and_hidden_columns_and_rows_that_hold_something_are_named():
    workbook = load_workbook(io.BytesIO(book(A1="x", C2="y", B4="z")))
    sheet = workbook.active
    sheet.merge_cells("A1:B1")
    for column in ("C", "F"):
        sheet.column_dimensions[column].hidden = True
    for row in (4, 6):
        sheet.row_dimensions[row].hidden = True

    (found,) = read_workbook(saved(workbook), limits=LIMITS)

    assert (found.merged, found.hidden_columns, found.hidden_rows) == (("A1:B1",), (3,), (4,))


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (9, 26), (37, 27), (100, 10), (4100, 100), (10_000, 703)])
def test_the_quick_look_takes_exactly_the_cells_within_the_limits(rows, columns):
    """`_without_cells` answers without a walk; a cell just beyond, or written otherwise, is left to the walk."""

    def seen(cell: str) -> bool:
        data = f"<worksheet><sheetData><row r='1'>{cell}</row></sheetData></worksheet>".encode()
        return _without_cells(data, rows, columns) is not None

    last, beyond = get_column_letter(columns), get_column_letter(columns + 1)
    for reference, within in ((f"A{rows}", 1), (f"{last}1", 1), (f"A{rows + 1}", 0), (f"{beyond}1", 0), ("A0", 0)):
        assert seen(f'<c r="{reference}"><v>1</v></c>') is bool(within), reference
    for cell in (
        '<c r="A1"><f>1</f><v>1</v></c>', '<c r="A1" t="e"><v>#REF!</v></c>', "<c r='A1'><v>1</v></c>", "<c><v>1</v></c>",
        '<x:c r="A1"><v>1</v></x:c>', '<c s="1" r="A1"><v>1</v></c>', '<c r="A1" r="B9"><v>1</v></c>', "<!-- -->",
        '<c r="A1"><v>1</v><v>2</v></c>',
    ):  # fmt: skip
        assert not seen(cell), cell
