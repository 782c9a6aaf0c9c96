"""The first sheet: whose form it is, how to fill it in and send it back, and the points as they come."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localtime
from openpyxl import Workbook

from core.templatetags.values import last_moment
from core.workbook.paper import POINTS, Look, fit_width, height_of, put, set_widths
from scoring.filing.excel.live import LiveForm
from scoring.filing.excel.looks import (
    HEAD,
    HEAD_FILL,
    INPUT_FILL,
    LEAD,
    MIDDLE,
    NUMBER,
    SHUT_FILL,
    STRONG,
    TEXT,
    TITLE,
    protect,
)
from scoring.filing.excel.places import Section
from scoring.filing.progress import ADJUSTMENTS
from scoring.models import Assessment

SHEET = "Hướng dẫn"
_WIDTHS = (6, 74, 16, 16)
_STEPS = (
    "Mỗi trụ cột là một trang tính ở phía dưới. Chỉ nhập vào ô nền vàng; các ô khác đã khóa.",
    "Bấm vào ô sẽ hiện cách nhập. Số nguyên chỉ gồm chữ số (1234, không viết 1.234); số lẻ viết 9,5; ngày viết 15/03/2026;"
    " ô có danh sách thì chọn trong danh sách.",
    "Chưa có số liệu thì để trống, không ghi 0. Ghi căn cứ hoặc lý do ở cột Thuyết minh.",
    "Tiêu chí không áp dụng cho đơn vị: chọn Có ở cột Đề nghị không áp dụng và ghi lý do ở cột Thuyết minh.",
    "Điểm tự chấm hiện ngay khi nhập đủ số liệu, là điểm tạm tính. Chữ “xem lại số liệu” nghĩa là số liệu của dòng chưa hợp lệ.",
    "Dán số liệu từ tệp khác thì chọn Dán giá trị (Paste values). Không thêm, xóa, ẩn hay đổi tên cột, trang tính; không đặt"
    " công thức trong ô nhập.",
    "Lưu dạng Excel Workbook (.xlsx) bằng LibreOffice hoặc Excel, rồi gửi tại trang Tự đánh giá, mục Điền bằng Excel. Hệ thống"
    " cho xem từng ô thay đổi trước khi ghi; chưa bấm xác nhận thì chưa ghi gì.",
    "Dòng nào đã có người sửa trên hệ thống sau khi tải tệp này thì dòng đó không ghi đè, các dòng khác vẫn ghi.",
    "Tài liệu kiểm chứng đính kèm trên hệ thống, không đính vào tệp này. Tệp này không thay cho việc trình và gửi bản tự đánh giá.",
)


def fill_instructions(
    book: Workbook, assessment: Assessment, sections: Sequence[Section], live: LiveForm | None, moment: datetime
) -> None:
    sheet = book.create_sheet(SHEET)
    set_widths(sheet, list(_WIDTHS))
    cycle = assessment.cycle
    put(sheet.cell(1, 1), f"Bản tự đánh giá năm {cycle.year}", TITLE)
    put(sheet.cell(2, 1), assessment.unit.name, STRONG)
    put(sheet.cell(3, 1), f"Bộ tiêu chí: {assessment.criteria_set.title}", LEAD)
    until = last_moment(cycle.filing_closes_at)
    times = f"Tải lúc {_said(moment)}. Hạn nộp: {_said(until)} (giờ máy chủ)."
    put(sheet.cell(4, 1), times, LEAD)
    row = _steps(sheet, 6)
    _legend(sheet, row + 1)
    _points(sheet, row + 5, sections, live)
    sheet.print_area = f"A1:D{sheet.max_row}"
    fit_width(sheet)
    sheet.page_setup.orientation = "portrait"
    sheet.page_margins.left = sheet.page_margins.right = 0.6
    protect(sheet)


def _said(moment: datetime) -> str:
    return f"{localtime(moment):%H:%M:%S ngày %d/%m/%Y}"


def _steps(sheet, row: int) -> int:
    put(sheet.cell(row, 1), "Cách làm", STRONG)
    for number, text in enumerate(_STEPS, 1):
        row += 1
        put(sheet.cell(row, 1), number, Look(across="center", down="top"))
        put(sheet.cell(row, 2), text, Look(wrap=True, down="top"))
        sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=len(_WIDTHS))
        sheet.row_dimensions[row].height = height_of(text, sum(_WIDTHS[1:]))
    return row + 1


def _legend(sheet, row: int) -> None:
    for place, (fill, words) in enumerate(
        ((INPUT_FILL, "Ô để nhập"), (SHUT_FILL, "Ô không nhập: do cơ quan khác nhập hoặc không có")), row
    ):
        put(sheet.cell(place, 1), None, TEXT).fill = fill
        put(sheet.cell(place, 2), words, TEXT)


def _points(sheet, row: int, sections: Sequence[Section], live: LiveForm | None) -> None:
    if live is None:
        put(sheet.cell(row, 1), "Bộ tiêu chí này không tính được bằng bảng tính; điểm hiện khi gửi tệp lên.", LEAD)
        return
    for column, words in ((1, "STT"), (2, "Trang tính"), (3, "Điểm tối đa"), (4, "Điểm tự chấm (tạm tính)")):
        put(sheet.cell(row, column), words, HEAD).fill = HEAD_FILL
    sheet.row_dimensions[row].height = 32
    for number, section in enumerate(sections, 1):
        row += 1
        beside = section.code == ADJUSTMENTS
        most = None if beside else section.answers[0].criterion.pillar.max_points
        codes = [answer.criterion.code for answer in section.answers]
        put(sheet.cell(row, 1), number, MIDDLE)
        put(sheet.cell(row, 2), section.title, TEXT)
        put(sheet.cell(row, 3), most, NUMBER).number_format = POINTS
        cell = put(sheet.cell(row, 4), None, NUMBER)
        cell.value, cell.number_format = live.beside(codes) if beside else live.pillar(section.code), POINTS
    row += 1
    total = Look(bold=True, across="right", edges="thin")
    put(sheet.cell(row, 1), None, TEXT)
    put(sheet.cell(row, 2), "Tổng điểm tự chấm (tạm tính)", Look(bold=True, edges="thin"))
    put(sheet.cell(row, 3), None, TEXT)
    cell = put(sheet.cell(row, 4), None, total)
    cell.value, cell.number_format = live.total(), POINTS
    note = (
        "Chưa gồm tiêu chí do cơ quan khác nhập và tiêu chí so sánh giữa các đơn vị. Điểm chính thức là điểm thẩm định."
    )
    put(sheet.cell(row + 1, 2), note, Look(italic=True, wrap=True, down="top"))
    sheet.merge_cells(start_row=row + 1, end_row=row + 1, start_column=2, end_column=4)
    sheet.row_dimensions[row + 1].height = 32
