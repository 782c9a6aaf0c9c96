"""Every criterion of every unit: what was claimed and what the appraisal gave, one pillar beside the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from openpyxl.worksheet.pagebreak import Break, ColBreak
from openpyxl.worksheet.worksheet import Worksheet

from core.workbook.paper import INDENT, POINTS, Look, Page, height_of, put, put_across, set_up_page, set_widths
from scoring import engine
from scoring.ranking.exports.heading import Annex

CLAIMED, GIVEN = "Tự chấm", "Thẩm định"
NOT_APPLICABLE = "KAD"
# So many criteria stand beside each other on one page; a larger pillar is cut into equal parts.
MOST_ON_A_PAGE = 9
# Nine criteria with room to spare: where Times New Roman is missing, the face in its place is wider.
SCALE = 69
TT_WIDTH, NAME_WIDTH, CELL_WIDTH = 4.6, 27.0, 7.4
TOP = 4

HEAD = Look(11, bold=True, across="center", wrap=True, edges="thin")
SMALL = Look(9, across="center", wrap=True, edges="thin")
NOTE = Look(10, italic=True, across="center", edges="thin")


@dataclass(frozen=True)
class Block:
    """Criteria of one pillar that fit on a page, and the first column of the block."""

    title: str
    leaves: tuple[engine.Leaf, ...]
    column: int


def blocks(criteria_set: engine.CriteriaSet) -> Iterator[Block]:
    column = 3
    for title, leaves in _pillars(criteria_set):
        parts = -(-len(leaves) // MOST_ON_A_PAGE)
        size = -(-len(leaves) // parts)
        for start in range(0, len(leaves), size):
            part = tuple(leaves[start : start + size])
            yield Block(title, part, column)
            column += 2 * len(part)


def _pillars(criteria_set: engine.CriteriaSet) -> Iterator[tuple[str, list[engine.Leaf]]]:
    for child in criteria_set.root.children:
        if isinstance(child, engine.Node):
            yield child.title.vi, [item for item in child.walk() if isinstance(item, engine.Leaf)]
        else:
            yield criteria_set.root.title.vi, [child]
    if criteria_set.adjustments:
        yield "Điểm thưởng, điểm trừ", list(criteria_set.adjustments)


def fill_criteria_sheet(sheet: Worksheet, annex: Annex) -> None:
    cut = list(blocks(annex.reading.criteria_set))
    columns = cut[-1].column + 2 * len(cut[-1].leaves) - 1
    set_widths(sheet, [TT_WIDTH, NAME_WIDTH] + [CELL_WIDTH] * (columns - 2))
    _write_title(sheet, annex, cut[0])
    put_across(sheet, TOP, 1, 1, "TT", HEAD, rows=4)
    put_across(sheet, TOP, 2, 2, annex.reading.opened.group_name, HEAD, rows=4)
    for block in cut:
        _write_head(sheet, block, annex)
    tallest = max(height_of(leaf.title.vi, CELL_WIDTH * 1.85, SMALL.size) for block in cut for leaf in block.leaves)
    for row, height in zip(range(TOP, TOP + 4), (18, tallest, 17, 17), strict=True):
        sheet.row_dimensions[row].height = height
    last = _write_rows(sheet, cut, annex)
    sheet.freeze_panes = sheet.cell(TOP + 4, 3)
    sheet.col_breaks = ColBreak()
    for block in cut[1:]:
        sheet.col_breaks.append(Break(id=block.column - 1))
    set_up_page(
        sheet,
        Page(head_rows=(TOP, TOP + 3), head_columns="A:B", scale=SCALE, top=annex.marks, foot_left=annex.foot),
    )
    sheet.print_area = f"A1:{sheet.cell(last, columns).coordinate}"


def _write_title(sheet: Worksheet, annex: Annex, first: Block) -> None:
    # Above the criteria only: the columns at the left are repeated on every page and would carry a piece of it.
    left, across = first.column, first.column + 2 * len(first.leaves) - 1
    title = f"ĐIỂM TỪNG TIÊU CHÍ CỦA CÁC {annex.group_noun} NĂM {annex.year}"
    put_across(sheet, 1, left, across, title, Look(14, bold=True, across="center", wrap=True))
    put_across(sheet, 2, left, across, annex.decision, Look(12, italic=True, across="center", wrap=True))
    legend = (
        f"Ô {CLAIMED.lower()} để trống: đơn vị không kê khai hoặc tiêu chí không do đơn vị kê khai. "
        f"{NOT_APPLICABLE}: không áp dụng. Số đậm: điểm thẩm định khác điểm tự chấm."
    )
    if len(annex.reading.filed) < len(annex.reading.results.rows):
        legend += " Tên in nghiêng: đơn vị không nộp bản tự đánh giá."
    put_across(sheet, 3, left, across, legend, Look(11, italic=True, across="center", wrap=True))
    width = CELL_WIDTH * 2 * len(first.leaves)
    for row, text, size in ((1, title, 14), (2, annex.decision, 12), (3, legend, 11)):
        sheet.row_dimensions[row].height = max(18, height_of(text, width, size))


def _write_head(sheet: Worksheet, block: Block, annex: Annex) -> None:
    put_across(sheet, TOP, block.column, block.column + 2 * len(block.leaves) - 1, block.title, HEAD)
    for index, leaf in enumerate(block.leaves):
        column = block.column + 2 * index
        put_across(sheet, TOP + 1, column, column + 1, leaf.title.vi, SMALL)
        maximum = f"{leaf.max_points.normalize():f}".replace(".", ",")
        put_across(sheet, TOP + 2, column, column + 1, f"{leaf.code} ({maximum})", HEAD)
        put(sheet.cell(TOP + 3, column), CLAIMED, Look(8, across="center", edges="thin"))
        put(sheet.cell(TOP + 3, column + 1), GIVEN, Look(8, across="center", edges="thin"))


def _write_rows(sheet: Worksheet, cut: list[Block], annex: Annex) -> int:
    row, reading = TOP + 3, annex.reading
    for number, result in enumerate(sorted(reading.results.rows, key=lambda row: not reading.has_filed(row.unit)), 1):
        row += 1
        edges = "rule" if number % 5 == 0 else "thin"
        name, notes = reading.opened.units[result.unit]["name"], reading.opened.notes[result.unit]
        put(sheet.cell(row, 1), number, Look(12, across="center", edges=edges))
        put(sheet.cell(row, 2), name, Look(12, italic=not reading.has_filed(result.unit), edges=edges, wrap=True))
        sheet.row_dimensions[row].height = max(16.5, height_of(name, NAME_WIDTH - INDENT, 12))
        for block in cut:
            for index, leaf in enumerate(block.leaves):
                column = block.column + 2 * index
                claimed = claimed_points(notes, leaf.code)
                given = given_points(result.lines[leaf.code])
                differs = claimed is not None and claimed != given
                put(sheet.cell(row, column), claimed, Look(11, across="right", edges=edges, format=POINTS))
                put(
                    sheet.cell(row, column + 1),
                    given,
                    Look(11, bold=differs, across="right", edges=edges, format=POINTS),
                )
    return row


def claimed_points(notes: dict[str, dict], code: str) -> Decimal | None:
    """What the unit gave itself; None where it declared nothing."""
    text = notes.get(code, {}).get("claimed")
    return None if text is None else Decimal(text)


def given_points(line: engine.Line) -> Decimal | str | None:
    return NOT_APPLICABLE if line.dropped else line.points
