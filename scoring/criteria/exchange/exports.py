"""What a dry run found wrong, as a file: to be read beside the one that is mended."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from core.workbook.paper import INDENT, Look, Page, height_of, put, set_up_page, set_widths
from core.workbook.saving import new_book, saved
from scoring.criteria.workbook import Fault

WIDTHS = [28, 24, 88]
HEAD = Look(bold=True, across="center", wrap=True, edges="thin")
CELL = Look(wrap=True, edges="thin", down="top")
HEAD_ROW = 3


def faults_workbook(faults: Sequence[Fault], moment: datetime) -> bytes:
    book = new_book()
    sheet = book.create_sheet(_("Report"))
    set_widths(sheet, WIDTHS)
    title = _("What must be mended")
    put(sheet.cell(1, 1), title, Look(size=14, bold=True))
    for column, text in enumerate([_("Sheet"), _("Cell or place"), _("Reason, and how to mend it")], 1):
        put(sheet.cell(HEAD_ROW, column), text, HEAD)
    for row, fault in enumerate(faults, HEAD_ROW + 1):
        for column, text in enumerate([fault.sheet, fault.place, fault.sentence], 1):
            put(sheet.cell(row, column), text or None, CELL)
        sheet.row_dimensions[row].height = height_of(fault.sentence, WIDTHS[2] - INDENT, CELL.size)
    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, 1)
    set_up_page(sheet, Page((HEAD_ROW, HEAD_ROW)))
    return saved(book, title=title, moment=moment)
