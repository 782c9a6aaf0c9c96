"""The columns of a ranking on paper: numbered 1, 2, 3 … with the formulas, as tables of offices are."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from core.workbook.paper import CHANGE, POINTS, WHOLE, Look
from scoring.ranking.exports.heading import Annex
from scoring.ranking.league import Place

SIZE = 12
APPLICABLE, CHANGED = "Tối đa áp dụng", "Tăng, giảm hạng"
NOT_FILED = "Không nộp"


@dataclass(frozen=True)
class Col:
    """A column: the head above it (shared by neighbours), its title, maximum, number or formula, and its value."""

    above: str
    title: str
    value: Callable[[Place], str | int | Decimal | None]
    width: float
    look: Look
    maximum: str = ""
    mark: str = ""


@dataclass
class _Columns:
    """Collects the columns and numbers them 1, 2, 3 … as tables of offices do."""

    items: list[Col] = field(default_factory=list)
    count: int = 0

    def add(self, above: str, title: str, value: Callable, width: float, look: Look, *, maximum="", formula="") -> int:
        self.count += 1
        mark = f"{self.count}={formula}" if formula else str(self.count)
        self.items.append(Col(above, title, value, width, look, maximum, mark))
        return self.count


def _points(*, bold: bool = False) -> Look:
    return Look(SIZE, bold=bold, across="right", edges="thin", format=POINTS)


def _whole(*, bold: bool = False, format: str = WHOLE) -> Look:
    return Look(SIZE, bold=bold, across="center", edges="thin", format=format)


_TEXT = Look(SIZE, edges="thin", wrap=True)


def columns_of(annex: Annex, notes: dict[str, str]) -> list[Col]:
    """Pillars, their sum, what is applicable, bonus and penalty where the set has them, total, standing, change."""
    columns, reading = _Columns(), annex.reading
    columns.items += [
        Col("TT", "", lambda place: None, 4.6, _whole(), mark="A"),
        Col(reading.opened.group_name, "", lambda place: place.names["name"], 29, _TEXT, mark="B"),
    ]
    for index, column in enumerate(reading.columns):
        columns.add(
            "Điểm thẩm định theo trụ cột", column.title.vi, lambda place, i=index: place.cells[i], 9.2, _points(),
            maximum=_maximum(column.maximum),
        )  # fmt: skip
    _add_total(columns, annex)
    this = f"Năm {annex.year}"
    rank = columns.add(this, "Xếp hạng", lambda place: place.result.rank, 7, _whole(bold=True))
    columns.add(this, "Xếp loại", _grade, 13, _TEXT)
    if annex.earlier:
        _add_change(columns, annex, rank)
    if notes:
        columns.items.append(
            Col(
                "Ghi chú",
                "",
                lambda place: notes.get(place.unit, ""),
                6.2,
                Look(SIZE, across="center", edges="thin"),
                mark="C",
            )
        )
    return columns.items


def _grade(place: Place) -> str:
    if not place.has_filed:
        return NOT_FILED
    return place.grade.title.vi if place.grade else ""


def _add_total(columns: _Columns, annex: Annex) -> None:
    """The columns from which an office can reckon the total again, row by row."""
    reading, this = annex.reading, f"Năm {annex.year}"
    root, adjusted = reading.criteria_set.root, bool(reading.criteria_set.adjustments)
    is_sum = root.aggregate == "sum"
    rescaled = any(row.is_rescaled for row in reading.results.rows)
    maximum, last = _maximum(reading.maximum), columns.count
    formula = added = f"1+…+{last}" if is_sum else ""
    if is_sum and (rescaled or adjusted):
        own = columns.add(this, "Cộng", lambda place: place.result.raw, 10.6, _points(), maximum=maximum, formula=added)
        formula = str(own)
    if rescaled:
        part = columns.add(this, APPLICABLE, lambda place: place.result.applicable_max, 9.2, _points())
        formula = f"{formula}÷{part}×{maximum.strip('()')}" if is_sum else ""
    if adjusted:
        plus = columns.add(this, "Điểm thưởng", lambda place: place.result.bonus, 8.6, _points())
        minus = columns.add(this, "Điểm trừ", lambda place: place.result.penalty, 7.8, _points())
        formula = f"{formula}\n+{plus}−{minus}" if is_sum else ""
    columns.add(
        this, "Tổng điểm", lambda place: place.result.total, 13.5, _points(bold=True), maximum=maximum, formula=formula
    )


def _add_change(columns: _Columns, annex: Annex, rank: int) -> None:
    above = f"So với năm {annex.earlier.opened.year}"
    year = annex.earlier.opened.year
    columns.add(above, f"Điểm năm {year}", lambda place: place.move and place.move.earlier_total, 9.2, _points())
    before = columns.add(above, f"Hạng năm {year}", lambda place: place.move and place.move.earlier_rank, 7, _whole())
    columns.add(
        above, CHANGED, lambda place: place.move and place.move.rank, 8, _whole(format=CHANGE),
        formula=f"{before}−{rank}",
    )  # fmt: skip


def _maximum(value: Fraction) -> str:
    return f"({plain_vi(Decimal(value.numerator) / value.denominator)})"


def plain_vi(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")
