"""The drift of marks as a workbook that the lead prints; Vietnamese by nature, like every paper."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import translation
from django.utils.timezone import localtime

from core.workbook.paper import INDENT, Look, Page, height_of, put, put_across, set_up_page, set_widths
from core.workbook.saving import new_book, saved
from scoring.anchors.report import PersonDrift
from scoring.anchors.words import said, said_rules
from scoring.models import Cycle

SIZE, FIRST = 10, 5
COLUMNS = [
    ("TT", 5),
    ("Thẩm định viên", 28),
    ("So với mẫu đối chiếu", 22),
    ("Căn cứ", 42),
    ("So với đồng nghiệp", 22),
    ("Căn cứ", 42),
]
HEAD = Look(SIZE, bold=True, across="center", wrap=True, edges="thin")
TEXT = Look(SIZE, wrap=True, edges="thin", down="top")
NUMBER = Look(SIZE, across="right", edges="thin", down="top")
UNDER, RULE = Look(11, italic=True, across="center"), Look(SIZE, wrap=True, down="top")


def drift_workbook(cycle: Cycle, rows: Iterable[PersonDrift], now: datetime) -> bytes:
    """The people in the order given, and below them by which rule a drift is told."""
    book, last = new_book(), len(COLUMNS)
    sheet = book.create_sheet("Độ lệch chấm")
    title = f"ĐỘ LỆCH CHẤM CỦA THẨM ĐỊNH VIÊN, NĂM {cycle.year}"
    marks = "Dữ liệu minh họa. " if cycle.is_sample else ""
    with translation.override("vi"):
        set_widths(sheet, [width for _title, width in COLUMNS])
        put_across(sheet, 1, 1, last, title, Look(14, bold=True, across="center"))
        under = f"{marks}Lúc {localtime(now):%H:%M %d/%m/%Y} (giờ máy chủ). Không điểm nào bị thay đổi theo bảng này."
        put_across(sheet, 2, 1, last, under, UNDER)
        for column, (heading, _width) in enumerate(COLUMNS, 1):
            put(sheet.cell(FIRST - 1, column), heading, HEAD)
        at = FIRST
        for number, one in enumerate(rows, 1):
            told = said(one)
            cells = [one.person.full_name, told.anchors_tendency, told.anchors, told.peers_tendency, told.peers]
            put(sheet.cell(at, 1), number, NUMBER)
            for column, text in enumerate(cells, 2):
                put(sheet.cell(at, column), text, TEXT)
            heights = [height_of(text, COLUMNS[place][1] - INDENT, SIZE) for place, text in enumerate(cells, 1)]
            sheet.row_dimensions[at].height = max(heights)
            at += 1
        whole = sum(width for _title, width in COLUMNS)
        for row, rule in enumerate(said_rules(), at + 1):
            put_across(sheet, row, 1, last, rule, RULE)
            sheet.row_dimensions[row].height = height_of(rule, whole - INDENT, SIZE)
    sheet.freeze_panes = sheet.cell(FIRST, 3)
    page = Page(head_rows=(FIRST - 1, FIRST - 1), top=marks.strip(" ."), foot_left=f"Độ lệch chấm {cycle.year}")
    set_up_page(sheet, page)
    return saved(book, title=title, moment=now)
