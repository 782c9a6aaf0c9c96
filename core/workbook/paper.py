"""A sheet that an office prints: Times New Roman, ruled tables, numbers that stay numbers, A4 with repeated heads.

Sizes: fonts in points, column widths in characters, row heights in points, margins in millimetres.
"""

import textwrap
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from core.workbook.writing import put_text

FACE = "Times New Roman"
# 42A is Vietnamese: LibreOffice shows 83,47 and 12.021 on any machine; Excel takes the separators of its own language.
POINTS, WHOLE, CHANGE = "[$-42A]#,##0.00", "[$-42A]#,##0", '[$-42A]+#,##0;[$-42A]"−"#,##0;0'
LONG_TEXT = 200
INDENT = 2.5  # characters that the indent of a ruled cell takes
_MM_PER_INCH = 25.4


@dataclass(frozen=True)
class Look:
    """How a cell looks. `edges`: "" none, "thin" all round, "rule" thin with a heavier line below, "top" a line above."""

    size: int = 11
    bold: bool = False
    italic: bool = False
    across: str = "left"
    down: str = "center"
    wrap: bool = False
    edges: str = ""
    format: str = ""


def put(cell: Cell, value: str | int | Decimal | Fraction | date | None, look: Look) -> Cell:
    """Write a value as what it is, text or number; an empty value keeps the look."""
    style = cell._style = cell._style or StyleArray()
    style.fontId, style.alignmentId, style.borderId = _places_of(cell.parent.parent, look)
    if isinstance(value, str):
        put_text(cell, value)
        # Text format shows ##### for long text in older Excel.
        cell.number_format = "@" if len(value) <= LONG_TEXT else "General"
        return cell
    cell.value = Decimal(value.numerator) / value.denominator if isinstance(value, Fraction) else value
    if look.format:
        cell.number_format = look.format
    return cell


def put_across(sheet: Worksheet, row: int, first: int, last: int, value, look: Look, *, rows: int = 1) -> Cell:
    """Write one value into cells that are joined; every one of them gets the edges."""
    for down in range(row, row + rows):
        for column in range(first, last + 1):
            put(sheet.cell(down, column), None, look)
    cell = put(sheet.cell(row, first), value, look)
    if last > first or rows > 1:
        sheet.merge_cells(start_row=row, end_row=row + rows - 1, start_column=first, end_column=last)
    return cell


# Where a book keeps the parts of a look. openpyxl finds a part by comparing it anew for every cell: four fifths of the
# time of a large sheet.
_places: WeakKeyDictionary[Workbook, dict[Look, tuple[int, int, int]]] = WeakKeyDictionary()


def _places_of(book: Workbook, look: Look) -> tuple[int, int, int]:
    known = _places.setdefault(book, {})
    if look not in known:
        font, alignment, border = _parts(look)
        known[look] = (book._fonts.add(font), book._alignments.add(alignment), book._borders.add(border))
    return known[look]


def _parts(look: Look) -> tuple[Font, Alignment, Border]:
    thin, heavy = Side(style="thin"), Side(style="medium")
    borders = {
        "": Border(),
        "thin": Border(left=thin, right=thin, top=thin, bottom=thin),
        "rule": Border(left=thin, right=thin, top=thin, bottom=heavy),
        "top": Border(top=thin),
    }
    font = Font(name=FACE, size=look.size, bold=look.bold, italic=look.italic)
    indent = 1 if look.edges and look.across != "center" else 0
    alignment = Alignment(horizontal=look.across, vertical=look.down, wrap_text=look.wrap, indent=indent)
    return font, alignment, borders[look.edges]


def height_of(text: str, width: float, size: int = 11) -> float:
    """The row height that a wrapped text needs in `width` characters: joined cells do not grow by themselves."""
    per_line = max(int(width * 11 / size), 4)
    lines = sum(len(textwrap.wrap(part, per_line)) or 1 for part in text.split("\n"))
    return lines * size * 1.2 + 2.6


def set_widths(sheet: Worksheet, widths: list[float]) -> None:
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width


@dataclass(frozen=True)
class Page:
    """A4 lying. `head_rows` (first, last) and `head_columns` are repeated; `scale` in percent for a sheet of
    several pages beside each other, else 0: all columns are fitted on one.

    `top` and `foot_left` are printed on every page; the page number stands at the lower right.
    """

    head_rows: tuple[int, int]
    head_columns: str = ""
    scale: int = 0
    top: str = ""
    foot_left: str = ""
    page_words: str = "Trang {page}/{pages}"


# By Nghị định 30/2020: 20 above and below, 30 at the left, 15 at the right.
TOP_MM, LEFT_MM, RIGHT_MM = 20, 30, 15
WIDTH_MM, HEIGHT_MM = 297 - LEFT_MM - RIGHT_MM, 210 - 2 * TOP_MM
_POINTS_PER_MM = 72 / _MM_PER_INCH


def set_up_page(sheet: Worksheet, page: Page) -> None:
    """Paper, margins, repeated heads, head and foot, print area."""
    fit_width(sheet)
    if page.scale:
        sheet.sheet_properties.pageSetUpPr.fitToPage = False
        sheet.page_setup.scale = page.scale
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.top = margins.bottom = TOP_MM / _MM_PER_INCH
    margins.left, margins.right = LEFT_MM / _MM_PER_INCH, RIGHT_MM / _MM_PER_INCH
    margins.header = margins.footer = TOP_MM / 2 / _MM_PER_INCH
    sheet.print_title_rows = f"{page.head_rows[0]}:{page.head_rows[1]}"
    if page.head_columns:
        sheet.print_title_cols = page.head_columns
    sheet.print_area = f"A1:{get_column_letter(sheet.max_column)}{sheet.max_row}"
    words = page.page_words.replace("&", "&&").replace("{page}", "&P").replace("{pages}", "&N")
    for part, text in (
        (sheet.oddHeader.right, _escaped(page.top)),
        (sheet.oddFooter.left, _escaped(page.foot_left)),
        (sheet.oddFooter.right, words),
    ):
        part.text, part.font, part.size = text or None, f"{FACE},Regular", 9


def fit_width(sheet: Worksheet) -> None:
    """A4 lying, all columns on one page, as many pages below each other as it takes: also where the face is wider."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0


def fitting_scale(sheet: Worksheet) -> int:
    """The largest percentage at which all columns stand on one page, 100 at the most."""
    return min(100, int(WIDTH_MM / _width_mm(sheet) * 98))


def _width_mm(sheet: Worksheet) -> float:
    """A column of w characters is 7w + 5 pixels wide, 96 to the inch; 8.43 characters where none is set."""
    letters = (get_column_letter(number) for number in range(1, sheet.max_column + 1))
    widths = (sheet.column_dimensions[one].width if one in sheet.column_dimensions else 8.43 for one in letters)
    return sum(int(width * 7 + 5) for width in widths) / 96 * _MM_PER_INCH


def keep_together(sheet: Worksheet, first: int, page: Page) -> None:
    """Break the page before row `first` if the rows from there to the end would otherwise be torn apart."""
    room = 0.98 * HEIGHT_MM * _POINTS_PER_MM / (page.scale or fitting_scale(sheet)) * 100
    heads = sum(_row_height(sheet, row) for row in range(page.head_rows[0], page.head_rows[1] + 1))
    block = sum(_row_height(sheet, row) for row in range(first, sheet.max_row + 1))
    used = 0.0
    for row in range(1, first):
        height = _row_height(sheet, row)
        used = height + (used if used + height <= room else heads)
    if used + block > room >= heads + block:
        sheet.row_breaks.append(Break(id=first - 1))


def _row_height(sheet: Worksheet, row: int) -> float:
    return sheet.row_dimensions[row].height or 15


def _escaped(text: str) -> str:
    """`&` begins a code there."""
    return text.replace("&", "&&")
