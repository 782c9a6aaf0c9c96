"""The filing board as a workbook that an office prints: A4 lying, head row repeated, numbers as numbers.

The sheet is a paper of the province and Vietnamese by nature, as the ranking's is.
"""

from datetime import datetime

from django.utils import translation
from django.utils.timezone import localtime
from openpyxl.worksheet.worksheet import Worksheet

from accounts.models import User
from core.templatetags.values import last_moment, late_by
from core.workbook.paper import INDENT, WHOLE, Look, Page, height_of, put, put_across, set_up_page, set_widths
from core.workbook.saving import new_book, saved
from scoring.cycles.board import BoardRow, Flag
from scoring.models import Cycle

SIZE, FIRST = 10, 6
COLUMNS = [
    ("TT", 5),
    ("Đơn vị", 26),
    ("Trạng thái", 21),
    ("Đã kê khai", 8),
    ("Tổng số dòng", 8),
    ("Thiếu tài liệu", 8),
    ("Hoạt động cuối", 18),
    ("Hạn nộp, gia hạn", 20),
    ("Cán bộ đầu mối", 30),
    ("Thủ trưởng", 30),
    ("Nhắc gần nhất", 16),
]
HEAD = Look(SIZE, bold=True, across="center", wrap=True, edges="thin")
TEXT = Look(SIZE, wrap=True, edges="thin", down="top")
NUMBER = Look(SIZE, across="right", edges="thin", down="top", format=WHOLE)
UNDER = Look(11, italic=True, across="center")


def board_workbook(cycle: Cycle, rows: list[BoardRow], now: datetime) -> bytes:
    """The rows in the order given. `now` stands on the sheet: a board is true at its moment only."""
    book = new_book()
    sheet = book.create_sheet("Tiến độ kê khai")
    title = f"TIẾN ĐỘ KÊ KHAI, TỰ ĐÁNH GIÁ NĂM {cycle.year}"
    with translation.override("vi"):
        _fill(sheet, cycle, rows, now, title)
    return saved(book, title=title, moment=now)


def _fill(sheet: Worksheet, cycle: Cycle, rows: list[BoardRow], now: datetime, title: str) -> None:
    last = len(COLUMNS)
    set_widths(sheet, [width for _title, width in COLUMNS])
    put_across(sheet, 1, 1, last, title, Look(14, bold=True, across="center"))
    limits = f"Nộp đúng hạn đến hết {_day(cycle.filing_closes_at)}, nộp trễ đến hết {_day(cycle.filing_locks_at)}"
    put_across(sheet, 2, 1, last, limits, UNDER)
    marks = "Dữ liệu minh họa. " if cycle.is_sample else ""
    put_across(sheet, 3, 1, last, f"{marks}{len(rows)} đơn vị, lúc {_moment(now)} (giờ máy chủ)", UNDER)
    for column, (heading, _width) in enumerate(COLUMNS, 1):
        put(sheet.cell(FIRST - 1, column), heading, HEAD)
    sheet.row_dimensions[FIRST - 1].height = 40
    for number, row in enumerate(rows, 1):
        _write(sheet, FIRST + number - 1, number, row)
    sheet.freeze_panes = sheet.cell(FIRST, 3)
    page = Page(head_rows=(FIRST - 1, FIRST - 1), top=marks.strip(" ."), foot_left=f"Tiến độ kê khai {cycle.year}")
    set_up_page(sheet, page)


def _write(sheet: Worksheet, at: int, number: int, row: BoardRow) -> None:
    unit = row.assessment.unit
    cells = [
        number,
        unit.name,
        _state(row),
        row.saved,
        row.lines,
        row.missing,
        f"{_moment(row.last_at)}\n{row.last_by}" if row.last_at else "chưa có",
        _limit(row),
        _people(row.officers),
        _people(row.heads),
        f"{_moment(row.reminder.sent_at)}\n{row.reminder.sent_by.full_name}" if row.reminder else "chưa nhắc",
    ]
    for column, value in enumerate(cells, 1):
        put(sheet.cell(at, column), value, NUMBER if isinstance(value, int) else TEXT)
    texts = [(value, COLUMNS[place][1] - INDENT) for place, value in enumerate(cells) if isinstance(value, str)]
    sheet.row_dimensions[at].height = max(height_of(text, width, SIZE) for text, width in texts)


def _state(row: BoardRow) -> str:
    one, said = row.assessment, [str(row.standing.label)]
    if one.submitted_at:
        said.append(_moment(one.submitted_at))
    if one.late_minutes:
        said.append(late_by(one.late_minutes))
    if row.is_overdue:
        said.append("đã quá hạn")
    return "\n".join(said)


def _limit(row: BoardRow) -> str:
    said = [f"đến hết {_day(row.limits.on_time_until)}"]
    if Flag.EXTENDED in row.flags:
        said.append("(được gia hạn)")
    if row.asked:
        said.append(f"xin gia hạn đến hết {_day(row.asked.asked_until)}")
    return "\n".join(said)


def _people(people: list[User]) -> str:
    said = ["\n".join(part for part in (one.full_name, one.phone, one.email) if part) for one in people]
    return "\n".join(said) or "chưa có"


def _moment(moment: datetime) -> str:
    return f"{localtime(moment):%H:%M %d/%m/%Y}"


def _day(end: datetime) -> str:
    return f"{localtime(last_moment(end)):%d/%m/%Y}"
