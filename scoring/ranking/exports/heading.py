"""What stands above and below a table by Nghị định 30/2020/NĐ-CP: names of state and office, title, decision, signatures."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from openpyxl.worksheet.worksheet import Worksheet

from core.workbook.paper import Look, height_of, put_across
from scoring.enums import RunState
from scoring.models import RankingRun
from scoring.ranking.reading import Reading

OFFICE = ("ỦY BAN NHÂN DÂN", "TỈNH SƠN LA")
STATE = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
SIGNER = "Chủ tịch Ủy ban nhân dân tỉnh Sơn La"
SIGNER_TITLE = "CHỦ TỊCH"
PLACE = "Sơn La"
SAMPLE = "DỮ LIỆU MINH HỌA"
DRAFT = "DỰ THẢO, CHƯA CÔNG BỐ"

_CENTRE = Look(across="center")


@dataclass(frozen=True)
class Annex:
    """One run on paper. `number` is roman where there are several annexes, empty for a single one."""

    run: RankingRun
    reading: Reading
    earlier_run: RankingRun | None
    earlier: Reading | None
    number: str

    @property
    def year(self) -> int:
        return self.reading.opened.year

    @property
    def is_draft(self) -> bool:
        return self.run.state == RunState.COMPUTED

    @property
    def marks(self) -> str:
        """What every page says at the upper right."""
        marks = [SAMPLE] if self.reading.opened.is_sample else []
        return " · ".join(marks + ([DRAFT] if self.is_draft else []))

    @property
    def decision(self) -> str:
        number = self.run.decision_number or "…/QĐ-UBND"
        return f"(Kèm theo Quyết định số {number} {long_date(self.run.decision_on)} của {SIGNER})"

    @property
    def group_noun(self) -> str:
        """XÃ, PHƯỜNG as it follows «CÁC» in a title."""
        return self.reading.opened.group_name.upper()

    @property
    def run_line(self) -> str:
        computed = timezone.localtime(self.run.computed_at)
        definition = self.reading.criteria_set
        return (
            f"Lần tính {self.run.number}, {computed:%H:%M %d/%m/%Y} · bộ tiêu chí {definition.code} {definition.year}"
            f" · bộ tính điểm {self.run.engine_version} · SHA-256 {self.run.sha256}"
        )

    @property
    def foot(self) -> str:
        return f"Lần tính {self.run.number} · SHA-256 {self.run.sha256[:8]}…{self.run.sha256[-4:]}"


def long_date(day: date | None) -> str:
    """NĐ 30: days below 10 and the months 1 and 2 carry a nought."""
    if day is None:
        return "ngày … tháng … năm …"
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def vi(value: Decimal) -> str:
    """83,47 inside a sentence."""
    return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))


def write_heading(sheet: Worksheet, annex: Annex, title: str, columns: int, half: int, width: float) -> int:
    """Rows 1-8; returns the next free row. `half`: the last column of the left side; `width` of all in characters."""
    for row, (office, state) in enumerate(zip(OFFICE, STATE, strict=True), 1):
        put_across(sheet, row, 1, half, office, Look(size=13, bold=row == 2, across="center"))
        put_across(sheet, row, half + 1, columns, state, Look(size=13 if row == 1 else 14, bold=True, across="center"))
        sheet.row_dimensions[row].height = 18
    rule = Look(size=7, across="center", down="top")
    put_across(sheet, 3, 1, half, "_" * 22, rule)
    put_across(sheet, 3, half + 1, columns, "_" * 52, rule)
    sheet.row_dimensions[3].height = 11
    row = 4
    for text, look in (
        (f"Phụ lục {annex.number}".strip(), Look(size=14, bold=True, across="center")),
        (title, Look(size=14, bold=True, across="center", wrap=True)),
        (annex.decision, Look(size=13, italic=True, across="center", wrap=True)),
    ):
        put_across(sheet, row, 1, columns, text, look)
        sheet.row_dimensions[row].height = max(19, height_of(text, width, look.size))
        row += 1
    put_across(sheet, row, 1, columns, "_" * 40, rule)
    sheet.row_dimensions[row].height = 11
    if annex.reading.opened.legal_basis:
        row += 1
        basis = "Căn cứ: " + annex.reading.opened.legal_basis.replace("\n", " ")
        put_across(sheet, row, 1, columns, basis, Look(size=12, italic=True, wrap=True))
        sheet.row_dimensions[row].height = height_of(basis, width, 12)
    return row + 1


def write_notes(sheet: Worksheet, row: int, columns: int, width: float, notes: list[str], *, size: int = 11) -> int:
    for text in notes:
        put_across(sheet, row, 1, columns, text, Look(size=size, italic=True, wrap=True, down="top"))
        sheet.row_dimensions[row].height = height_of(text, width, size)
        row += 1
    return row


def write_signatures(sheet: Worksheet, row: int, columns: int, half: int, annex: Annex) -> int:
    """Who made the table at the left, who signs at the right, with room for signature and seal."""
    row += 1
    put_across(
        sheet,
        row,
        half + 1,
        columns,
        f"{PLACE}, {long_date(annex.run.decision_on)}",
        Look(13, italic=True, across="center"),
    )
    put_across(sheet, row + 1, 1, half, "NGƯỜI LẬP BẢNG", Look(13, bold=True, across="center"))
    put_across(sheet, row + 1, half + 1, columns, SIGNER_TITLE, Look(13, bold=True, across="center"))
    put_across(sheet, row + 2, 1, half, "(Ký, ghi rõ họ tên)", Look(12, italic=True, across="center"))
    put_across(
        sheet, row + 2, half + 1, columns, "(Ký, ghi rõ họ tên, đóng dấu)", Look(12, italic=True, across="center")
    )
    for line in range(row, row + 8):
        sheet.row_dimensions[line].height = 18
    put_across(sheet, row + 7, 1, half, annex.run.started_by.full_name, Look(13, bold=True, across="center"))
    put_across(sheet, row + 7, half + 1, columns, None, _CENTRE)
    return row + 8
