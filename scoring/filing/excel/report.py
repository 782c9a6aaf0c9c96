"""The dry run as a file of its own: to be read beside the form while it is mended."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from core.workbook.paper import Look, Page, put, set_up_page, set_widths
from core.workbook.saving import new_book, saved

_WIDTHS = (24, 10, 12, 34, 34, 34, 40)
_HEAD, _TEXT = Look(bold=True, across="center", wrap=True, edges="thin"), Look(wrap=True, edges="thin", down="top")


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
