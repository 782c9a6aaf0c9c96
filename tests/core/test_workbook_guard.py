"""A workbook from outside is read in a process of its own: the same answer, and nothing of a hostile one comes through."""

import io
import time
import zipfile
from datetime import date, datetime, timedelta

import pytest
from openpyxl import Workbook

from core.errors import TooLarge, WrongType
from core.workbook import Limits, read_workbook
from core.workbook.guard import read_guarded
from tests.core.test_workbook import LIMITS, book, saved, sheet_xml, with_part

MB = 1024 * 1024


def test_the_guarded_reading_is_the_plain_one():
    workbook = Workbook()
    sheet = workbook.active
    for column, value in enumerate(["chữ", 5, 1.25, True, date(2026, 3, 1), datetime(2026, 3, 1, 9, 30)], 1):
        sheet.cell(1, column, value)
    sheet["A2"], sheet["B2"] = "=1+1", timedelta(hours=30)
    sheet.merge_cells("A3:B3")
    sheet.column_dimensions["C"].hidden = True
    workbook.create_sheet("Ẩn").sheet_state = "veryHidden"
    data = saved(workbook)

    read = read_guarded(data, limits=LIMITS, with_hidden=True)

    assert read == read_workbook(data, limits=LIMITS, with_hidden=True)
    assert [(one.merged, one.hidden_columns, one.is_hidden) for one in read] == [
        (("A3:B3",), (3,), False),
        ((), (), True),
    ]


@pytest.mark.parametrize("data", [b"PK\x03\x04cut", with_part("xl/vbaProject.bin", b"x"), sheet_xml("<row><c")])
def test_a_refusal_comes_through_in_the_words_of_the_reader(data, settings):
    with pytest.raises(WrongType) as plain:
        read_workbook(data, limits=LIMITS)
    with pytest.raises(WrongType) as guarded:
        read_guarded(data, limits=LIMITS)

    assert str(guarded.value.message) == str(plain.value.message)


def test_a_file_above_its_size_is_refused_by_its_size():
    with pytest.raises(TooLarge):
        read_guarded(book(A1="x" * 400), limits=Limits(bytes=100, rows=10, columns=10))


def test_more_memory_than_allowed_is_a_refusal():
    """One text of 32,000 characters in 60,000 cells: two gigabytes once it is laid out."""
    text, cells = (
        "x" * 32_000,
        "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 60_001)),
    )
    shared = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{text}</t></si></sst>'
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
        ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
        '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"'
        ' Target="sharedStrings.xml"/></Relationships>'
    )
    data = with_part("xl/sharedStrings.xml", shared, data=sheet_xml(cells))
    data = with_part("xl/_rels/workbook.xml.rels", relations, data=data)
    stored = io.BytesIO()  # not packed, so that the ratio of sizes says nothing
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stored, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    wide = Limits(bytes=20 * MB, rows=100_000, columns=10)

    with pytest.raises(TooLarge):
        read_guarded(stored.getvalue(), limits=wide)

    assert len(read_guarded(book(A1="x"), limits=wide)) == 1


def test_more_time_than_allowed_is_a_refusal():
    started = time.monotonic()

    with pytest.raises(TooLarge):
        read_guarded(book(A1="x"), limits=LIMITS, seconds=-0.99)

    assert time.monotonic() - started < 5
