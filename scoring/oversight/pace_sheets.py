"""Who is late, as a workbook that an office prints; Vietnamese by nature, like every paper."""

from datetime import datetime

from django.utils import translation
from django.utils.timezone import localtime
from openpyxl.worksheet.worksheet import Worksheet

from core.templatetags.values import last_moment
from core.workbook.paper import INDENT, WHOLE, Look, Page, height_of, put, put_across, set_up_page, set_widths
from core.workbook.saving import new_book, saved
from scoring.models import Cycle
from scoring.oversight.pace import By, Pace, Phase

SIZE, FIRST = 10, 5
HEAD = Look(SIZE, bold=True, across="center", wrap=True, edges="thin")
TEXT = Look(SIZE, wrap=True, edges="thin", down="top")
NUMBER = Look(SIZE, across="right", edges="thin", down="top", format=WHOLE)
UNDER = Look(11, italic=True, across="center", wrap=True)
SHEETS = {
    By.APPRAISER: ("Theo người thẩm định", "Người thẩm định", "Cơ quan"),
    By.CRITERION: ("Theo tiêu chí", "Tiêu chí", "Cơ quan"),
    By.UNIT: ("Theo đơn vị", "Đơn vị", "Khối"),
}
FIGURES = [("Được giao", 11), ("Đã quyết định", 11), ("Chưa quyết định", 11), ("Chờ đơn vị trả lời", 11), ("Chậm (dòng)", 11),
           ("Cần mỗi ngày", 11), ("Quyết định gần nhất", 18)]  # fmt: skip


def pace_workbook(cycle: Cycle, rows: dict[By, list[Pace]], phase: Phase) -> bytes:
    """The rows in the order given, the latest first."""
    book, title = new_book(), f"TIẾN ĐỘ THẨM ĐỊNH NĂM {cycle.year}"
    with translation.override("vi"):
        for by, (name, who, beside) in SHEETS.items():
            _fill(book.create_sheet(name), title, _rule(phase), [(who, 44), (beside, 32), *FIGURES], rows[by])
    page = Page(
        head_rows=(FIRST - 1, FIRST - 1),
        top="Dữ liệu minh họa" if cycle.is_sample else "",
        foot_left=title.capitalize(),
    )
    for sheet in book.worksheets:
        set_up_page(sheet, page)
    return saved(book, title=title, moment=phase.now)


def _rule(phase: Phase) -> str:
    ends = f"{localtime(last_moment(phase.closes_at)):%d/%m/%Y}"
    return (
        f"Lúc {_moment(phase.now)} đã qua {phase.percent}% thời gian thẩm định, còn {phase.days_left} ngày đến hết {ends}. "
        "Chậm: số dòng đã quyết định ít hơn phần thời gian đã qua; dòng chờ đơn vị trả lời không tính là chậm."
    )


def _fill(sheet: Worksheet, title: str, rule: str, columns: list[tuple[str, int]], rows: list[Pace]) -> None:
    widths = [width for _head, width in columns]
    set_widths(sheet, widths)
    put_across(sheet, 1, 1, len(columns), title, Look(14, bold=True, across="center"))
    put_across(sheet, 2, 1, len(columns), rule, UNDER)
    sheet.row_dimensions[2].height = height_of(rule, sum(widths), 11)
    for column, (heading, _width) in enumerate(columns, 1):
        put(sheet.cell(FIRST - 1, column), heading, HEAD)
    sheet.row_dimensions[FIRST - 1].height = max(height_of(text, width, SIZE) for text, width in columns)
    for at, one in enumerate(rows, FIRST):
        named = [f"{one.code} {one.title}".strip(), one.beside]
        figures = [one.assigned, one.decided, one.open, one.waiting, one.behind, one.needed]
        last = _moment(one.last_at) if one.last_at else ""
        for column, value in enumerate([*named, *figures, last], 1):
            put(sheet.cell(at, column), value, TEXT if isinstance(value, str) else NUMBER)
        sheet.row_dimensions[at].height = max(
            height_of(text, width - INDENT, SIZE) for text, width in zip(named, widths, strict=False)
        )
    sheet.freeze_panes = sheet.cell(FIRST, 2)


def _moment(moment: datetime) -> str:
    return f"{localtime(moment):%H:%M %d/%m/%Y}"
