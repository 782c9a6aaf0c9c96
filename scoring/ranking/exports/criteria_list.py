"""The criteria by code: name, maximum, appraising agency, and where each comes from."""

from openpyxl.worksheet.worksheet import Worksheet

from core.workbook.paper import INDENT, POINTS, Look, Page, height_of, put, put_across, set_up_page, set_widths
from scoring import engine
from scoring.ranking.exports.heading import Annex

WIDTHS = [12, 52, 9, 25, 50, 13]
TITLES = ["Mã", "Tiêu chí", "Điểm tối đa", "Cơ quan thẩm định", "Căn cứ", "Nguồn gốc"]
PROVENANCE = {"exact": "theo văn bản", "adapted": "phỏng theo", "invented": "dự án đặt", None: ""}
SIZE = 11

HEAD = Look(SIZE, bold=True, across="center", wrap=True, edges="thin")
TEXT = Look(SIZE, wrap=True, edges="thin", down="top")
PILLAR = Look(SIZE, bold=True, edges="thin")


def fill_criteria_list(sheet: Worksheet, annex: Annex) -> None:
    definition, columns = annex.reading.criteria_set, len(WIDTHS)
    set_widths(sheet, WIDTHS)
    put_across(sheet, 1, 1, columns, f"DANH MỤC TIÊU CHÍ NĂM {annex.year}", Look(14, bold=True, across="center"))
    for row, text in ((2, definition.title.vi), (3, definition.source)):
        put_across(sheet, row, 1, columns, text, Look(12, italic=True, across="center", wrap=True))
        sheet.row_dimensions[row].height = height_of(text, sum(WIDTHS), 12)
    for column, title in enumerate(TITLES, 1):
        put(sheet.cell(5, column), title, HEAD)
    sheet.row_dimensions[5].height = 32
    row = 6
    for item in [*definition.root.walk(), *definition.adjustments]:
        if isinstance(item, engine.Node):
            row = _write_node(sheet, row, item, annex)
        else:
            row = write_leaf(sheet, row, item)
    sheet.freeze_panes = "A6"
    set_up_page(sheet, Page(head_rows=(5, 5), top=annex.marks, foot_left=annex.foot))


def _write_node(sheet: Worksheet, row: int, node: engine.Node, annex: Annex) -> int:
    put(sheet.cell(row, 1), node.code, PILLAR)
    put(sheet.cell(row, 2), node.title.vi, PILLAR)
    put(
        sheet.cell(row, 3),
        annex.reading.maxima[node.code],
        Look(SIZE, bold=True, across="right", edges="thin", format=POINTS),
    )
    for column in range(4, len(WIDTHS) + 1):
        put(sheet.cell(row, column), None, PILLAR)
    return row + 1


def write_leaf(sheet: Worksheet, row: int, leaf: engine.Leaf) -> int:
    cells = [leaf.code, leaf.title.vi, leaf.max_points, leaf.appraiser, leaf.source, PROVENANCE[leaf.provenance]]
    for column, value in enumerate(cells, 1):
        number = Look(SIZE, across="right", edges="thin", down="top", format=POINTS)
        put(sheet.cell(row, column), value, number if column == 3 else TEXT)
    texts = [(str(cells[index]), WIDTHS[index] - INDENT) for index in (1, 3, 4)]
    sheet.row_dimensions[row].height = max(height_of(text, width, SIZE) for text, width in texts)
    return row + 1
