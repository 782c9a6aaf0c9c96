"""A set taken out as a workbook, changed as a person would change it, and read again."""

import io
from collections.abc import Callable

from openpyxl import Workbook, load_workbook

from core.workbook import read_workbook
from scoring import engine
from scoring.criteria.workbook import Document, read_set_workbook
from scoring.criteria.workbook.reading import LIMITS
from scoring.criteria.workbook.writing import set_workbook


def read(data: bytes) -> Document:
    return read_set_workbook(read_workbook(data, limits=LIMITS))


def saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def changed(definition: engine.CriteriaSet, change: Callable[[Workbook], None]) -> bytes:
    book = load_workbook(io.BytesIO(set_workbook(definition)))
    change(book)
    return saved(book)


def place_of(sheet, heading: str, **where: str) -> str:
    """The cell below a heading in the row where other headings have the values given (by their first words)."""
    heads = {str(cell.value).rstrip(" *"): cell.column_letter for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        if all(sheet[f"{heads[name]}{row}"].value == value for name, value in where.items()):
            return f"{heads[heading]}{row}"
    raise LookupError(where)
