"""Two sheets of lines: `Work` holds the rule's own formula, unrounded; `Points` what enters the nodes, after policy and
rounding. Not applicable and without a value are words there, which sums and counts leave out."""

from collections.abc import Callable, Iterator
from fractions import Fraction

from ..lines import MISSING, NOT_APPLICABLE, PENDING, Line, missing_policy
from ..model import Leaf
from ..titles import title_in
from .cells import across, at, down, literal, live, text
from .container import Row, Sheet
from .layout import FIRST, MAXIMUM_ROW, OVERRIDE, WEIGHT_ROW, Block, Layout
from .parameters import FRACTION, VALUE, Parameters
from .rounding import rounded, rounded_to


class LineCells:
    """What a rule may refer to (`rules.cells.Cells`), for one line within one group."""

    def __init__(self, leaf: Leaf, block: Block, layout: Layout, parameters: Parameters):
        self.leaf, self.block, self.layout, self.parameters = leaf, block, layout, parameters
        self.maximum = parameters.value(leaf.code, "maximum")
        marks = layout.marks
        self.yes, self.no, self.not_applicable = map(literal, (marks.yes, marks.no, marks.not_applicable))

    def field(self, name: str) -> str:
        return at(self.layout.marks.inputs, self.layout.field_column[self.leaf.code, name])

    def fields(self) -> str:
        names = self.leaf.rule.fields
        first, last = (self.layout.field_column[self.leaf.code, name] for name in (names[0], names[-1]))
        return across(self.layout.marks.inputs, first, last)

    def pool(self, name: str) -> str:
        column = self.layout.field_column[self.leaf.code, name]
        return down(self.layout.marks.inputs, column, self.block.first, self.block.last)

    def value(self, name: str) -> str:
        return self.parameters.value(self.leaf.code, name)

    def values(self, name: str) -> str:
        return self.parameters.range_of(self.leaf.code, name, column=VALUE)

    def fractions(self, *names: str) -> str:
        return self.parameters.range_of(self.leaf.code, *names, column=FRACTION)

    def points(self, code: str) -> str:
        column = self.layout.line_column[code]
        marks = self.layout.marks
        return f"IF(ISNUMBER({at(marks.work, column)}),{at(marks.points, column)},0)"

    def rounded(self, expression: str, places: str) -> str:
        return rounded_to(expression, places, self.layout.precision.mode)


def work_formula(cells: LineCells) -> str:
    """Points set by an appraiser, else not applicable, else missing, else the rule."""
    leaf, rule, override = cells.leaf, rule_formula(cells), cells.field(OVERRIDE)
    if leaf.rule.fields and not leaf.rule.is_adjustment:
        rule = _unless_missing(cells, rule)
    # Text times a number is an error: a word that does not belong here is seen.
    set_points = f"IF(ISNUMBER({override}),{override},{cells.not_applicable})"
    return f'IF({override}<>"",{set_points if leaf.rule.na_allowed else f"{override}*1"},{rule})'


def rule_formula(cells: LineCells) -> str:
    """The rule's own formula; a line that takes the points of another one lacks its value where that one does."""
    layout, rule = cells.layout, cells.leaf.rule.cell_formula(cells)
    taken = sorted(code for code in cells.leaf.rule.takes_points_of if code in layout.lacks)
    if not taken:
        return rule
    lacking = literal(layout.marks.lacking)
    others = "+".join(f"({at(layout.marks.points, layout.line_column[code])}={lacking})" for code in taken)
    return f"IF({others}>0,{lacking},{rule})"


def _unless_missing(cells: LineCells, rule: str) -> str:
    leaf, layout = cells.leaf, cells.layout
    unranked = missing_policy(leaf, layout.criteria_set.scoring) == "unranked"
    missing, asked = literal(layout.marks.lacking) if unranked else "0", len(leaf.rule.fields)
    if asked == 1:
        return f'IF({cells.field(leaf.rule.fields[0])}="",{missing},{rule})'
    declared = f"COUNTA({cells.fields()})"
    return f"IF({declared}={asked},{rule},IF({declared}=0,{missing},NA()))"


def points_formula(leaf: Leaf, layout: Layout, parameters: Parameters) -> str:
    scoring, marks = layout.criteria_set.scoring, layout.marks
    work = at(marks.work, layout.line_column[leaf.code])
    points = rounded(work, layout.precision) if scoring.round_at == "leaf" else work
    if not leaf.rule.na_allowed and leaf.code not in layout.lacks:
        return points
    if scoring.not_applicable == "renormalise":
        return f"IF(ISNUMBER({work}),{points},{work})"
    dropped = parameters.value(leaf.code, "maximum") if scoring.not_applicable == "full" else "0"
    return f"IF(ISNUMBER({work}),{points},IF({work}={literal(marks.not_applicable)},{dropped},{work}))"


def work_sheet(layout: Layout, parameters: Parameters) -> Sheet:
    title = layout.marks.pick("Điểm từng tiêu chí, chưa làm tròn", "Points of each criterion, before rounding")

    def formula(leaf: Leaf, block: Block) -> str:
        return work_formula(LineCells(leaf, block, layout, parameters))

    def found(line: Line) -> Fraction | str:
        if line.status == NOT_APPLICABLE:
            return layout.marks.not_applicable
        return _or_lacking(line, line.unrounded, layout)

    return _sheet(layout, parameters, layout.marks.work, title, (formula, found, "exact"))


def points_sheet(layout: Layout, parameters: Parameters) -> Sheet:
    title = layout.marks.pick("Điểm từng tiêu chí", "Points of each criterion")
    style = "points" if layout.criteria_set.scoring.round_at == "leaf" else "exact"

    def found(line: Line) -> Fraction | str:
        return layout.marks.not_applicable if line.dropped else _or_lacking(line, line.exact, layout)

    return _sheet(
        layout,
        parameters,
        layout.marks.points,
        title,
        (lambda leaf, _block: points_formula(leaf, layout, parameters), found, style),
    )


def _or_lacking(line: Line, value: Fraction | None, layout: Layout) -> Fraction | str:
    assert value is not None or line.status in (MISSING, PENDING)
    return layout.marks.lacking if value is None else value


Column = tuple[Callable[[Leaf, Block], str], Callable[[Line], Fraction | str], str]


def _sheet(layout: Layout, parameters: Parameters, name: str, title: str, column: Column) -> Sheet:
    rows = _rows(layout, parameters, title, column)
    widths = (20, *([15] * len(layout.line_column)))
    return Sheet(name, rows, widths, (FIRST - 1, 1), (3, FIRST - 1), fits_width=False)


def _rows(layout: Layout, parameters: Parameters, title: str, column: Column) -> Iterator[Row]:
    formula_of, found, style = column
    lines = layout.criteria_set.lines
    yield Row(1, [text(title, "title")], 24)
    yield from _heads(layout, parameters)
    formulas, of_block = [], None
    for row, block, unit in layout.numbered_rows():
        if block is not of_block:
            formulas, of_block = [(leaf.code, formula_of(leaf, block)) for leaf in lines], block
        cells = [live(formula, found(unit.lines[code]), style) for code, formula in formulas]
        yield Row(row, [text(unit.unit), *cells])


def _heads(layout: Layout, parameters: Parameters) -> Iterator[Row]:
    pick, lines = layout.marks.pick, layout.criteria_set.lines
    yield Row(3, [text(pick("Mã", "Code"), "head"), *(text(leaf.code, "head") for leaf in lines)])
    titles = [text(title_in(leaf.title, layout.marks.lang), "small_head") for leaf in lines]
    yield Row(4, [text(pick("Đơn vị", "Unit"), "head"), *titles], 92)
    maxima = [live(parameters.value(leaf.code, "maximum"), leaf.max_points, "maximum") for leaf in lines]
    yield Row(MAXIMUM_ROW, [text(pick("Điểm tối đa", "Maximum"), "head"), *maxima])
    weights = [
        live(parameters.value(leaf.code, "weight"), leaf.weight, "maximum")
        if parameters.has(leaf.code, "weight")
        else text("", "maximum")
        for leaf in lines
    ]
    named = pick("Trọng số", "Weight") if any(cell.value for cell in weights) else ""
    yield Row(WEIGHT_ROW, [text(named, "head"), *weights])
