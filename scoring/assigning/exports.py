"""The plan of an agency as a workbook for the minutes; Vietnamese by nature, like every paper."""

from datetime import datetime

from django.utils import translation
from django.utils.timezone import localtime
from openpyxl.worksheet.worksheet import Worksheet

from core.workbook.paper import INDENT, WHOLE, Look, Page, height_of, put, put_across, set_up_page, set_widths
from core.workbook.saving import new_book, saved
from scoring.models import Assignment, AssignmentPlan

SIZE, FIRST = 10, 6
HEAD = Look(SIZE, bold=True, across="center", wrap=True, edges="thin")
TEXT = Look(SIZE, wrap=True, edges="thin", down="top")
NUMBER = Look(SIZE, across="right", edges="thin", down="top", format=WHOLE)
UNDER = Look(11, italic=True, across="center", wrap=True)
LOADS = [("TT", 5), ("Cán bộ thẩm định", 34), ("Tài khoản", 30), ("Số phần được giao", 16), ("Số dòng được giao", 16)]
LINES = [("TT", 6), ("Đơn vị", 34), ("Mã", 14), ("Tiêu chí", 52), ("Cán bộ thẩm định", 30), ("Giao khác phương án", 44)]
TIES = [("TT", 5), ("Cán bộ thẩm định", 34), ("Đơn vị", 44), ("Lý do", 40)]
LEFT_TO_LEAD = "Tổ trưởng thẩm định"


def plan_workbook(plan: AssignmentPlan, rows: list[Assignment], now: datetime) -> bytes:
    """Three sheets: who got how much, every line as it is assigned now, the conflicts known when the plan was made."""
    book, title = new_book(), f"PHÂN CÔNG THẨM ĐỊNH NĂM {plan.cycle.year}"
    with translation.override("vi"):
        loads = [[name, account, whole, lines] for account, name, whole, lines in plan.loads]
        _sheet(book.create_sheet("Khối lượng"), plan, title, LOADS, loads, now)
        lines = [_line(one) for one in rows]
        _sheet(book.create_sheet("Từng dòng"), plan, title, LINES, lines, now)
        ties = [[name, unit, reason] for _account, name, unit, reason in plan.conflicts]
        _sheet(book.create_sheet("Xung đột lợi ích"), plan, title, TIES, ties, now)
    return saved(book, title=title, moment=now)


def _line(one: Assignment) -> list[str]:
    other = (
        f"{one.override_reason}\n{one.overridden_by.full_name}, {_moment(one.overridden_at)}"
        if one.overridden_at
        else ""
    )
    person = one.appraiser.full_name if one.appraiser else LEFT_TO_LEAD
    return [one.answer.assessment.unit.name, one.answer.criterion.code, one.answer.criterion.title, person, other]


def _sheet(
    sheet: Worksheet, plan: AssignmentPlan, title: str, columns: list[tuple[str, int]], rows: list[list], now: datetime
) -> None:
    last = len(columns)
    set_widths(sheet, [width for _title, width in columns])
    put_across(sheet, 1, 1, last, title, Look(14, bold=True, across="center"))
    put_across(
        sheet, 2, 1, last, f"{plan.agency.name}, lập lúc {_moment(plan.made_at)} bởi {plan.made_by.full_name}", UNDER
    )
    how = (
        f"Chia {plan.get_mode_display()}, mỗi người tối đa {plan.cap}; số bốc thăm {plan.seed}; tổng bình phương khối lượng "
        f"{plan.balance}; giữ như năm trước {plan.repeats}"
    )
    put_across(sheet, 3, 1, last, how, UNDER)
    sheet.row_dimensions[3].height = height_of(how, sum(width for _title, width in columns), 11)
    marks = "Dữ liệu minh họa. " if plan.cycle.is_sample else ""
    put_across(sheet, 4, 1, last, f"{marks}In lúc {_moment(now)} (giờ máy chủ)", UNDER)
    for column, (heading, _width) in enumerate(columns, 1):
        put(sheet.cell(FIRST - 1, column), heading, HEAD)
    for number, cells in enumerate(rows, 1):
        at = FIRST + number - 1
        for column, value in enumerate([number, *cells], 1):
            put(sheet.cell(at, column), value, NUMBER if isinstance(value, int) else TEXT)
        texts = [(text, columns[place][1] - INDENT) for place, text in enumerate(cells, 1) if isinstance(text, str)]
        sheet.row_dimensions[at].height = max(height_of(text, width, SIZE) for text, width in texts)
    sheet.freeze_panes = sheet.cell(FIRST, 3)
    page = Page(head_rows=(FIRST - 1, FIRST - 1), top=marks.strip(" ."), foot_left=f"Phân công {plan.cycle.year}")
    set_up_page(sheet, page)


def _moment(moment: datetime) -> str:
    return f"{localtime(moment):%H:%M %d/%m/%Y}"
