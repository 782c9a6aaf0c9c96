"""Sheets for an office: text stays text, numbers stay numbers, pages break where they should."""

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from io import BytesIO

import pytest
from openpyxl import load_workbook

from core.workbook.paper import (
    CHANGE,
    POINTS,
    Look,
    Page,
    fitting_scale,
    height_of,
    keep_together,
    put,
    put_across,
    set_up_page,
    set_widths,
)
from core.workbook.saving import new_book, saved

MOMENT = datetime(2027, 2, 1, 8, tzinfo=UTC)


@pytest.fixture
def sheet():
    return new_book().create_sheet("Thử")


def read_back(sheet):
    return load_workbook(BytesIO(saved(sheet.parent, title="Thử", moment=MOMENT))).worksheets[0]


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@SUM(A1)", "03856", "1.234", "\tx"])
def test_text_is_text(sheet, text):
    put(sheet["A1"], text, Look())

    cell = read_back(sheet)["A1"]
    assert (cell.data_type, cell.value) == ("s", text)


def test_control_characters_are_left_out(sheet):
    put(sheet["A1"], "a\x0bb\x00", Look())

    assert read_back(sheet)["A1"].value == "ab"


@pytest.mark.parametrize(
    ("value", "look", "wanted"),
    [
        (Decimal("83.47"), Look(format=POINTS), 83.47),
        (Fraction(197, 2), Look(format=POINTS), 98.5),
        (-4, Look(format=CHANGE), -4),
        (0, Look(format=CHANGE), 0),
    ],
)
def test_numbers_are_numbers_with_a_format(sheet, value, look, wanted):
    put(sheet["A1"], value, look)

    cell = read_back(sheet)["A1"]
    assert (cell.data_type, cell.value, cell.number_format) == ("n", wanted, look.format)


def test_nothing_keeps_the_look(sheet):
    put(sheet["A1"], None, Look(edges="thin"))

    assert sheet["A1"].value is None
    assert sheet["A1"].border.left.style == "thin"


def test_long_text_has_no_text_format(sheet):
    """Excel shows ##### for it."""
    assert put(sheet["A1"], "x" * 300, Look()).number_format == "General"


def test_joined_cells_have_edges_all_round(sheet):
    put_across(sheet, 2, 1, 3, "Đầu bảng", Look(edges="thin"), rows=2)

    assert [str(one) for one in sheet.merged_cells.ranges] == ["A2:C3"]
    assert {sheet.cell(row, 1).border.left.style for row in (2, 3)} == {"thin"}
    assert {sheet.cell(row, 3).border.right.style for row in (2, 3)} == {"thin"}
    assert {sheet.cell(3, column).border.bottom.style for column in (1, 2, 3)} == {"thin"}


def test_height_grows_with_the_lines():
    assert height_of("một dòng", 40) < height_of("một dòng khá dài " * 6, 40) < height_of("dòng\n" * 9, 40)


def test_a_long_post_has_room_for_the_lines_that_libreoffice_prints():
    assert height_of("Chuyên viên Văn phòng HĐND và UBND, Ủy ban nhân dân xã Chiềng Hặc", 31.5) > 3 * 11 * 1.2


def test_all_columns_are_fitted_on_one_page_unless_a_scale_is_set(sheet):
    put(sheet["A1"], "x", Look())
    for scale, fitted in ((0, True), (69, False)):
        set_up_page(sheet, Page(head_rows=(1, 1), scale=scale))
        again = read_back(sheet)
        assert again.sheet_properties.pageSetUpPr.fitToPage is fitted
        assert not fitted or (again.page_setup.fitToWidth, again.page_setup.fitToHeight) == (1, 0)
        assert again.page_setup.scale == (scale or None)


def test_the_scale_lets_all_columns_stand_on_one_page(sheet):
    for count, scale in ((5, 100), (30, 41)):
        set_widths(sheet, [10] * count)
        put(sheet.cell(1, count), "x", Look())
        assert fitting_scale(sheet) == scale


def test_heads_and_feet_escape_their_own_codes(sheet):
    put(sheet["A1"], "x", Look())
    set_up_page(sheet, Page(head_rows=(1, 1), top="A & B", foot_left="&P"))

    again = read_back(sheet)
    assert again.oddHeader.right.text == "A && B"
    assert again.oddFooter.left.text == "&&P"
    assert again.oddFooter.right.text == "Trang &P/&N"


def breaks_of(sheet, rows: int, first: int) -> list[int]:
    """Rows of 15 pt, one head; a page at full size holds 31 of them."""
    for row in range(1, rows + 1):
        put(sheet.cell(row, 1), "x", Look())
        sheet.row_dimensions[row].height = 15
    keep_together(sheet, first, Page(head_rows=(1, 1), scale=100))
    return [one.id for one in sheet.row_breaks.brk]


@pytest.mark.parametrize(
    ("rows", "first", "wanted"),
    [
        (30, 20, []),  # one page holds all
        (40, 29, [28]),  # rows 29 to 40 would be torn apart
        (60, 20, []),  # 41 rows do not fit on any page: a break would help nobody
        (50, 40, []),  # the block stands whole on the second page as it is
    ],
)
def test_the_last_rows_are_kept_together(sheet, rows, first, wanted):
    assert breaks_of(sheet, rows, first) == wanted


def test_the_same_content_is_the_same_file(sheet):
    put(sheet["A1"], "x", Look())
    first = saved(sheet.parent, title="Thử", moment=MOMENT)

    again = new_book().create_sheet("Thử")
    put(again["A1"], "x", Look())
    assert saved(again.parent, title="Thử", moment=MOMENT) == first
    assert load_workbook(BytesIO(first)).properties.modified == MOMENT.replace(tzinfo=None)
