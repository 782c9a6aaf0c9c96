"""What a spreadsheet cannot hold: too many digits, cells, characters; days it counts in two ways."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ..exact import exact_text
from ..faults import quoted
from ..formula.tree import Number, walk
from ..model import Leaf
from ..results import Results
from ..rules.cells import Parameter
from ..tables import instant
from .cells import ROW
from .days import EARLIEST, moment_of, serial_of
from .layout import Layout
from .refusals import Finder

# A binary number tells 15 digits apart, a spreadsheet's comparison one less.
MOST_DIGITS = 14
MOST_ROWS, MOST_COLUMNS, LONGEST_TEXT = 1_048_576, 16_384, 32_767
LONGEST_FORMULA, DEEPEST_FORMULA = 8_192, 64


def check_figures(results: Results, finder: Finder) -> None:
    """The numbers and days of the set and of the values."""
    scoring = results.criteria_set.scoring
    for name in ("max_bonus", "max_penalty", "cap"):
        _check_number(getattr(scoring, name), finder, "", f"scoring/{name}")
    for place, grade in enumerate(results.criteria_set.grades):
        _check_number(grade.from_points, finder, "", f"grades/{place}/from")
    for item in results.criteria_set.root.walk():
        _check_number(item.weight, finder, item.code, "weight")
    for leaf in results.criteria_set.lines:
        _check_number(leaf.max_points, finder, leaf.code, "max_points")
        for parameter in leaf.rule.cell_parameters():
            _check_parameter(parameter, leaf, finder)
        for node in walk(leaf.rule.tree) if leaf.rule.kind == "formula" else ():
            if isinstance(node, Number):
                _check_number(node.value, finder, leaf.code, "rule/expression")
    for row in results.rows:
        for code, line in row.lines.items():
            for name, value in line.answer.items():
                _check_answer(row.unit, code, name, value, finder)


def _check_parameter(parameter: Parameter, leaf: Leaf, finder: Finder) -> None:
    if isinstance(parameter.value, date):
        if parameter.value < EARLIEST:
            finder.of_set(leaf.code, f"rule/{parameter.name}", *_too_early(parameter.value))
    elif not isinstance(parameter.value, str):
        _check_number(parameter.value, finder, leaf.code, f"rule/{parameter.name}")
    _check_number(parameter.fraction, finder, leaf.code, f"rule/{parameter.name}")


def _check_number(value: Decimal | Fraction | int | None, finder: Finder, code: str, step: str) -> None:
    if value is not None and has_too_many_digits(Fraction(value)):
        finder.of_set(code, step, *_too_many_digits(Fraction(value)))


def _check_answer(unit: str, code: str, name: str, value, finder: Finder) -> None:
    if isinstance(value, date):
        if value < EARLIEST:
            finder.of_value(unit, code, name, *_too_early(value))
    elif isinstance(value, Fraction) and has_too_many_digits(value):
        finder.of_value(unit, code, name, *_too_many_digits(value))


def has_too_many_digits(value: Fraction) -> bool:
    if value.denominator == 1 and abs(value.numerator) < 10**MOST_DIGITS:
        return False
    return len(exact_text(abs(value)).replace(".", "").strip("0")) > MOST_DIGITS


def _too_many_digits(value: Fraction) -> tuple[str, str]:
    shown = quoted(exact_text(value), 40)
    return (
        f"Số {shown} có hơn {MOST_DIGITS} chữ số, bảng tính không giữ hết nên không xuất; hãy ghi số ngắn hơn.",
        f"The number {shown} has more than {MOST_DIGITS} digits, which a spreadsheet does not keep; shorten it.",
    )


def _too_early(day: date) -> tuple[str, str]:
    return (
        f"Bảng tính không tính đúng ngày {day.isoformat()}; ngày sớm nhất xuất được là {EARLIEST.isoformat()}.",
        f"A spreadsheet does not count the day {day.isoformat()} well; the earliest exported is {EARLIEST.isoformat()}.",
    )


def check_submissions(layout: Layout, finder: Finder) -> None:
    """Instants of one group that break ties must stay apart as a spreadsheet counts them."""
    if "submitted_at" not in layout.criteria_set.scoring.tie_break:
        return
    for block in layout.blocks:
        stamps = [
            (instant(layout.submitted.get(row.unit, "") or ""), row.unit) for row in _rows_of(layout, block.group)
        ]
        known = sorted((moment, unit) for moment, unit in stamps if moment is not None)
        for moment, unit in known:
            if moment_of(moment) < serial_of(EARLIEST):
                finder.of_submission(unit, *_too_early(EARLIEST))
        for (earlier, _), (later, unit) in zip(known, known[1:], strict=False):
            if earlier != later and moment_of(later) == moment_of(earlier):
                finder.of_submission(
                    unit,
                    "Hai thời điểm nộp cách nhau chưa tới một phần nghìn giây, bảng tính không phân biệt được.",
                    "Two submissions are less than a thousandth of a second apart; a spreadsheet sees one instant.",
                )


def _rows_of(layout: Layout, group: str) -> Iterator:
    return (row for row in layout.rows if row.group == group)


def check_sizes(layout: Layout, finder: Finder) -> None:
    columns = max(layout.field_column.values(), default=0)
    for size, most, vi, en in (
        (layout.last_row, MOST_ROWS, "dòng", "rows"),
        (columns, MOST_COLUMNS, "cột", "columns"),
    ):
        if size > most:
            finder.of_file(
                f"Cần {size} {vi} mà một trang tính chỉ có {most}; hãy xuất từng khối.",
                f"{size} {en} are needed and a sheet has {most}; export group by group.",
            )
    for row in layout.rows:
        if len(row.unit) > LONGEST_TEXT or len(row.group) > LONGEST_TEXT:
            finder.of_file(*_too_long(row.unit))
    for item in (*layout.criteria_set.root.walk(), *layout.criteria_set.adjustments):
        said = [item.title.vi, item.title.en]
        if isinstance(item, Leaf):
            said += [*item.rule.cell_name, *(one.value for one in item.rule.cell_parameters())]
            said += [word for field in item.rule.fields for word in item.input_words(field, layout.marks.lang)]
        for text in said:
            if isinstance(text, str) and len(text) > LONGEST_TEXT:
                finder.of_set(item.code, "", *_too_long(text))


def _too_long(text: str) -> tuple[str, str]:
    shown = quoted(text, 20)
    return (
        f"“{shown}” dài hơn {LONGEST_TEXT} ký tự, một ô không chứa được.",
        f"“{shown}” is longer than {LONGEST_TEXT} characters and does not fit a cell.",
    )


def check_formula(code: str, formula: str, finder: Finder) -> None:
    length = len(formula) + formula.count(ROW) * (len(str(MOST_ROWS)) - 1)
    if length > LONGEST_FORMULA or function_depth(formula) > DEEPEST_FORMULA:
        finder.of_set(
            code,
            "",
            f"Công thức của mục này quá dài hoặc lồng quá sâu cho bảng tính ({length} ký tự); hãy tách nhỏ ra.",
            f"The formula of this item is too long or too deep for a spreadsheet ({length} characters); split it.",
        )


def function_depth(formula: str) -> int:
    """How deep functions stand in each other; plain parentheses do not count."""
    depth = deepest = 0
    opened: list[bool] = []
    for place, char in enumerate(formula):
        if char == "(":
            opened.append(place > 0 and formula[place - 1].isalpha())
            depth += opened[-1]
            deepest = max(deepest, depth)
        elif char == ")" and opened:
            depth -= opened.pop()
    return deepest
