"""Double marking as a workbook for the minutes; Vietnamese by nature, like every paper."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.utils import translation
from django.utils.timezone import localtime
from openpyxl.worksheet.worksheet import Worksheet

from core.workbook.paper import INDENT, POINTS, WHOLE, Look, Page, height_of, put, put_across, set_up_page, set_widths
from core.workbook.saving import new_book, saved
from scoring.marking.agreement import FEWEST, Agreement
from scoring.marking.selectors import CycleAgreement, DrawRow
from scoring.models import Cycle, SecondMark

SIZE, FIRST = 10, 6
HEAD = Look(SIZE, bold=True, across="center", wrap=True, edges="thin")
TEXT = Look(SIZE, wrap=True, edges="thin", down="top")
COUNT = Look(SIZE, across="right", edges="thin", down="top", format=WHOLE)
NUMBER = Look(SIZE, across="right", edges="thin", down="top", format=POINTS)
UNDER = Look(11, italic=True, across="center", wrap=True)
TITLE = "THẨM ĐỊNH HAI LƯỢT ĐỘC LẬP NĂM {year}"
DRAWS = [("Cơ quan thẩm định", 40), ("Tỷ lệ (%)", 9), ("Ngưỡng (%)", 9), ("Số bốc thăm", 11), ("Số dòng", 9),
         ("Đã có lượt hai", 10), ("Lệch quá ngưỡng", 10), ("Đã phân xử", 9), ("Bốc thăm lúc", 18)]  # fmt: skip
AGREEMENT = [("Tiêu chí, cán bộ thẩm định", 60), ("Số dòng có hai lượt", 12), ("Điểm như nhau (%)", 12),
             ("Lệch trung bình (%)", 12), ("Lượt hai trừ lượt một (%)", 14), ("Kappa có trọng số", 12)]  # fmt: skip
LINES = [("Đơn vị", 26), ("Mã", 12), ("Tiêu chí", 40), ("Điểm tối đa", 9), ("Lượt một", 9), ("Lượt hai", 9),
         ("Được tính", 9), ("Phân xử", 44)]  # fmt: skip
TOO_FEW_CRITERIA = "{count} tiêu chí có dưới {fewest} dòng: chưa nhận định"
TOO_FEW = "dưới {fewest} dòng"


def marking_workbook(
    cycle: Cycle, draws: list[DrawRow], agreed: CycleAgreement, both: Iterable[SecondMark], now: datetime
) -> bytes:
    """Three sheets: the draws, how alike people mark, and every line with its two marks."""
    book, title = new_book(), TITLE.format(year=cycle.year)
    with translation.override("vi"):
        _fill(book.create_sheet("Bốc thăm"), cycle, DRAWS, [_draw(one) for one in draws], now)
        rows = [["Tất cả tiêu chí", *_agreement(agreed.whole)]]
        rows += [[f"{one.criterion.code} {one.criterion.title}", *_agreement(one.found)] for one in agreed.told]
        if agreed.untold:
            few = sum(one.found.pairs for one in agreed.untold)
            rows.append([TOO_FEW_CRITERIA.format(count=len(agreed.untold), fewest=FEWEST), few, "", "", "", ""])
        rows += [[one.person.full_name, *_agreement(one.found)] for one in agreed.people]
        _fill(book.create_sheet("Mức thống nhất"), cycle, AGREEMENT, rows, now)
        _fill(book.create_sheet("Từng dòng"), cycle, LINES, [_line(one) for one in both], now)
    return saved(book, title=title, moment=now)


def _draw(one: DrawRow) -> list:
    draw = one.draw
    head = [draw.agency.name, draw.share_percent, draw.gap_percent, str(draw.seed)]
    return [*head, one.lines, one.saved, one.disputed, one.settled, _moment(draw.made_at)]


def _agreement(found: Agreement) -> list:
    if not found.is_enough:
        return [found.pairs, TOO_FEW.format(fewest=FEWEST), "", "", ""]
    figures = [found.alike_percent, found.mean_gap_percent, found.lean_percent, found.kappa_shown]
    return [found.pairs, *("" if one is None else one for one in figures)]


def _line(one: SecondMark) -> list:
    answer = one.answer
    first = one.first_points if one.settled_at else answer.appraised_points
    figures = [answer.criterion.max_points, first, one.points, answer.appraised_points]
    said = one.settled_reason or ("Chờ người thứ ba" if one.disputed else "")
    shown = ["" if points is None else points for points in figures]
    return [answer.assessment.unit.name, answer.criterion.code, answer.criterion.title, *shown, said]


def _fill(sheet: Worksheet, cycle: Cycle, columns: list[tuple[str, int]], rows: list[list], now: datetime) -> None:
    last = len(columns)
    set_widths(sheet, [width for _title, width in columns])
    put_across(sheet, 1, 1, last, TITLE.format(year=cycle.year), Look(14, bold=True, across="center"))
    put_across(sheet, 2, 1, last, sheet.title, UNDER)
    marks = "Dữ liệu minh họa. " if cycle.is_sample else ""
    put_across(sheet, 3, 1, last, f"{marks}In lúc {_moment(now)} (giờ máy chủ)", UNDER)
    for column, (heading, _width) in enumerate(columns, 1):
        put(sheet.cell(FIRST - 1, column), heading, HEAD)
    sheet.row_dimensions[FIRST - 1].height = max(height_of(text, width, SIZE) for text, width in columns)
    for at, cells in enumerate(rows, FIRST):
        for column, value in enumerate(cells, 1):
            put(sheet.cell(at, column), value, _look(value))
        texts = [(text, columns[place][1] - INDENT) for place, text in enumerate(cells) if isinstance(text, str)]
        sheet.row_dimensions[at].height = max(height_of(text, width, SIZE) for text, width in texts)
    sheet.freeze_panes = sheet.cell(FIRST, 2)
    page = Page(head_rows=(FIRST - 1, FIRST - 1), top=marks.strip(" ."), foot_left=f"Thẩm định hai lượt {cycle.year}")
    set_up_page(sheet, page)


def _look(value: object) -> Look:
    if isinstance(value, Decimal):
        return NUMBER
    return COUNT if isinstance(value, int) else TEXT


def _moment(moment: datetime) -> str:
    return f"{localtime(moment):%H:%M %d/%m/%Y}"
