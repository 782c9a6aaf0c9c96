"""The sheet of results: total, rank and grade as formulas, the engine's own beside them, and whether they agree."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ..checks import PILLAR
from ..formula.cells import in_parts
from ..results import UnitResult
from ..tables import instant
from ..titles import title_in
from .cells import Cell, across, at, down, letters, literal, live, number, text
from .container import Row, Sheet
from .days import moment_of
from .inputs import SUBMITTED
from .layout import FIRST, Block, Layout
from .nodes import Nodes
from .parameters import CODE, VALUE, Parameters
from .rounding import rounded, snapped

# Stands for "none": behind every total, behind every time of submission.
NO_TOTAL, NO_MOMENT = "-1000000000000", "1000000000000"
DIFFERENCES = (3, 3)  # row, column
_BASE, _BONUS, _PENALTY, _EXACT, _TOTAL, _RANK, _GRADE = range(3, 10)
_OUR_TOTAL, _OUR_RANK, _OUR_GRADE, _VERDICT, _KEY = range(10, 15)
_HEADS = (
    ("Đơn vị", "Unit"), ("Khối, cụm", "Group"), ("Điểm tiêu chí", "Criteria points"), ("Điểm thưởng", "Bonus"),
    ("Điểm trừ", "Penalty"), ("Tổng điểm chưa làm tròn", "Total before rounding"), ("Tổng điểm", "Total"),
    ("Hạng", "Rank"), ("Xếp loại", "Grade"), ("Tổng điểm của phần mềm", "Total by the engine"),
    ("Hạng của phần mềm", "Rank by the engine"), ("Xếp loại của phần mềm", "Grade by the engine"),
    ("Đối chiếu", "Compared"), ("Điểm để xếp hạng", "Compared total"),
)  # fmt: skip


@dataclass(frozen=True)
class _Tie:
    """One step that breaks ties: its column, which way is better, and what the column holds."""

    title: str
    better: str
    formula: str
    style: str
    found: Callable[[UnitResult], Cell]


class ResultsSheet:
    def __init__(self, layout: Layout, parameters: Parameters, nodes: Nodes):
        self.layout, self.parameters, self.nodes = layout, parameters, nodes
        self.marks, self.precision = layout.marks, layout.precision
        self.scoring = layout.criteria_set.scoring
        self.ties = [self._tie(step) for step in self.scoring.tie_break]

    def differences(self) -> str:
        return at(self.marks.results, DIFFERENCES[1], DIFFERENCES[0])

    def sheet(self) -> Sheet:
        last = self.layout.last_row
        verdicts = f"{letters(_VERDICT)}{FIRST}:{letters(_VERDICT)}{last}"
        widths = (16, 13, 10, 9, 9, 12, 9, 7, 10, 10, 10, 10, 9, 12, *([18] * len(self.ties)))
        alarm = (verdicts, self.marks.differs)
        return Sheet(self.marks.results, self._rows(), widths, (FIRST - 1, 1), (6, 6), alarm=alarm)

    def _here(self, column: int) -> str:
        return at(self.marks.results, column)

    def _rows(self) -> Iterator[Row]:
        pick = self.marks.pick
        yield Row(1, [text(pick("Kết quả", "Results"), "title")], 24)
        note = pick(
            "Cột nền xanh là kết quả của phần mềm, ghi sẵn; các cột khác do bảng tính tự tính.",
            "Green columns are the engine's results as values; the spreadsheet reckons all others itself.",
        )
        yield Row(2, [text(note, "aside")])
        verdicts = down(self.marks.results, _VERDICT, FIRST, self.layout.last_row)
        # Whatever does not say that it agrees differs, an error too.
        counted = live(f"{len(self.layout.rows)}-COUNTIF({verdicts},{literal(self.marks.agrees)})", 0, "count")
        yield Row(3, [text(pick("Số đơn vị lệch", "Units that differ"), "strong"), None, counted], 22)
        heads = [*(pick(*head) for head in _HEADS), *(tie.title for tie in self.ties)]
        yield Row(6, [text(head, "head") for head in heads], 48)
        for row, block, unit in self.layout.numbered_rows():
            yield Row(row, self._cells(block, unit))

    def _cells(self, block: Block, row: UnitResult) -> list[Cell]:
        none, parts = "", row.total_parts
        base = parts.base if parts.base is not None else self._without(row)
        exact, total = (none if value is None else value for value in (row.total_exact, row.total))
        rank, ranked = none if row.rank is None else row.rank, row.rank is not None
        compared = row.total if self.scoring.rank_on == "rounded" else row.total_exact
        return [
            text(row.unit), text(row.group),
            live(self.nodes.value(self.layout.criteria_set.root.code), base, "exact"),
            live(self._adjusted("bonus"), parts.bonus, "exact"),
            live(self._adjusted("penalty"), parts.penalty, "exact"),
            live(self._exact(), exact, "exact"), live(self._total(), total, "points"),
            live(self._rank(block), rank, "rank"), live(self._grade(), row.grade, "centred"),
            number(row.total, "our_points") if ranked else text("", "ours"),
            number(row.rank, "our_rank") if ranked else text("", "ours"), text(row.grade, "ours"),
            live(self._verdict(), self.marks.agrees, "centred"),
            live(self._key(), compared, "key") if ranked else Cell("key", NO_TOTAL, formula=self._key()),
            *(tie.found(row) for tie in self.ties),
        ]  # fmt: skip

    def _without(self, row: UnitResult) -> str:
        root = row.node_values[self.layout.criteria_set.root.code]
        return self.marks.lacking if root.applicable else self.marks.not_applicable

    def _adjusted(self, kind: str) -> str:
        """The sum of all bonuses (or penalties), at most the set's limit."""
        lines = self.layout.criteria_set.adjustments
        columns = self.layout.line_column
        cells = []
        for of_kind, found in groupby(lines, key=lambda leaf: leaf.rule.kind):
            codes = [leaf.code for leaf in found]
            if of_kind == kind:
                cells.append(across(self.marks.points, columns[codes[0]], columns[codes[-1]]))
        summed = in_parts("SUM", cells) if cells else "0"
        return self._at_most(summed, f"max_{kind}")

    def _at_most(self, formula: str, limit: str) -> str:
        if not self.parameters.has("", limit):
            return formula
        return f"MIN({self.parameters.value('', limit)},{formula})"

    def _exact(self) -> str:
        base, bonus, penalty = map(self._here, (_BASE, _BONUS, _PENALTY))
        formula = base
        if self.layout.criteria_set.adjustments:
            formula = f"MAX(0,{base}+{bonus}-{penalty})"
        return f'IF(ISNUMBER({base}),{self._at_most(formula, "cap")},"")'

    def _total(self) -> str:
        exact = self._here(_EXACT)
        return f'IF({exact}="","",{rounded(exact, self.precision)})'

    def _key(self) -> str:
        compared = self._here(_TOTAL)
        if self.scoring.rank_on == "exact":
            compared = snapped(self._here(_EXACT), self.precision)
        return f'IF({self._here(_TOTAL)}="",{NO_TOTAL},{compared})'

    def _rank(self, block: Block) -> str:
        """One more than the units of the group with a higher total, or the same and better at the next step."""

        def pair(column: int) -> tuple[str, str]:
            return down(self.marks.results, column, block.first, block.last), self._here(column)

        better = ""
        for place, tie in reversed(list(enumerate(self.ties))):
            all_of_them, own = pair(_KEY + 1 + place)
            deeper = f"+({all_of_them}={own})*({better})" if better else ""
            better = f"({all_of_them}{tie.better}{own}){deeper}"
        all_of_them, own = pair(_KEY)
        counted = f"({all_of_them}>{own})+({all_of_them}={own})*({better})" if better else f"--({all_of_them}>{own})"
        return f'IF({self._here(_TOTAL)}="","",1+SUMPRODUCT({counted}))'

    def _grade(self) -> str:
        if not self.layout.criteria_set.grades:
            return '""'
        bounds = self.parameters.range_of("", "grades", column=VALUE)
        codes = self.parameters.range_of("", "grades", column=CODE)
        return f'IF({self._here(_TOTAL)}="","",IFERROR(INDEX({codes},MATCH({self._here(_KEY)},{bounds},1)),""))'

    def _verdict(self) -> str:
        pairs = [(self._here(mine), self._here(ours)) for mine, ours in ((_TOTAL, _OUR_TOTAL), (_RANK, _OUR_RANK))]
        same = [f"{mine}={ours}" for mine, ours in pairs]
        same.append(f"EXACT({self._here(_GRADE)},{self._here(_OUR_GRADE)})")
        agrees, differs = literal(self.marks.agrees), literal(self.marks.differs)
        return f"IFERROR(IF(AND({','.join(same)}),{agrees},{differs}),{differs})"

    def _tie(self, step: str) -> _Tie:
        if step == "submitted_at":
            return self._submission()
        node = self.layout.criteria_set.node(step.removeprefix(PILLAR))
        raw = self.nodes.raw(node.code)
        shown = rounded(raw, self.precision) if self.scoring.rank_on == "rounded" else snapped(raw, self.precision)
        formula = f"IF(ISNUMBER({raw}),{shown},{NO_TOTAL})"

        def found(row: UnitResult) -> Cell:
            value = row.nodes[node.code] if self.scoring.rank_on == "rounded" else row.node_values[node.code].raw
            return Cell("key", NO_TOTAL, formula=formula) if value is None else live(formula, value, "key")

        return _Tie(title_in(node.title, self.marks.lang), ">", formula, "key", found)

    def _submission(self) -> _Tie:
        stamp = at(self.marks.inputs, SUBMITTED)
        formula = f'IF({stamp}="",{NO_MOMENT},{stamp})'

        def found(row: UnitResult) -> Cell:
            text_of = self.layout.submitted.get(row.unit, "")
            if not text_of:
                return Cell("moment_key", NO_MOMENT, formula=formula)
            return live(formula, moment_of(instant(text_of)), "moment_key")

        title = self.marks.pick("Thời điểm nộp", "Submitted")
        return _Tie(title, "<", formula, "moment_key", found)


def reckoned_columns() -> Sequence[int]:
    """Total, rank and grade by the spreadsheet, for who reads the file back."""
    return _TOTAL, _RANK, _GRADE
