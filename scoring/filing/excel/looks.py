"""How cells of the form look: what is typed is light yellow and open, all else is locked."""

from datetime import date
from decimal import Decimal

from openpyxl.cell import Cell
from openpyxl.styles import PatternFill, Protection
from openpyxl.worksheet.worksheet import Worksheet

from core.workbook.paper import Look, put

HEAD = Look(size=11, bold=True, across="center", wrap=True, edges="thin")
TEXT = Look(wrap=True, edges="thin", down="top")
MIDDLE = Look(across="center", wrap=True, edges="thin", down="top")
NUMBER = Look(across="right", edges="thin", down="top")
TITLE, LEAD, STRONG = Look(size=14, bold=True), Look(size=11), Look(bold=True)

HEAD_FILL = PatternFill("solid", fgColor="E3ECF4")
INPUT_FILL = PatternFill("solid", fgColor="FFF9DB")
SHUT_FILL = PatternFill("solid", fgColor="F1F1EE")
_OPEN = Protection(locked=False)


def put_input(cell: Cell, value: str | int | Decimal | date | None, look: Look, *, format: str = "") -> Cell:
    put(cell, value, look)
    cell.fill, cell.protection = INPUT_FILL, _OPEN
    if format:
        cell.number_format = format
    return cell


def put_shut(cell: Cell, value: str | None = None, look: Look = TEXT) -> Cell:
    put(cell, value, look)
    cell.fill = SHUT_FILL
    return cell


def protect(sheet: Worksheet) -> None:
    """Locked without a password: against a slip of the hand, not against its owner. Widths and heights stay free."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
