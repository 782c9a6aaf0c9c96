"""Flags about evidence as a workbook that an office prints; Vietnamese by nature, like every paper."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import translation
from django.utils.timezone import localtime

from core.workbook.paper import INDENT, Look, Page, height_of, put, put_across, set_up_page, set_widths
from core.workbook.saving import new_book, saved
from scoring.enums import FlagKind
from scoring.models import Cycle
from scoring.twins.selectors import SeenFlag, Side

SIZE, FIRST = 10, 5
COLUMNS = [
    ("TT", 5),
    ("Dấu hiệu", 20),
    ("Giống nhau (%)", 10),
    ("Đơn vị", 22),
    ("Tiêu chí", 9),
    ("Tài liệu", 34),
    ("Đơn vị có tài liệu trùng", 22),
    ("Tiêu chí", 9),
    ("Tài liệu", 34),
    ("Kết quả xem xét", 30),
]
HEAD = Look(SIZE, bold=True, across="center", wrap=True, edges="thin")
TEXT = Look(SIZE, wrap=True, edges="thin", down="top")
NUMBER = Look(SIZE, across="right", edges="thin", down="top")
UNDER = Look(11, italic=True, across="center")


def twins_workbook(cycle: Cycle, rows: Sequence[SeenFlag], now: datetime) -> bytes:
    """The rows in the order given."""
    book, last = new_book(), len(COLUMNS)
    sheet = book.create_sheet("Tài liệu trùng")
    title = f"TÀI LIỆU KIỂM CHỨNG TRÙNG NHAU, NGOÀI NĂM ĐÁNH GIÁ {cycle.year}"
    marks = "Dữ liệu minh họa. " if cycle.is_sample else ""
    with translation.override("vi"):
        set_widths(sheet, [width for _title, width in COLUMNS])
        put_across(sheet, 1, 1, last, title, Look(14, bold=True, across="center"))
        put_across(sheet, 2, 1, last, f"{marks}{len(rows)} dấu hiệu, lúc {_moment(now)} (giờ máy chủ)", UNDER)
        for column, (heading, _width) in enumerate(COLUMNS, 1):
            put(sheet.cell(FIRST - 1, column), heading, HEAD)
        for at, one in enumerate(rows, FIRST):
            cells = [at - FIRST + 1, *_cells(one)]
            for column, value in enumerate(cells, 1):
                put(sheet.cell(at, column), value, TEXT if isinstance(value, str) else NUMBER)
            heights = [height_of(str(one or ""), COLUMNS[place][1] - INDENT, SIZE) for place, one in enumerate(cells)]
            sheet.row_dimensions[at].height = max(heights)
    sheet.row_dimensions[FIRST - 1].height = 2 * height_of("x", 10, SIZE)
    sheet.freeze_panes = sheet.cell(FIRST, 3)
    foot = f"Tài liệu trùng {cycle.year}"
    set_up_page(sheet, Page(head_rows=(FIRST - 1, FIRST - 1), top=marks.strip(" ."), foot_left=foot))
    return saved(book, title=title, moment=now)


def _cells(one: SeenFlag) -> list[str | int | None]:
    flag = one.flag
    percent = None if flag.kind == FlagKind.OUTSIDE_YEAR else flag.likeness_percent
    said = str(flag.get_kind_display())
    if flag.dated_on:
        said += f": {flag.dated_on:%d/%m/%Y}"
    aside = (
        f"{flag.set_aside_by.full_name}, {_moment(flag.set_aside_at)}\n{flag.set_aside_reason}"
        if flag.set_aside_at
        else ""
    )
    return [said, percent, *_place(one.here), *_place(one.there), aside]


def _place(side: Side | None) -> list[str]:
    return [side.assessment.unit.name, side.answer.criterion.code, str(side.document)] if side else ["", "", ""]


def _moment(moment: datetime) -> str:
    return f"{localtime(moment):%H:%M %d/%m/%Y}"
