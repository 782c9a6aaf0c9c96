"""The sheet of one group: rank, unit, pillars, total, grade, change, and how ties were broken."""

from datetime import datetime

from django.utils import timezone
from openpyxl.worksheet.worksheet import Worksheet

from core.workbook.paper import INDENT, Look, Page, height_of, keep_together, put, put_across, set_up_page, set_widths
from scoring.ranking.exports.heading import Annex, vi, write_heading, write_notes, write_signatures
from scoring.ranking.exports.ranking_columns import APPLICABLE, CHANGED, NOT_FILED, SIZE, Col, columns_of, plain_vi
from scoring.ranking.league import BY_TIME, MOST_NAMED, SHARED, Place, Tie, TiedUnit, places, ties

HEAD = Look(size=11, bold=True, across="center", wrap=True, edges="thin")
NOTE = Look(size=11, italic=True, across="center", wrap=True, edges="thin")
UNFILED = Look(SIZE, bold=True, edges="thin")
LINES_WITH_SIGNATURE = 3


def fill_ranking_sheet(sheet: Worksheet, annex: Annex) -> None:
    tied = ties(annex.reading)
    marks = {member.unit: f"({number})" for number, tie in enumerate(tied, 1) for member in tie.members}
    columns = columns_of(annex, marks)
    count, width = len(columns), sum(column.width for column in columns)
    set_widths(sheet, [column.width for column in columns])
    half = _half(columns, width)
    title = f"BẢNG XẾP HẠNG CHUYỂN ĐỔI SỐ CÁC {annex.group_noun} NĂM {annex.year}"
    head = write_heading(sheet, annex, title, count, half, width) + 1
    sheet.row_dimensions[head - 1].height = 6
    first = _write_head(sheet, head, columns)
    lines = sorted(places(annex.reading, annex.earlier), key=lambda place: not place.has_filed)
    end = row = _write_rows(sheet, first, columns, lines)
    sheet.row_dimensions[row].height = 6
    row = write_notes(sheet, row + 1, count, width, _notes(annex, tied, columns))
    row = write_notes(sheet, row, count, width, [annex.run_line], size=10)
    write_signatures(sheet, row, count, half, annex)
    sheet.freeze_panes = sheet.cell(first, 3)
    page = Page(head_rows=(head, first - 1), head_columns="A:B", top=annex.marks, foot_left=annex.foot)
    set_up_page(sheet, page)
    # A signature does not stand on a page without lines of the table.
    keep_together(sheet, max(first, end - LINES_WITH_SIGNATURE), page)


def _half(columns: list[Col], width: float) -> int:
    """The last column of the left side: about two fifths of the width."""
    reached = 0.0
    for number, column in enumerate(columns, 1):
        reached += column.width
        if reached >= width * 0.4:
            return number
    return len(columns)


def _write_head(sheet: Worksheet, row: int, columns: list[Col]) -> int:
    """Three rows: groups of columns, titles with their maxima, numbers. Returns the first row of the table."""
    start = 1
    while start <= len(columns):
        above = columns[start - 1].above
        end = start
        while end < len(columns) and columns[end].above == above and columns[end].title:
            end += 1
        alone = not columns[start - 1].title
        put_across(sheet, row, start, end, above, HEAD, rows=2 if alone else 1)
        start = end + 1
    tallest = 30.0
    for number, column in enumerate(columns, 1):
        if column.title:
            text = f"{column.title}\n{column.maximum}" if column.maximum else column.title
            put(sheet.cell(row + 1, number), text, HEAD)
            tallest = max(tallest, height_of(text, column.width * 0.87, HEAD.size))
        put(sheet.cell(row + 2, number), column.mark, NOTE)
    sheet.row_dimensions[row].height, sheet.row_dimensions[row + 1].height = 19, tallest
    sheet.row_dimensions[row + 2].height = 30 if any("\n" in column.mark for column in columns) else 16
    return row + 3


def _write_rows(sheet: Worksheet, row: int, columns: list[Col], lines: list[Place]) -> int:
    """A heavier line below every fifth row, so that the eye keeps to the row. Who handed nothing in stands below a line
    of words."""
    heavy = {column.look: Look(**(vars(column.look) | {"edges": "rule"})) for column in columns}
    unfiled = [place for place in lines if not place.has_filed]
    for number, place in enumerate(lines, 1):
        if unfiled and place is unfiled[0]:
            put_across(sheet, row, 1, len(columns), _unfiled_words(unfiled), UNFILED)
            sheet.row_dimensions[row].height = 19
            row += 1
        for index, column in enumerate(columns, 1):
            value = number if index == 1 else column.value(place)
            put(sheet.cell(row, index), value, heavy[column.look] if number % 5 == 0 else column.look)
        sheet.row_dimensions[row].height = max(16.5, height_of(place.names["name"], columns[1].width - INDENT, SIZE))
        row += 1
    return row


def _unfiled_words(unfiled: list[Place]) -> str:
    counted = "" if any(place.result.total != 0 for place in unfiled) else ", tính 0 điểm"
    return f"{len(unfiled)} đơn vị không nộp bản tự đánh giá{counted}"


def _notes(annex: Annex, tied: list[Tie], columns: list[Col]) -> list[str]:
    marks = {column.title: column.mark.partition("=")[0] for column in columns}
    notes = [f"({number}) {_tie_sentence(tie, annex)}" for number, tie in enumerate(tied, 1)]
    if APPLICABLE in marks:
        notes.append(
            f"Cột {marks[APPLICABLE]}: điểm tối đa còn lại khi bỏ các tiêu chí được chấp thuận không áp dụng (KAD)."
        )
    if (cap := annex.reading.criteria_set.scoring.cap) is not None:
        notes.append(f"Tổng điểm không vượt quá {plain_vi(cap)}.")
    if annex.earlier:
        notes.append(f"Cột {marks[CHANGED]}: số dương là tăng hạng; để trống là một trong hai năm không xếp hạng.")
    if unfiled := len(annex.reading.results.rows) - len(annex.reading.filed):
        notes.append(
            f"Ghi “{NOT_FILED}”: {unfiled} đơn vị không nộp bản tự đánh giá, các tiêu chí tính như không kê khai."
        )
    if any(place.rank is None for place in annex.reading.results.rows):
        notes.append("Đơn vị không có hạng là đơn vị chưa đủ số liệu để xếp hạng.")
    return notes


def _tie_sentence(tie: Tie, annex: Annex) -> str:
    parts = []
    for members in tie.by_rank():
        if len(members) > MOST_NAMED:
            parts.append(f"{len(members)} đơn vị hạng {members[0].rank}, bằng nhau ở mọi bước phân định nên cùng hạng")
        else:
            parts += [_tied_sentence(one, annex) for one in members]
    return f"Cùng {vi(tie.total)} điểm: {'; '.join(parts)}."


def _tied_sentence(one: TiedUnit, annex: Annex) -> str:
    name = annex.reading.opened.units[one.unit]["name"]
    if one.step == SHARED:
        return f"{name} hạng {one.rank}, bằng nhau ở mọi bước phân định nên cùng hạng"
    if one.step == BY_TIME:
        return f"{name} hạng {one.rank}, phân định theo thời điểm nộp ({_moment(one.figure)})"
    figure = "không có điểm" if one.figure is None else vi(one.figure)
    return f"{name} hạng {one.rank}, phân định theo {one.by.vi} ({figure})"


def _moment(text: str) -> str:
    return f"{timezone.localtime(datetime.fromisoformat(text)):%H:%M:%S %d/%m/%Y}" if text else "chưa nộp"
