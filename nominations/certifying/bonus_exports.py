"""The list of bonuses as a workbook that an office prints, signs and pays from."""

from typing import TYPE_CHECKING

from core.official.words import day_in_words
from nominations.certifying.money import in_words
from nominations.certifying.papers import LAW, SAMPLE_NOTE, SUBJECTS
from nominations.certifying.wording import detail_of
from nominations.models import Decision, DecisionItem

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

# Head and width in characters.
COLUMNS = [
    ("TT", 5),
    ("Tập thể, cá nhân", 34),
    ("Chức vụ, đơn vị", 34),
    ("Hệ số", 8),
    ("Mức lương cơ sở (đồng)", 14),
    ("Tiền thưởng (đồng)", 16),
    ("Ký nhận", 18),
]
HEAD_ROW = 8
AMOUNT = 6
# 1,5 and 3,0.
FACTOR = "[$-42A]0.0###"


def bonus_workbook(decision: Decision, items: list[DecisionItem], law: list[str]) -> bytes:
    """Each subject with coefficient, base salary and amount; sums as formulas that carry their value.

    The items have their bonuses; `law` names where the rates come from (`rates.law_behind`).
    """
    from core.workbook.paper import Page, keep_together, set_up_page, set_widths  # noqa: PLC0415 - loads openpyxl, 150 ms
    from core.workbook.saving import new_book, saved  # noqa: PLC0415 - as above

    book = new_book()
    sheet = book.create_sheet("Tiền thưởng")
    set_widths(sheet, [width for _head, width in COLUMNS])
    title = f"DANH SÁCH CHI TIỀN THƯỞNG KÈM THEO {decision.award.title.upper()}"
    under = f"Quyết định số {decision.number} {day_in_words(decision.dated_on)} của {decision.award.authority}"
    _write_heading(sheet, decision, title, under, law)
    row, cached = HEAD_ROW + 1, {}
    for subject, name in SUBJECTS.items():
        chosen = [item for item in items if item.nomination.subject == subject]
        if chosen:
            cached[f"F{row}"] = sum(item.bonus_vnd for item in chosen)
            row = _write_section(sheet, row, f"{name} ({len(chosen)})", chosen)
    total = sum(cached.values())
    _write_sum(sheet, row, "Cộng", f"=SUM({','.join(cached)})")
    _write_end(sheet, row + 1, decision, total)
    page = Page(
        head_rows=(HEAD_ROW, HEAD_ROW), top=SAMPLE_NOTE if decision.cycle.is_sample else "", foot_left=decision.number
    )
    set_up_page(sheet, page)
    keep_together(sheet, row, page)
    return saved(book, title=title, moment=decision.signed_at, cached=cached | {f"F{row}": total})


def _write_heading(sheet: "Worksheet", decision: Decision, title: str, under: str, law: list[str]) -> None:
    from core.workbook.paper import Look, height_of, put, put_across  # noqa: PLC0415 - loads openpyxl

    middle, last = {"across": "center"}, len(COLUMNS)
    office = [*decision.award.superior_lines, *decision.award.office_lines]
    nation = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    for row, (left, right) in enumerate(zip(office, nation, strict=True), 1):
        put_across(sheet, row, 1, 2, left, Look(12, bold=True, **middle))
        put_across(sheet, row, 3, last, right, Look(12, bold=True, **middle))
    put_across(sheet, 4, 1, last, title, Look(14, bold=True, **middle))
    put_across(sheet, 5, 1, last, f"({under})", Look(12, italic=True, **middle))
    basis = f"Căn cứ: {'; '.join([*(line.removeprefix('Căn cứ ').rstrip(';') for line in LAW), *law])}."
    put_across(sheet, 6, 1, last, basis, Look(11, italic=True, across="center", wrap=True))
    width = sum(width for _head, width in COLUMNS)
    for row, height in ((4, 24), (5, 19), (6, height_of(basis, width) + 3), (7, 6), (HEAD_ROW, 34)):
        sheet.row_dimensions[row].height = height
    for column, (head, _width) in enumerate(COLUMNS, 1):
        put(sheet.cell(HEAD_ROW, column), head, Look(bold=True, across="center", wrap=True, edges="thin"))


def _write_section(sheet: "Worksheet", row: int, name: str, items: list[DecisionItem]) -> int:
    """Heading with its sum, then the rows; the next free row."""
    from core.workbook.paper import INDENT, WHOLE, Look, height_of, put  # noqa: PLC0415 - loads openpyxl

    _write_sum(sheet, row, name, f"=SUM(F{row + 1}:F{row + len(items)})", across="left")
    text, middle = Look(wrap=True, edges="thin"), Look(across="center", edges="thin")
    money, factor = Look(across="right", edges="thin", format=WHOLE), Look(across="center", edges="thin", format=FACTOR)
    for place, item in enumerate(items, 1):
        name, detail = item.nomination.recipient_name, detail_of(item.nomination)
        cells = [
            (place, middle),
            (name, text),
            (detail, text),
            (item.coefficient, factor),
            (item.base_salary_vnd, money),
            (item.bonus_vnd, money),
            ("", middle),
        ]
        for column, (value, look) in enumerate(cells, 1):
            put(sheet.cell(row + place, column), value, look)
        width = COLUMNS[1][1] - INDENT
        sheet.row_dimensions[row + place].height = max(26, height_of(name, width) + 5, height_of(detail, width) + 5)
    return row + len(items) + 1


def _write_sum(sheet: "Worksheet", row: int, name: str, formula: str, across: str = "center") -> None:
    from core.workbook.paper import WHOLE, Look, put, put_across  # noqa: PLC0415 - loads openpyxl

    put_across(sheet, row, 1, AMOUNT - 1, name, Look(bold=True, across=across, edges="thin"))
    cell = put(sheet.cell(row, AMOUNT), None, Look(bold=True, across="right", edges="thin", format=WHOLE))
    cell.value = formula
    put(sheet.cell(row, AMOUNT + 1), None, Look(edges="thin"))
    sheet.row_dimensions[row].height = 20


def _write_end(sheet: "Worksheet", row: int, decision: Decision, total: int) -> None:
    """The amount in words, place and date, who signs."""
    from core.workbook.paper import Look, put_across  # noqa: PLC0415 - loads openpyxl

    last, middle = len(COLUMNS), {"across": "center"}
    put_across(sheet, row, 1, last, f"Bằng chữ: {in_words(total)}.", Look(12, italic=True))
    put_across(sheet, row + 2, 4, last, "Sơn La, ngày      tháng      năm", Look(12, italic=True, **middle))
    signers = [(1, 2, "NGƯỜI LẬP BIỂU"), (3, 3, "KẾ TOÁN"), (4, last, "THỦ TRƯỞNG ĐƠN VỊ CHI")]
    for first, end, words in signers:
        put_across(sheet, row + 3, first, end, words, Look(12, bold=True, **middle))
        put_across(sheet, row + 4, first, end, "(Ký, ghi rõ họ tên)", Look(11, italic=True, **middle))
    for offset, height in ((0, 22), (1, 8), (2, 19), (3, 19), (4, 17), (5, 60)):
        sheet.row_dimensions[row + offset].height = height
    put_across(sheet, row + 5, 1, last, "", Look(12))
