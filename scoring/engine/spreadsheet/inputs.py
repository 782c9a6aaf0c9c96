"""The sheet of inputs: what each unit declared, one column a field, as numbers, days and words."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from ..answers import APPRAISED_FIELD, NOT_APPLICABLE_FIELD
from ..lines import Line
from ..model import Leaf
from ..results import UnitResult
from ..tables import instant
from ..titles import title_in
from .cells import Cell, letters, number, text
from .container import Row, Sheet
from .days import moment_of, serial_of
from .layout import FIRST, OVERRIDE, Layout

UNIT, GROUP, SUBMITTED = 1, 2, 3


def inputs_sheet(layout: Layout) -> Sheet:
    fields = len(layout.field_column)
    choices = [
        (f"{letters(column)}{FIRST}:{letters(column)}{layout.last_row}", (layout.marks.yes, layout.marks.no))
        for leaf in layout.criteria_set.lines
        for spec in leaf.rule.specs
        if spec.type == "yes_no"
        for column in [layout.field_column[leaf.code, spec.name]]
    ]
    widths = (20, 14, 19, *([13] * fields))
    rows = _rows(layout)
    return Sheet(layout.marks.inputs, rows, widths, (FIRST - 1, 1), (3, FIRST - 1), fits_width=False, choices=choices)


def _rows(layout: Layout) -> Iterator[Row]:
    pick = layout.marks.pick
    yield Row(1, [text(pick("Số liệu kê khai", "Declared figures"), "title")], 24)
    note = pick(
        "Mỗi dòng một đơn vị. Cột “thẩm định” ghi điểm do người thẩm định ấn định, hoặc KAD (không áp dụng);"
        " khi ghi thì xóa số liệu của tiêu chí đó.",
        "One row a unit. The column “appraisal” holds points set by the appraiser, or N/A (not applicable); then"
        " clear the figures of that criterion.",
    )
    yield Row(2, [text(note, "aside")])
    yield from _heads(layout)
    for row, _block, unit in layout.numbered_rows():
        yield Row(row, _cells(layout, unit))


def _heads(layout: Layout) -> Iterator[Row]:
    pick = layout.marks.pick
    first = pick("Đơn vị|Khối, cụm|Nộp lúc (giờ Việt Nam)", "Unit|Group|Submitted (Vietnam time)").split("|")
    codes, titles, fields, names = (
        [text(word, "head") for word in words] for words in ([""] * 3, first, [""] * 3, [""] * 3)
    )
    for leaf in layout.criteria_set.lines:
        for place, name in enumerate((*leaf.rule.fields, OVERRIDE)):
            title = title_in(leaf.title, layout.marks.lang) if place == 0 else ""
            codes.append(text(leaf.code, "head"))
            titles.append(text(title, "small_head"))
            field, unit = _named(leaf, name, layout)
            fields.append(text(field, "small_head"))
            names.append(text(unit, "head"))
    for row, cells, height in ((3, codes, 0), (4, titles, 62), (5, fields, 62), (6, names, 0)):
        yield Row(row, cells, height)


def _named(leaf: Leaf, name: str, layout: Layout) -> tuple[str, str]:
    """(how the field is asked for, its name or unit in small)."""
    if name == OVERRIDE:
        return layout.marks.pick("thẩm định", "appraisal"), ""
    title, unit = leaf.input_words(name, layout.marks.lang)
    if not title and name.startswith("part:"):
        title = next(option.named(layout.marks.lang) for option in leaf.rule.options if f"part:{option.key}" == name)
    own_words = {
        "a": ("số a", "a"),
        "b": ("số b", "b"),
        "value": ("giá trị", "value"),
        "option": ("phương án", "option"),
    }
    own_words |= {"date": ("ngày", "date"), "points": ("điểm", "points")}
    said = title or (layout.marks.pick(*own_words[name]) if name in own_words else name)
    return said, unit or (name if name in ("a", "b") else "")


def _cells(layout: Layout, unit: UnitResult) -> list[Cell | None]:
    cells: list[Cell | None] = [text(unit.unit, "text"), text(unit.group, "text"), _submitted(layout, unit.unit)]
    for leaf in layout.criteria_set.lines:
        line = unit.lines[leaf.code]
        cells += [_declared(line, spec.name, spec.type, layout) for spec in leaf.rule.specs]
        cells.append(_override(line, layout))
    return cells


def _submitted(layout: Layout, unit: str) -> Cell:
    stamp = layout.submitted.get(unit, "")
    return number(moment_of(instant(stamp)), "moment") if stamp else text("", "moment")


def _declared(line: Line, field: str, kind: str, layout: Layout) -> Cell:
    value = line.answer.get(field)
    if value is None:
        return text("", _STYLES.get(kind, "input"))
    if isinstance(value, date):
        return number(serial_of(value), "input_day")
    if isinstance(value, Fraction):
        return number(value, "input")
    if kind == "yes_no":
        value = layout.marks.yes if value == "yes" else layout.marks.no
    return text(value, _STYLES[kind])


_STYLES = {"yes_no": "input_text", "choice": "input_text", "date": "input_day"}


def _override(line: Line, layout: Layout) -> Cell:
    if APPRAISED_FIELD in line.answer:
        return number(line.answer[APPRAISED_FIELD], "input")
    return text(layout.marks.not_applicable if NOT_APPLICABLE_FIELD in line.answer else "", "input")
