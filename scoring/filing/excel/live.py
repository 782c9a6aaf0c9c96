"""Points that the workbook reckons itself, by the engine's own formulas (scoring/engine/spreadsheet) on hidden sheets.

A line counts once all its figures are there and “not applicable” is not asked for, as on the screen
(`progress.claimed_result`); lines that compare units, and those that an agency enters, stand as not declared.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from core.workbook.writing import put_text
from scoring.engine.lines import missing_policy
from scoring.engine.model import Leaf
from scoring.engine.results import Results
from scoring.engine.spreadsheet.cells import ROW, Cell, at, literal
from scoring.engine.spreadsheet.closeness import precision_of
from scoring.engine.spreadsheet.container import Row
from scoring.engine.spreadsheet.layout import FIRST, Layout
from scoring.engine.spreadsheet.limits import check_figures, check_formula, check_sizes
from scoring.engine.spreadsheet.lines import LineCells, points_formula, points_sheet, rule_formula
from scoring.engine.spreadsheet.marks import VIETNAMESE
from scoring.engine.spreadsheet.nodes import Nodes
from scoring.engine.spreadsheet.parameters import Parameters
from scoring.engine.spreadsheet.refusals import Finder
from scoring.engine.spreadsheet.results import ResultsSheet, reckoned_columns
from scoring.engine.spreadsheet.rounding import rounded
from scoring.filing.excel.columns import PLACE
from scoring.filing.excel.lists import Lists
from scoring.filing.excel.places import Place
from scoring.models import Answer

_MARKS = replace(
    VIETNAMESE, criteria="_tham_so", inputs="_so_lieu", work="_tinh", points="_diem", nodes="_muc", results="_ket_qua"
)
_NOT_READABLE = literal("xem lại số liệu")
_TOTAL = reckoned_columns()[0]
_BONUS, _PENALTY = 4, 5  # columns of the results


class FormCells(LineCells):
    """What a rule refers to, as the cells that people fill in."""

    def __init__(self, leaf: Leaf, live: "LiveForm"):
        super().__init__(leaf, live.layout.blocks[0], live.layout, live.parameters)
        self.place, self.lists = live.places[leaf.code], live.lists
        self.yes, self.no = literal("Có"), literal("Không")

    def field(self, name: str) -> str:
        return _cell(self.place.sheet, "value", self.place.row_of(name))

    def fields(self) -> str:
        first, last = (_cell(self.place.sheet, "value", row) for row in (self.place.first, self.place.last))
        return f"{first}:{last.rpartition('!')[2]}"

    def values(self, name: str) -> str:
        """Levels are chosen by their titles."""
        return self.lists.range_of(self.leaf.code) if name == "options" else super().values(name)


def _cell(sheet: str, column: str, row: int) -> str:
    return at(sheet, PLACE[column], row)


class LiveForm:
    """Formulas for what the visible sheets show. `faults` says why a set cannot be reckoned in a spreadsheet at all."""

    def __init__(self, results: Results, answers: Sequence[Answer], places: Mapping[str, Place], lists: Lists):
        self.results, self.places, self.lists = results, places, lists
        self.answers = {answer.criterion.code: answer for answer in answers}
        finder = Finder(results.criteria_set, {}, None, "set")
        check_figures(Results(results.criteria_set, ()), finder)
        self.layout = Layout(results, None, _MARKS, precision_of(results, finder))
        self.parameters = Parameters(results.criteria_set, _MARKS)
        self.nodes = Nodes(self.layout, self.parameters)
        self.outcome = ResultsSheet(self.layout, self.parameters, self.nodes)
        check_sizes(self.layout, finder)
        self.work = {leaf.code: self._work(leaf) for leaf in results.criteria_set.lines}
        for code, formula in self._all_formulas():
            check_formula(code, formula, finder)
        self.faults = finder.faults

    def _all_formulas(self) -> Iterator[tuple[str, str]]:
        yield from self.work.items()
        for leaf in self.results.criteria_set.lines:
            yield leaf.code, points_formula(leaf, self.layout, self.parameters)
        for column in self.nodes.columns:
            yield column.node.code, column.formula

    def _work(self, leaf: Leaf) -> str:
        """The points before rounding, or the word for a line without a value."""
        missing = literal(_MARKS.lacking)
        if leaf.rule.is_adjustment or missing_policy(leaf, self.layout.criteria_set.scoring) != "unranked":
            missing = "0"
        if not leaf.rule.fields:
            return rule_formula(FormCells(leaf, self))
        if not self._is_live(leaf):
            return missing
        rule = rule_formula(FormCells(leaf, self))
        return rule if leaf.rule.is_adjustment else f"IF({self._counts(leaf)},{rule},{missing})"

    def _is_live(self, leaf: Leaf) -> bool:
        """Whether the unit's own figures give points at all."""
        return self.answers[leaf.code].criterion.declared_by_unit and not leaf.rule.is_relative

    def _counts(self, leaf: Leaf) -> str:
        place = self.places[leaf.code]
        filled = f"COUNTA({FormCells(leaf, self).fields()})={len(leaf.rule.fields)}"
        if not leaf.rule.na_allowed:
            return filled
        return f'AND({filled},{_cell(place.sheet, "not_applicable", place.first)}="")'

    def line(self, code: str) -> str:
        """What a line shows: its points once it counts, or nothing; "" where no formula can say them."""
        leaf = self.results.criteria_set.leaf(code)
        if leaf.rule.fields and not self._is_live(leaf):
            return ""
        work = at(_MARKS.work, self.layout.line_column[code], FIRST)
        points = f'IFERROR(IF(ISNUMBER({work}),{rounded(work, self.layout.precision)},""),{_NOT_READABLE})'
        return f'=IF({self._counts(leaf)},{points},"")' if leaf.rule.fields else f"={points}"

    def pillar(self, code: str) -> str:
        raw = self.nodes.raw(code).replace(ROW, str(FIRST))
        return f'=IFERROR(IF(ISNUMBER({raw}),{rounded(raw, self.layout.precision)},""),{_NOT_READABLE})'

    def beside(self, codes: Sequence[str]) -> str:
        """Bonus less penalty after the limits of the set, and lines that hang at the root itself."""
        bonus, penalty = (at(_MARKS.results, column, FIRST) for column in (_BONUS, _PENALTY))
        parts = [rounded(bonus, self.layout.precision), f"-({rounded(penalty, self.layout.precision)})"]
        for code in codes:
            if not self.results.criteria_set.leaf(code).rule.is_adjustment:
                work = at(_MARKS.work, self.layout.line_column[code], FIRST)
                parts.append(f"+IF(ISNUMBER({work}),{rounded(work, self.layout.precision)},0)")
        return f"=IFERROR({''.join(parts)},{_NOT_READABLE})"

    def total(self) -> str:
        total = at(_MARKS.results, _TOTAL, FIRST)
        return f"=IFERROR({total},{_NOT_READABLE})"

    def put_sheets(self, book: Workbook) -> None:
        """The hidden sheets behind the formulas."""
        _copied(book, _MARKS.criteria, self.parameters.sheet().rows)
        work = [Cell("exact", formula=self.work[leaf.code]) for leaf in self.results.criteria_set.lines]
        _copied(book, _MARKS.work, [Row(FIRST, [None, *work])])
        _copied(book, _MARKS.points, points_sheet(self.layout, self.parameters).rows)
        _copied(book, _MARKS.nodes, self.nodes.sheet().rows)
        own = [row for row in self.outcome.sheet().rows if row.number == FIRST]
        _copied(book, _MARKS.results, [Row(FIRST, row.cells[:_TOTAL]) for row in own])


def _copied(book: Workbook, name: str, rows) -> None:
    sheet = book.create_sheet(name)
    sheet.sheet_state = "veryHidden"
    sheet.protection.sheet = True
    for row in rows:
        for column, cell in enumerate(row.cells, 1):
            if cell is not None:
                _put(sheet, row.number, column, cell)


def _put(sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
    target = sheet.cell(row, column)
    if cell.formula:
        target.value = "=" + cell.formula.replace(ROW, str(row))
    elif cell.is_text:
        put_text(target, cell.value)
    elif cell.value:
        target.value, target.data_type = cell.value, "n"
