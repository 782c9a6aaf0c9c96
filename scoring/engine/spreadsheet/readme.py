"""The first sheet: what the workbook is, of which set, how to make it reckon again, and what colours and words mean."""

from collections.abc import Iterator

from ..codec import identity
from ..titles import title_in
from ..version import ENGINE_VERSION
from .cells import Cell, live, text
from .container import Row, Sheet
from .layout import Layout

_WIDTHS = (30, 92)


def readme_sheet(layout: Layout, differences: str) -> Sheet:
    return Sheet(layout.marks.read_me, _rows(layout, differences), _WIDTHS)


def _rows(layout: Layout, differences: str) -> Iterator[Row]:
    marks, criteria_set = layout.marks, layout.criteria_set
    pick = marks.pick
    title = pick("Bảng tính đối chiếu kết quả chấm điểm", "Workbook to check the results of scoring")
    yield Row(1, [text(title, "title")], 26)
    facts: list[tuple[str, Cell]] = [
        (pick("Bộ tiêu chí", "Criteria set"), text(title_in(criteria_set.title, marks.lang), "plain")),
        (pick("Mã, năm", "Code, year"), text(f"{criteria_set.code}, {criteria_set.year}", "plain")),
        (pick("Mã nhận dạng (SHA-256)", "Identity (SHA-256)"), text(identity(criteria_set), "plain")),
        (pick("Phiên bản phần mềm chấm", "Engine version"), text(ENGINE_VERSION, "plain")),
        (pick("Số đơn vị, số khối", "Units, groups"), text(f"{len(layout.rows)}, {len(layout.blocks)}", "plain")),
        (pick("Số đơn vị lệch", "Units that differ"), live(differences, 0, "count")),
    ]
    row = 3
    for name, cell in facts:
        yield Row(row, [text(name, "strong"), cell], 17)
        row += 1
    for name, said in _explained(layout):
        row += 1
        yield Row(row, [text(name, "strong"), text(said, "plain")], 15 * -(-len(said) // 92))


def _explained(layout: Layout) -> Iterator[tuple[str, str]]:
    marks, pick = layout.marks, layout.marks.pick
    yield from zip(pick(_VI_HEADS, _EN_HEADS), (one.format(**vars(marks)) for one in pick(_VI, _EN)), strict=True)
    scoring = layout.criteria_set.scoring
    yield pick(_VI_ROUNDING, _EN_ROUNDING)[0], pick(_VI_ROUNDING, _EN_ROUNDING)[1].format(
        places=scoring.places, snap=layout.precision.snap, mode=pick(*_MODES[scoring.rounding]),
        where=pick(*_WHERE[scoring.round_at]),
    )  # fmt: skip


_MODES = {
    "half_up": ("nửa thì làm tròn lên", "halves up"),
    "half_even": ("nửa thì làm tròn về số chẵn", "halves to even"),
    "down": ("cắt bỏ phần lẻ", "cut down"),
}
_WHERE = {"leaf": ("từng tiêu chí", "each criterion"), "total": ("tổng điểm", "the total")}

_VI_HEADS = ("Đây là gì", "Tính lại", "Các trang", "Màu", "Chữ trong ô điểm", "Sửa thử", "Giới hạn")
_VI = (
    "Mọi điểm, tổng điểm, hạng và xếp loại ở đây do chính bảng tính tính bằng công thức từ số liệu và tham số, độc lập với"
    " phần mềm; cột nền xanh ở trang “{results}” ghi kết quả của phần mềm để đối chiếu từng đơn vị.",
    "Bấm Ctrl+Shift+F9 (LibreOffice) hoặc Ctrl+Alt+F9 (Excel) để tính lại toàn bộ. Số đơn vị lệch phải bằng 0 khi chưa sửa gì.",
    "“{criteria}”: điểm tối đa, trọng số, mốc. “{inputs}”: số liệu kê khai. “{work}”: điểm từng tiêu chí chưa làm tròn."
    " “{points}”: điểm tính vào các mục. “{nodes}”: điểm từng mục, quy đổi. “{results}”: tổng điểm, hạng, xếp loại."
    " Cùng một dòng là cùng một đơn vị ở mọi trang.",
    "Nền vàng: ô sửa được. Nền xanh lá: kết quả phần mềm, không sửa. Nền trắng: công thức.",
    "{not_applicable}: không áp dụng, cả điểm tối đa cũng không tính. {lacking}: chưa kê khai nên chưa có điểm, đơn vị chưa"
    " được xếp hạng. #N/A: số liệu không hợp lệ hoặc kê khai dở dang.",
    "Đổi một mốc ở “{criteria}” hay một số ở “{inputs}”: mọi trang tính lại; đơn vị đổi kết quả hiện “{differs}”.",
    "Bảng tính không kiểm tra số liệu chặt như phần mềm. Khối, cụm của đơn vị, cách tính (cột “Cách tính”) và số chữ số"
    " làm tròn nằm trong công thức, không đổi được bằng cách sửa ô; các mốc phải giữ thứ tự tăng dần.",
)
_EN_HEADS = ("What this is", "Recalculate", "Sheets", "Colours", "Words for points", "Try a change", "Limits")
_EN = (
    "Every point, total, rank and grade here is reckoned by the spreadsheet itself, by formulas over figures and"
    " parameters, apart from the engine; green columns of “{results}” hold the engine's results to compare unit by unit.",
    "Press Ctrl+Shift+F9 (LibreOffice) or Ctrl+Alt+F9 (Excel) to recalculate everything. Untouched, no unit differs.",
    "“{criteria}”: maxima, weights, thresholds. “{inputs}”: declared figures. “{work}”: points of each criterion before"
    " rounding. “{points}”: points as they enter nodes. “{nodes}”: nodes, rescaling. “{results}”: totals, ranks, grades."
    " The same row is the same unit on every sheet.",
    "Yellow: cells to change. Green: the engine's results, not to be changed. White: formulas.",
    "{not_applicable}: not applicable, and out of the maximum. {lacking}: not declared, so without points and the unit"
    " without a rank. #N/A: figures that are not valid or not complete.",
    "Change a threshold in “{criteria}” or a figure in “{inputs}”: all follows; units that change say “{differs}”.",
    "A spreadsheet checks figures less strictly than the engine. Groups, ways of reckoning and decimals stand inside the"
    " formulas and no cell changes them; thresholds must stay in rising order.",
)
_VI_ROUNDING = (
    "Làm tròn",
    "Làm tròn {where} đến {places} chữ số thập phân, {mode}. Trước khi làm tròn hay so sánh, công thức giữ {snap} chữ số"
    " thập phân để bỏ sai số của số nhị phân; phần mềm tính bằng phân số chính xác và đã kiểm tra rằng không giá trị nào"
    " của lần xuất này nằm sát ranh giới đến mức hai cách tính khác nhau.",
)
_EN_ROUNDING = (
    "Rounding",
    "{where} is rounded to {places} decimals, {mode}. Before rounding or comparing, formulas keep {snap} decimals to lose"
    " the errors of binary numbers; the engine reckons with exact fractions and has made sure that no value of this"
    " export lies so close to a boundary that the two could differ.",
)
