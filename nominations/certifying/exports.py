"""The list of the commended as a workbook that an office prints."""

from nominations.certifying.papers import SAMPLE_NOTE
from nominations.certifying.wording import day_in_words, detail_of
from nominations.enums import Subject
from nominations.models import Decision, DecisionItem

HEADS = [
    ("TT", 5),
    ("Số sổ vàng", 11),
    ("Tập thể, cá nhân", 34),
    ("Chức vụ, đơn vị", 34),
    ("Hạng", 7),
    ("Điểm", 9),
    ("Thành tích", 46),
    ("Mã kiểm tra", 17),
]
SUBJECTS = {Subject.COLLECTIVE: "TẬP THỂ", Subject.PERSON: "CÁ NHÂN"}


def awarded_workbook(decision: Decision, items: list[DecisionItem]) -> bytes:
    """Title, one row for each subject under its heading, the decision below the title. Numbers are numbers."""
    from openpyxl import Workbook  # noqa: PLC0415 - 150 ms to load, for this function alone

    from core.workbook.paper import Look, Page, put, put_across, set_up_page, set_widths  # noqa: PLC0415 - as above
    from core.workbook.saving import saved  # noqa: PLC0415 - as above

    book = Workbook()
    sheet = book.active
    sheet.title = "Danh sách"
    last = len(HEADS)
    title = f"DANH SÁCH TẬP THỂ, CÁ NHÂN ĐƯỢC TẶNG {decision.award.full_title.upper()}"
    put_across(sheet, 1, 1, last, title, Look(14, bold=True, across="center"))
    put_across(sheet, 2, 1, last, _under(decision), Look(12, italic=True, across="center"))
    for column, (head, _width) in enumerate(HEADS, 1):
        put(sheet.cell(4, column), head, Look(bold=True, across="center", wrap=True, edges="thin"))
    row = 5
    for subject, name in SUBJECTS.items():
        chosen = [item for item in items if item.nomination.subject == subject]
        if chosen:
            put_across(sheet, row, 1, last, f"{name} ({len(chosen)})", Look(bold=True, edges="thin"))
            row += 1
        for place, item in enumerate(chosen, 1):
            for column, (value, look) in enumerate(_cells(place, item), 1):
                put(sheet.cell(row, column), value, look)
            row += 1
    set_widths(sheet, [width for _head, width in HEADS])
    note = SAMPLE_NOTE if decision.cycle.is_sample else ""
    set_up_page(sheet, Page(head_rows=(4, 4), top=note, foot_left=_under(decision)))
    return saved(book, title=title, moment=decision.signed_at)


def _under(decision: Decision) -> str:
    return f"Quyết định số {decision.number} {day_in_words(decision.dated_on)}"


def _cells(place: int, item: DecisionItem) -> list:
    from core.workbook.paper import POINTS, WHOLE, Look  # noqa: PLC0415 - loads openpyxl

    text = Look(wrap=True, edges="thin")
    middle = Look(across="center", edges="thin")
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
