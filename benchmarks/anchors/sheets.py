"""A styled sheet written by bare openpyxl, one cell a column used again for every row: `... sheets reused|naive ROWS`."""

import io
import sys
from collections.abc import Iterator

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Border, Font, NamedStyle, Side

from benchmarks.measure import serve, timed

COLUMNS, TEXTS = 100, 3


def rows(count: int) -> Iterator[list]:
    """Three texts and 97 numbers a row."""
    numbers = [index * 7919 % 10_000 / 100 for index in range(9973)]
    for row in range(count):
        start = row * 97 % 9000
        names = [f"SL{row:05}", f"Ủy ban nhân dân xã Mường Bú {row}", f"Khối {row % 40}"]
        yield [*names, *numbers[start : start + COLUMNS - TEXTS]]


def write(count: int, reused: bool) -> None:
    book = Workbook(write_only=True)
    sheet, thin = book.create_sheet(), Side(style="thin")
    border = Border(left=thin, right=thin, top=thin, bottom=thin)
    book.add_named_style(
        NamedStyle("n", font=Font(name="Times New Roman", size=11), border=border, number_format="0.00")
    )
    cells = [_cell(sheet) for _column in range(COLUMNS)]
    for row in rows(count):
        if not reused:
            cells = [_cell(sheet) for _column in row]
        for cell, value in zip(cells, row, strict=True):
            cell.value = value
        sheet.append(cells)
    book.save(io.BytesIO())


def _cell(sheet) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet)
    cell.style = "n"
    return cell


if __name__ == "__main__":
    serve(timed(lambda: write(int(sys.argv[2]), sys.argv[1] == "reused")))
