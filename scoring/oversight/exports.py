"""The ledger of a group as a workbook that an office prints: units by cause, and every line that moved.

The sheets are papers of the province and Vietnamese by nature, as the ranking's are.
"""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.utils import translation
from django.utils.text import capfirst
from django.utils.timezone import localtime
from openpyxl.worksheet.worksheet import Worksheet

from core.workbook.paper import INDENT, POINTS, Look, Page, height_of, put, put_across, set_up_page, set_widths
from core.workbook.saving import new_book, saved
from scoring.models import Cycle, CycleGroup
from scoring.oversight.ledger import CAUSES, UnitLedger, sums

SIZE, FIRST = 10, 5
LINE_COLUMNS = [("Đơn vị", 26), ("Mã", 12), ("Tiêu chí", 44), ("Tự chấm", 9), ("Được tính", 9), ("Chênh lệch", 9),
                ("Nguyên nhân", 44)]  # fmt: skip
HEAD = Look(SIZE, bold=True, across="center", wrap=True, edges="thin")
TEXT = Look(SIZE, wrap=True, edges="thin", down="top")
NUMBER = Look(SIZE, across="right", edges="thin", down="top", format=POINTS)
SUM, SUM_TEXT = Look(SIZE, bold=True, across="right", edges="thin", format=POINTS), Look(SIZE, bold=True, edges="thin")
UNDER = Look(11, italic=True, across="center")


def ledger_workbook(cycle: Cycle, one: CycleGroup, units: list[UnitLedger], now: datetime) -> bytes:
    """The units in the order given."""
    book = new_book()
    title = f"SỔ ĐIỂM THẨM ĐỊNH NĂM {cycle.year}"
    with translation.override("vi"):
        under = f"{one.group.label}, lúc {localtime(now):%H:%M %d/%m/%Y} (giờ máy chủ)"
        _fill_units(book.create_sheet("Theo nguyên nhân"), title, under, units)
        _fill_lines(book.create_sheet("Từng tiêu chí"), title, under, units)
    page = Page(
        head_rows=(FIRST - 1, FIRST - 1),
        top="Dữ liệu minh họa" if cycle.is_sample else "",
        foot_left=title.capitalize(),
    )
    for sheet in book.worksheets:
        set_up_page(sheet, page)
    return saved(book, title=title, moment=now)


def _begin(sheet: Worksheet, title: str, under: str, columns: list[tuple[str, int]]) -> None:
    set_widths(sheet, [width for _title, width in columns])
    put_across(sheet, 1, 1, len(columns), title, Look(14, bold=True, across="center"))
    put_across(sheet, 2, 1, len(columns), under, UNDER)
    for column, (heading, _width) in enumerate(columns, 1):
        put(sheet.cell(FIRST - 1, column), heading, HEAD)
    sheet.row_dimensions[FIRST - 1].height = max(height_of(text, width, SIZE) for text, width in columns)
    sheet.freeze_panes = sheet.cell(FIRST, 2)


def _fill_units(sheet: Worksheet, title: str, under: str, units: list[UnitLedger]) -> None:
    by_cause = sums(move for unit in units for move in unit.moves)
    causes = [(capfirst(CAUSES[cause]) + (f" ({cause})" if cause.isupper() else ""), 13) for cause in by_cause]
    columns = [("Đơn vị", 30), ("Tự chấm", 10), *causes, ("Được tính", 10), ("Chênh lệch", 10)]
    _begin(sheet, title, under, columns)
    for at, unit in enumerate(units, FIRST):
        moved = [unit.by_cause.get(cause) for cause in by_cause]
        _write(sheet, at, [unit.assessment.unit.name, unit.claimed, *moved, unit.final, unit.difference])
    last = FIRST + len(units)
    put(sheet.cell(last, 1), "Cộng", SUM_TEXT)
    totals = [_sum(unit.claimed for unit in units), *by_cause.values(), _sum(unit.final for unit in units),
              _sum(unit.difference for unit in units)]  # fmt: skip
    for column, points in enumerate(totals, 2):
        put(sheet.cell(last, column), points, SUM)


def _sum(points: Iterable[Decimal | None]) -> Decimal:
    return sum((one for one in points if one is not None), Decimal(0))


def _fill_lines(sheet: Worksheet, title: str, under: str, units: list[UnitLedger]) -> None:
    _begin(sheet, title, under, LINE_COLUMNS)
    at = FIRST
    for unit in units:
        for line in unit.lines:
            for move in line.moves:
                cells = [
                    unit.assessment.unit.name,
                    line.leaf.code,
                    line.leaf.title.vi,
                    line.claimed,
                    line.final,
                    move.points,
                ]
                _write(sheet, at, [*cells, str(move.label)])
                texts = [(line.leaf.title.vi, LINE_COLUMNS[2][1]), (str(move.label), LINE_COLUMNS[6][1])]
                sheet.row_dimensions[at].height = max(height_of(text, width - INDENT, SIZE) for text, width in texts)
                at += 1


def _write(sheet: Worksheet, at: int, cells: list[str | Decimal | None]) -> None:
    for column, value in enumerate(cells, 1):
        put(sheet.cell(at, column), value, TEXT if isinstance(value, str) else NUMBER)
