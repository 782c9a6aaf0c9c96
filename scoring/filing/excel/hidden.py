"""The sheets that nobody sees: what may be chosen, and whose form it is."""

from collections.abc import Sequence

from openpyxl import Workbook

from core.workbook.writing import put_text
from scoring.filing.excel.columns import IDENTITY_SHEET, LISTS_SHEET
from scoring.filing.excel.identity import Identity, rows_of
from scoring.filing.excel.lists import Lists


def put_lists(book: Workbook, lists: Lists) -> None:
    _put(book, LISTS_SHEET, [(text,) for text in lists.texts])


def put_identity(book: Workbook, identity: Identity) -> None:
    _put(book, IDENTITY_SHEET, rows_of(identity))


def _put(book: Workbook, name: str, rows: Sequence[Sequence[str]]) -> None:
    sheet = book.create_sheet(name)
    sheet.sheet_state = "veryHidden"
    sheet.protection.sheet = True
    for row, texts in enumerate(rows, 1):
        for column, text in enumerate(texts, 1):
            put_text(sheet.cell(row, column), text)
