"""The sheet of nodes: of each its own value, and where something may be not applicable the applicable maximum and the
value rescaled to the full one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from ..model import Leaf, Node
from ..results import UnitResult
from ..titles import title_in
from .aggregation import Part, aggregated, aggregated_maxima, count_of, parts_of
from .cells import Cell, at, literal, live, text
from .container import Row, Sheet
from .layout import FIRST, MAXIMUM_ROW, Layout
from .parameters import Parameters


@dataclass(frozen=True)
class _Column:
    node: Node
    said: tuple[str, str]
    formula: str
    found: Callable[[UnitResult], Fraction | str | None]


class Nodes:
    """Columns in pre-order: raw, then applicable maximum and rescaled value where they can differ from it."""

    def __init__(self, layout: Layout, parameters: Parameters):
        self.layout, self.parameters, self.marks = layout, parameters, layout.marks
        self._raw: dict[str, int] = {}
        self._applicable: dict[str, int] = {}
        self._rescaled: dict[str, int] = {}
        self._place(layout.criteria_set.root, under_sum=False, wanted=False)
        self.columns = [column for node in layout.criteria_set.nodes for column in self._columns(node)]

    def _place(self, node: Node, under_sum: bool, wanted: bool) -> None:
        """Give columns. `wanted`: a node above needs the applicable maximum."""
        column = 2 + len(self._raw) + len(self._applicable) + len(self._rescaled)
        self._raw[node.code] = column
        rescales = node.code in self.layout.drops and node.aggregate == "sum" and not under_sum
        if node.code in self.layout.drops and (wanted or rescales):
            self._applicable[node.code] = column + 1
        if rescales:
            self._rescaled[node.code] = column + 2
        for child in node.children:
            if not isinstance(child, Leaf):
                self._place(child, node.aggregate == "sum", node.code in self._applicable)

    def raw(self, code: str) -> str:
        return at(self.marks.nodes, self._raw[code])

    def value(self, code: str) -> str:
        """What the node passes on."""
        return at(self.marks.nodes, self._rescaled.get(code, self._raw[code]))

    def full(self, code: str) -> str:
        return at(self.marks.nodes, self._raw[code], MAXIMUM_ROW)

    def _passed_on(self, code: str) -> tuple[str, str]:
        if code in self._rescaled or code not in self._applicable:
            return self.value(code), self.full(code)
        return self.value(code), at(self.marks.nodes, self._applicable[code])

    def parts(self, node: Node) -> list[Part]:
        return parts_of(node, self.layout, self.parameters, self._passed_on)

    def full_formula(self, node: Node) -> str:
        parts = parts_of(node, self.layout, self.parameters, lambda code: (self.value(code), self.full(code)))
        return aggregated_maxima(node.aggregate, parts, all_present=True)

    def _columns(self, node: Node) -> Iterator[_Column]:
        code, marks, parts = node.code, self.marks, self.parts(node)
        yield _Column(
            node, ("Điểm", "Points"), self._raw_formula(node, parts), lambda row: self._found(row, code, "raw")
        )
        if code in self._applicable:
            formula = aggregated_maxima(node.aggregate, parts)
            if node.aggregate != "sum":
                formula = f"IF({count_of(parts)}=0,0,{formula})"
            yield _Column(
                node, ("Tối đa áp dụng", "Applicable maximum"), formula,
                lambda row: row.node_values[code].raw_max,
            )  # fmt: skip
        if code in self._rescaled:
            raw, applicable = self.raw(code), at(marks.nodes, self._applicable[code])
            formula = f"IF(ISNUMBER({raw}),{raw}*{self.full(code)}/{applicable},{raw})"
            yield _Column(node, ("Quy đổi", "Rescaled"), formula, lambda row: self._found(row, code, "value"))

    def _raw_formula(self, node: Node, parts: list[Part]) -> str:
        formula, lacking = aggregated(node.aggregate, parts), literal(self.marks.lacking)
        if node.code in self.layout.drops:
            formula = f"IF({count_of(parts)}=0,{literal(self.marks.not_applicable)},{formula})"
        if node.code in self.layout.lacks:
            missing = "+".join(f"COUNTIF({part.values},{lacking})" for part in parts)
            formula = f"IF({missing}>0,{lacking},{formula})"
        return formula

    def _found(self, row: UnitResult, code: str, name: str) -> Fraction | str:
        seen = row.node_values[code]
        if not seen.applicable:
            return self.marks.not_applicable
        value = getattr(seen, name)
        return self.marks.lacking if value is None else value

    def sheet(self) -> Sheet:
        widths = (20, *([16] * len(self.columns)))
        return Sheet(self.marks.nodes, self._rows(), widths, (FIRST - 1, 1), (3, FIRST - 1), fits_width=False)

    def _rows(self) -> Iterator[Row]:
        pick = self.marks.pick
        yield Row(1, [text(pick("Điểm từng mục, từng trụ cột", "Points of nodes and pillars"), "title")], 24)
        heads = [(column.node.code, title_in(column.node.title, self.marks.lang)) for column in self.columns]
        yield Row(3, [text(pick("Mã", "Code"), "head"), *(text(code, "head") for code, _ in heads)])
        yield Row(4, [text(pick("Đơn vị", "Unit"), "head"), *(text(title, "small_head") for _, title in heads)], 62)
        yield Row(MAXIMUM_ROW, [text(pick("Điểm tối đa", "Maximum"), "head"), *map(self._maximum, self.columns)])
        yield Row(6, [text("", "head"), *(text(pick(*column.said), "head") for column in self.columns)])
        for number, _block, row in self.layout.numbered_rows():
            yield Row(number, [text(row.unit), *(self._cell(column, row) for column in self.columns)])

    def _maximum(self, column: _Column) -> Cell:
        if column.said[1] != "Points":
            return text("", "maximum")
        return live(self.full_formula(column.node), self._any_row().maxima[column.node.code], "maximum")

    def _any_row(self) -> UnitResult:
        return self.layout.rows[0]

    def _cell(self, column: _Column, row: UnitResult) -> Cell:
        found = column.found(row)
        return live(column.formula, 0 if found is None else found, "exact")
