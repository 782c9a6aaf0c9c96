"""The list of the commended as a workbook that an office prints."""

from typing import TYPE_CHECKING

from core.official.words import day_in_words
from nominations.certifying.papers import SAMPLE_NOTE, SUBJECTS
from nominations.certifying.wording import detail_of
from nominations.models import Decision, DecisionItem

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

# Head and width in characters.
COLUMNS = [
    ("TT", 5),
    ("Số sổ vàng", 12),
    ("Tập thể, cá nhân", 30),
    ("Chức vụ, đơn vị", 30),
    ("Hạng", 7),
    ("Điểm", 9),
    ("Thành tích", 36),
    ("Mã kiểm tra", 20),
]
HEAD_ROW = 4


def awarded_workbook(decision: Decision, items: list[DecisionItem]) -> bytes:
    """Title and decision, then one row for each subject under its heading. Numbers are numbers, text never runs."""
    from core.workbook.paper import Page, set_up_page, set_widths  # noqa: PLC0415 - loads openpyxl, 150 ms
    from core.workbook.saving import new_book, saved  # noqa: PLC0415 - as above

    book = new_book()
    sheet = book.create_sheet("Danh sách")
    title = f"DANH SÁCH TẬP THỂ, CÁ NHÂN ĐƯỢC TẶNG {decision.award.full_title.upper()}"
    _write_head(sheet, title, _under(decision))
    row = HEAD_ROW + 1
    for subject, name in SUBJECTS.items():
        chosen = [item for item in items if item.nomination.subject == subject]
        row = _write_section(sheet, row, name, chosen)
    set_widths(sheet, [width for _head, width in COLUMNS])
    note = SAMPLE_NOTE if decision.cycle.is_sample else ""
    set_up_page(sheet, Page(head_rows=(HEAD_ROW, HEAD_ROW), top=note, foot_left=_under(decision)))
    return saved(book, title=title, moment=decision.signed_at)


def _under(decision: Decision) -> str:
    return f"Quyết định số {decision.number} {day_in_words(decision.dated_on)}"


def _write_head(sheet: "Worksheet", title: str, under: str) -> None:
    from core.workbook.paper import Look, put, put_across  # noqa: PLC0415 - loads openpyxl

    put_across(sheet, 1, 1, len(COLUMNS), title, Look(14, bold=True, across="center"))
    put_across(sheet, 2, 1, len(COLUMNS), under, Look(12, italic=True, across="center"))
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 22, 19
    for column, (head, _width) in enumerate(COLUMNS, 1):
        put(sheet.cell(HEAD_ROW, column), head, Look(bold=True, across="center", wrap=True, edges="thin"))


def _write_section(sheet: "Worksheet", row: int, name: str, items: list[DecisionItem]) -> int:
    """The rows of collectives or of persons from `row` on; the next free row. Nothing for an empty section."""
    from core.workbook.paper import INDENT, Look, height_of, put, put_across  # noqa: PLC0415 - loads openpyxl

    if not items:
        return row
    put_across(sheet, row, 1, len(COLUMNS), f"{name} ({len(items)})", Look(bold=True, edges="thin"))
    for place, item in enumerate(items, 1):
        cells = _cells(place, item)
        for column, (value, look) in enumerate(cells, 1):
            put(sheet.cell(row + place, column), value, look)
        heights = [
            height_of(value, width - INDENT)
            for (value, _look), (_head, width) in zip(cells, COLUMNS, strict=True)
            if isinstance(value, str)
        ]
        sheet.row_dimensions[row + place].height = max(heights) + 5
    return row + len(items) + 1


def _cells(place: int, item: DecisionItem) -> list:
    """(value, look) of each column."""
    from core.workbook.paper import POINTS, WHOLE, Look  # noqa: PLC0415 - loads openpyxl

    text, middle = Look(wrap=True, edges="thin"), Look(across="center", edges="thin")
    one, certificate = item.nomination, getattr(item.nomination, "certificate", None)
    return [
        (place, middle),
        (certificate.book_number if certificate else "", middle),
        (one.recipient_name, text),
        (detail_of(one), text),
        (one.rank, Look(across="center", edges="thin", format=WHOLE)),
        (one.total, Look(across="right", edges="thin", format=POINTS)),
        (one.achievement, text),
        (certificate.printed_code if certificate else "", middle),
    ]
