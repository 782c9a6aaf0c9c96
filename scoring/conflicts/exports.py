"""The register of conflicts of interest as a workbook that an office prints; Vietnamese by nature, like every paper."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import translation
from django.utils.timezone import localtime

from core.workbook.paper import INDENT, Look, Page, height_of, put, put_across, set_up_page, set_widths
from core.workbook.saving import new_book, saved
from scoring.models import Conflict, Cycle

SIZE, FIRST = 10, 5
COLUMNS = [
    ("TT", 5),
    ("Người hoặc cơ quan", 30),
    ("Đơn vị", 28),
    ("Quan hệ", 22),
    ("Lý do", 40),
    ("Kê khai", 24),
    ("Kết thúc", 32),
]
HEAD = Look(SIZE, bold=True, across="center", wrap=True, edges="thin")
TEXT = Look(SIZE, wrap=True, edges="thin", down="top")
NUMBER = Look(SIZE, across="right", edges="thin", down="top")
UNDER = Look(11, italic=True, across="center")


def register_workbook(cycle: Cycle, rows: Iterable[Conflict], now: datetime) -> bytes:
    """The rows in the order given, withdrawn ones with their reason."""
    rows, last = list(rows), len(COLUMNS)
    book = new_book()
    sheet = book.create_sheet("Xung đột lợi ích")
    title = f"SỔ THEO DÕI XUNG ĐỘT LỢI ÍCH TRONG THẨM ĐỊNH, NĂM {cycle.year}"
    with translation.override("vi"):
        set_widths(sheet, [width for _title, width in COLUMNS])
        put_across(sheet, 1, 1, last, title, Look(14, bold=True, across="center"))
        marks = "Dữ liệu minh họa. " if cycle.is_sample else ""
        said = f"{marks}{len(rows)} trường hợp, lúc {_moment(now)} (giờ máy chủ). Không ai thẩm định đơn vị của mình."
        put_across(sheet, 2, 1, last, said, UNDER)
        for column, (heading, _width) in enumerate(COLUMNS, 1):
            put(sheet.cell(FIRST - 1, column), heading, HEAD)
        for number, one in enumerate(rows, 1):
            cells = _cells(one)
            put(sheet.cell(FIRST + number - 1, 1), number, NUMBER)
            for column, text in enumerate(cells, 2):
                put(sheet.cell(FIRST + number - 1, column), text, TEXT)
            heights = [height_of(text, COLUMNS[at][1] - INDENT, SIZE) for at, text in enumerate(cells, 1)]
            sheet.row_dimensions[FIRST + number - 1].height = max(heights)
    sheet.freeze_panes = sheet.cell(FIRST, 3)
    page = Page(head_rows=(FIRST - 1, FIRST - 1), top=marks.strip(" ."), foot_left=f"Xung đột lợi ích {cycle.year}")
    set_up_page(sheet, page)
    return saved(book, title=title, moment=now)


def _cells(one: Conflict) -> list[str]:
    ended = (
        f"{one.withdrawn_by.full_name}, {_moment(one.withdrawn_at)}\n{one.withdrawal_reason}"
        if one.withdrawn_at
        else ""
    )
    return [
        one.person.full_name if one.person else one.agency.name,
        one.unit.name,
        str(one.get_kind_display()),
        one.reason,
        f"{one.declared_by.full_name}\n{_moment(one.declared_at)}",
        ended,
    ]


def _moment(moment: datetime) -> str:
    return f"{localtime(moment):%H:%M %d/%m/%Y}"
