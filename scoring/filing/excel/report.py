"""The dry run as a file of its own: to be read beside the form while it is mended."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from core.workbook.paper import Look, Page, put, set_up_page, set_widths
from core.workbook.saving import new_book, saved
from scoring.filing.excel.checking import Change, Check, Stale

_WIDTHS = (24, 10, 12, 34, 34, 34, 40)
_HEAD, _TEXT = Look(bold=True, across="center", wrap=True, edges="thin"), Look(wrap=True, edges="thin", down="top")


def report_rows(check: Check) -> list[tuple[str, ...]]:
    """Sheet, cell, criterion, what it is, in the system, in the file, what becomes of it."""
    return [
        *((one.sheet, one.cell, "", "", "", "", one.sentence) for one in check.faults),
        *_compared(check.stale, _("Left as it is: saved in the system meanwhile")),
        *_compared(check.changes, _("Will be written")),
    ]


def _compared(lines: Sequence[Stale | Change], outcome: str) -> Iterator[tuple[str, ...]]:
    for line in lines:
        for cell in line.cells:
            yield line.sheet, cell.cell, line.answer.criterion.code, cell.label, cell.old, cell.new, outcome


def report_workbook(rows: Sequence[Sequence[str]], title: str, moment: datetime) -> bytes:
    book = new_book()
    sheet = book.create_sheet(_("Report"))
    set_widths(sheet, list(_WIDTHS))
    put(sheet.cell(1, 1), title, Look(size=14, bold=True))
    heads = [
        _("Sheet"),
        _("Cell"),
        _("Criterion"),
        _("What"),
        _("In the system"),
        _("In the file"),
        _("What becomes of it"),
    ]
    for number, row in enumerate([heads, *rows], 3):
        for column, text in enumerate(row, 1):
            put(sheet.cell(number, column), text or None, _HEAD if number == 3 else _TEXT)
    sheet.freeze_panes = "A4"
    set_up_page(sheet, Page((3, 3)))
    return saved(book, title=title, moment=moment)
