"""Forms as people send them back: the downloaded workbook with cells changed by openpyxl."""

import io
from collections.abc import Callable, Mapping

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from core import clock
from scoring.filing.checks import lines_of
from scoring.filing.excel.checking import Check, check_file
from scoring.filing.excel.columns import PLACE
from scoring.filing.excel.places import places_of, sections_of
from scoring.filing.excel.writing import form_workbook
from scoring.filing.selectors import last_year, seen_by
from scoring.models import Assessment


def own(year, index: int = 0) -> Assessment:
    return seen_by(year.officer(index)).get(pk=year.assessment(index).pk)


def form_of(assessment: Assessment) -> bytes:
    return form_workbook(assessment, lines_of([assessment]), last_year(assessment), clock.now())


def check(assessment: Assessment, data: bytes) -> Check:
    return check_file(data, assessment, lines_of([assessment]))


def changed(data: bytes, change: Callable[[Workbook], None]) -> bytes:
    book = load_workbook(io.BytesIO(data))
    change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def place(assessment: Assessment, code: str):
    return places_of(sections_of(lines_of([assessment])))[code]


def cell(book: Workbook, assessment: Assessment, code: str, field: str = "", column: str = "value"):
    """The cell of a field of a line, or of a column that belongs to the line as a whole."""
    where = place(assessment, code)
    row = where.row_of(field) if field else where.first
    return sheet_of(book, assessment, code).cell(row, PLACE[column])


def sheet_of(book: Workbook, assessment: Assessment, code: str) -> Worksheet:
    return book[place(assessment, code).sheet]


def filled(assessment: Assessment, values: Mapping[tuple[str, str], object], data: bytes | None = None) -> bytes:
    """The form with cells filled in: (code, field) → value; a field may also be a column, such as “explanation”."""

    def fill(book: Workbook) -> None:
        for (code, name), value in values.items():
            is_column = name in PLACE and name != "value"
            target = cell(book, assessment, code, "" if is_column else name, name if is_column else "value")
            target.value = value

    return changed(data or form_of(assessment), fill)
