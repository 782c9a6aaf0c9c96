"""The sheet of criteria: every maximum, weight and threshold is a cell that the formulas refer to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..model import CriteriaSet, Grade, Leaf, Node
from ..rules.cells import Parameter
from ..titles import title_in
from .cells import Cell, at, down, number, text
from .container import Row, Sheet
from .days import serial_of
from .marks import Marks

VALUE, FRACTION, CODE = 5, 6, 1
HEADS = 4
_WIDTHS = (13, 52, 34, 38, 14, 12)
_AGGREGATES = {
    "sum": ("Tổng", "Sum"),
    "mean": ("Trung bình cộng", "Mean"),
    "weighted_mean": ("Trung bình có trọng số", "Weighted mean"),
    "geometric_mean": ("Trung bình nhân", "Geometric mean"),
}
_WEIGHTED = ("weighted_mean", "geometric_mean")
_MAXIMUM = ("maximum", "Điểm tối đa", "Maximum points")
_WEIGHT = ("weight", "Trọng số", "Weight")


@dataclass(frozen=True)
class _Line:
    """One row of the sheet: whose it is, what is said of it once, and its parameter."""

    owner: str
    said: tuple[str, str, str]
    parameter: Parameter | None


class Parameters:
    """The rows of the sheet, and the address of every parameter by owner (a code; "" is the set) and name."""

    def __init__(self, criteria_set: CriteriaSet, marks: Marks):
        self.marks = marks
        self.lines = list(_lines(criteria_set, marks))
        self._rows: dict[tuple[str, str], list[int]] = {}
        for row, line in enumerate(self.lines, HEADS + 1):
            if line.parameter is not None:
                self._rows.setdefault((line.owner, line.parameter.name), []).append(row)

    def value(self, owner: str, name: str) -> str:
        return at(self.marks.criteria, VALUE, self._rows[owner, name][0])

    def has(self, owner: str, name: str) -> bool:
        return (owner, name) in self._rows

    def range_of(self, owner: str, *names: str, column: int) -> str:
        rows = [row for name in names for row in self._rows[owner, name]]
        if len(rows) == 1:
            return at(self.marks.criteria, column, rows[0])
        return down(self.marks.criteria, column, rows[0], rows[-1])

    def sheet(self) -> Sheet:
        return Sheet(self.marks.criteria, self._sheet_rows(), _WIDTHS, (HEADS, 0), (HEADS, HEADS))

    def _sheet_rows(self) -> Iterator[Row]:
        pick = self.marks.pick
        yield Row(1, [text(pick("Tiêu chí và tham số", "Criteria and parameters"), "title")], 24)
        note = pick(
            "Đổi một số ở ô nền vàng thì mọi ô tính lại theo. Tỷ lệ là phần của điểm tối đa (1 = toàn bộ).",
            "Change a number in a yellow cell and everything follows. Shares are parts of the maximum (1 = all).",
        )
        yield Row(2, [text(note, "aside")])
        heads = pick("Mã|Tên|Cách tính|Tham số|Giá trị|Tỷ lệ", "Code|Title|Reckoned|Parameter|Value|Share").split("|")
        yield Row(HEADS, [text(head, "head") for head in heads])
        for row, line in enumerate(self.lines, HEADS + 1):
            yield Row(row, self._cells(line), _height(line))

    def _cells(self, line: _Line) -> list[Cell]:
        code, title, reckoned = line.said
        cells = [text(code, "wrapped"), text(title, "wrapped"), text(reckoned, "wrapped")]
        one = line.parameter
        if one is None:
            return [*cells, text(""), text(""), text("")]
        share = text("") if one.fraction is None else number(Decimal(one.fraction), "input")
        return [*cells, text(self.marks.pick(one.vi, one.en), "wrapped"), _value(one.value), share]


def _height(line: _Line) -> int:
    """Enough for the longest text of the row: not every program makes room for it by itself."""
    said = [*line.said, line.parameter.vi if line.parameter else ""]
    return 15 * max(-(-len(text_of) // (width - 3)) or 1 for text_of, width in zip(said, _WIDTHS, strict=False))


def _value(value) -> Cell:
    if value is None:
        return text("")
    if isinstance(value, date):
        return number(serial_of(value), "input_day")
    return text(value, "input_text") if isinstance(value, str) else number(value, "input")


def _lines(criteria_set: CriteriaSet, marks: Marks) -> Iterator[_Line]:
    yield from _set_lines(criteria_set, marks)
    weighted = {child.code for node in criteria_set.nodes if node.aggregate in _WEIGHTED for child in node.children}
    for item in (*criteria_set.root.walk(), *criteria_set.adjustments):
        found = [Parameter(*_MAXIMUM, item.max_points)] if isinstance(item, Leaf) else []
        found += [Parameter(*_WEIGHT, item.weight)] if item.code in weighted else []
        found += item.rule.cell_parameters() if isinstance(item, Leaf) else []
        yield from _told(item.code, (item.code, title_in(item.title, marks.lang), _reckoned(item, marks)), found)


def _reckoned(item: Node | Leaf, marks: Marks) -> str:
    return marks.pick(*(item.rule.cell_name if isinstance(item, Leaf) else _AGGREGATES[item.aggregate]))


def _told(owner: str, said: tuple[str, str, str], found: list[Parameter]) -> Iterator[_Line]:
    for place, parameter in enumerate(found or [None]):
        yield _Line(owner, said if place == 0 else ("", "", ""), parameter)


def _set_lines(criteria_set: CriteriaSet, marks: Marks) -> Iterator[_Line]:
    scoring = criteria_set.scoring
    limits = [
        ("max_bonus", "Tổng điểm thưởng nhiều nhất", "All bonuses at most", scoring.max_bonus),
        ("max_penalty", "Tổng điểm trừ nhiều nhất", "All penalties at most", scoring.max_penalty),
        ("cap", "Tổng điểm nhiều nhất", "Total at most", scoring.cap),
    ]
    title = (criteria_set.code, title_in(criteria_set.title, marks.lang), marks.pick("Cả bộ tiêu chí", "The whole set"))
    yield from _told("", title, [Parameter(*limit) for limit in limits if limit[3] is not None])
    for grade in grades_upwards(criteria_set):
        said = (grade.code, title_in(grade.title, marks.lang), marks.pick("Xếp loại", "Grade"))
        yield from _told("", said, [Parameter("grades", "Từ (tổng điểm)", "From (total)", grade.from_points)])


def grades_upwards(criteria_set: CriteriaSet) -> list[Grade]:
    """In rising order, as a spreadsheet searches them."""
    return sorted(criteria_set.grades, key=lambda grade: grade.from_points)
