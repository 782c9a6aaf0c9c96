"""A set as a workbook. The same set gives the same bytes; nothing in them runs."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from core.workbook.paper import INDENT, Look, Page, height_of, put, set_up_page, set_widths
from core.workbook.saving import new_book, saved
from scoring import engine
from scoring.criteria.workbook import layout
from scoring.criteria.workbook.guide import guide_lines
from scoring.criteria.workbook.kinds import Day, Number, Whole
from scoring.criteria.workbook.layout import SETTINGS, SHEETS, STEPS_OF, Column, SheetPlan

SIZE = 11
HEAD = Look(SIZE, bold=True, across="center", wrap=True, edges="thin")
CELL = Look(SIZE, wrap=True, edges="thin", down="top")
FIGURE = Look(SIZE, across="right", edges="thin", down="top", format="General")
DATE = Look(SIZE, across="right", edges="thin", down="top", format="dd/mm/yyyy")
READ_ONLY = Look(SIZE, italic=True, wrap=True, edges="thin", down="top")
GROUP = Look(SIZE, bold=True, wrap=True, edges="thin", down="top")
_LONGEST_LIST = 255
_ROOM_BELOW = 300  # rows below the last that still offer the lists


def set_workbook(definition: engine.CriteriaSet, *, lang: str = "vi") -> bytes:
    """The file. Invalid where a text of the set is longer than a cell may be."""
    said = 1 if lang == "en" else 0
    document = engine.to_document(definition)
    book = new_book()
    _write_guide(book.create_sheet(layout.HOW_TO[said]), said)
    rows = {
        layout.SET.key: list(_settings(document, said)),
        layout.TREE.key: list(_tree(document)),
        layout.RULES.key: [_rule_row(leaf) for leaf in _lines(document)],
        layout.STEPS.key: [row for leaf in _lines(document) for row in _steps(leaf)],
        layout.INPUTS.key: [row for leaf in _lines(document) for row in _inputs(leaf)],
        layout.GRADES.key: [_flat(grade) for grade in document["grades"]],
        layout.SOURCES.key: [_flat(leaf) | {"echo": leaf["title"]["vi"]} for leaf in _lines(document)],
    }
    foot = f"{definition.code} {definition.year} · SHA-256 {engine.identity(definition)[:16]}"
    for plan in SHEETS:
        _fill(book.create_sheet(plan.said[said]), plan, rows[plan.key], said, foot)
    return saved(book, title=f"{definition.code} {definition.year}", moment=_moment(definition.year))


def _moment(year: int) -> datetime:
    return datetime(min(max(year, 1980), 2100), 1, 1, tzinfo=UTC)


def _flat(record: dict, into: str = "") -> dict[str, Any]:
    """Nested keys joined with dots; lists stay out."""
    flat: dict[str, Any] = {}
    for name, value in record.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{into}{name}.")
        elif not isinstance(value, list):
            flat[f"{into}{name}"] = value
    return flat


def _settings(document: dict, said: int) -> Iterator[dict[str, Any]]:
    flat = _flat({name: value for name, value in document.items() if name != "root"})
    flat["scoring.tie_break"] = document["scoring"]["tie_break"]
    for one in SETTINGS:
        value = flat[one.key]
        shown = None if value == one.blank else one.kind.write(value, said)
        yield {"name": one.said[said], "value": shown, "help": one.help[said]}


def _tree(document: dict) -> Iterator[dict[str, Any]]:
    """Groups and criteria in pre-order, then what stands beside the tree."""
    waiting = [(document["root"], None)]
    while waiting:
        item, parent = waiting.pop()
        is_group = "children" in item
        yield _flat(item) | {"row": "node" if is_group else "leaf", "parent": parent}
        waiting += [(child, item["code"]) for child in reversed(item.get("children", []))]
    for leaf in document["adjustments"]:
        yield _flat(leaf) | {"row": "adjustment"}


def _lines(document: dict) -> list[dict]:
    found, waiting = [], [document["root"]]
    while waiting:
        item = waiting.pop()
        if "children" in item:
            waiting += reversed(item["children"])
        else:
            found.append(item)
    return found + document["adjustments"]


def _rule_row(leaf: dict) -> dict[str, Any]:
    return _flat(leaf["rule"]) | {"code": leaf["code"], "echo": leaf["title"]["vi"]}


def _steps(leaf: dict) -> Iterator[dict[str, Any]]:
    name, _keys = STEPS_OF.get(leaf["rule"]["kind"], ("", ()))
    for step in leaf["rule"].get(name, []):
        yield _flat(step) | {"code": leaf["code"], "echo": leaf["title"]["vi"]}


def _inputs(leaf: dict) -> Iterator[dict[str, Any]]:
    own = [(one["name"], one) for one in leaf["rule"].get("inputs", [])]
    for name, one in [*own, *sorted(leaf["inputs"].items())]:
        yield _flat(one) | {"code": leaf["code"], "echo": leaf["title"]["vi"], "field": name}


def _fill(sheet: Worksheet, plan: SheetPlan, rows: list[dict], said: int, foot: str) -> None:
    set_widths(sheet, [column.width for column in plan.columns])
    for place, column in enumerate(plan.columns, 1):
        if column.kind.as_text:  # what is typed below the last row stays text too: 1.10 does not become 1.1
            sheet.column_dimensions[get_column_letter(place)].number_format = "@"
    heads = [column.said[said] + (" *" if column.needed else "") for column in plan.columns]
    for place, text in enumerate(heads, 1):
        put(sheet.cell(1, place), text, HEAD)
    sheet.row_dimensions[1].height = max(
        height_of(text, column.width * 0.8, SIZE) for text, column in zip(heads, plan.columns, strict=True)
    )
    for number, row in enumerate(rows, 2):
        _write_row(sheet, number, plan, row, said)
    sheet.freeze_panes = sheet.cell(2, 3 if plan.columns[1].echo else 1)
    _offer_words(sheet, plan, len(rows) + 1 + _ROOM_BELOW, said)
    columns = f"A:{get_column_letter(2)}" if plan.scale else ""
    words = "Trang {page}/{pages}" if said == 0 else "Page {page}/{pages}"
    set_up_page(sheet, Page((1, 1), columns, plan.scale, plan.said[said], foot, words))
    if plan.scale:  # parameters of kinds that the set does not use are not printed
        used = max(place for place, one in enumerate(plan.columns, 1) if any(one.key in row for row in rows))
        sheet.print_area = f"A1:{get_column_letter(used)}{sheet.max_row}"


def _write_row(sheet: Worksheet, number: int, plan: SheetPlan, row: dict, said: int) -> None:
    tallest = 0.0
    for place, column in enumerate(plan.columns, 1):
        value = _shown(plan, column, row, said)
        put(sheet.cell(number, place), value, _look(column, row, value))
        if isinstance(value, str):
            tallest = max(tallest, height_of(value, column.width - INDENT, SIZE))
    sheet.row_dimensions[number].height = min(max(tallest, 16), 400)


def _shown(plan: SheetPlan, column: Column, row: dict, said: int) -> Any:
    if plan is layout.SET:
        return row[column.key] or None if column.key != "value" else row["value"]
    value = row.get(column.key)
    return None if value == column.blank else column.kind.write(value, said)


def _look(column: Column, row: dict, value: Any) -> Look:
    if column.echo:
        return READ_ONLY
    if isinstance(value, date):
        return DATE
    if isinstance(column.kind, Number | Whole | Day):
        return FIGURE
    return GROUP if row.get("row") == "node" and column.key in ("code", "title.vi") else CELL


def _offer_words(sheet: Worksheet, plan: SheetPlan, last: int, said: int) -> None:
    """The words of a column as the list of its cells. An entry may be left out, so nothing but the list is refused."""
    places = [
        (f"{get_column_letter(place)}2:{get_column_letter(place)}{last}", column.kind.words)
        for place, column in enumerate(plan.columns, 1)
    ]
    if plan is layout.SET:
        places = [(f"B{number}", one.kind.words) for number, one in enumerate(SETTINGS, 2)]
    for cells, words in places:
        listed = ",".join(pair[said] for pair in words.values())
        if words and len(listed) <= _LONGEST_LIST:
            rule = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=True)
            rule.add(cells)
            sheet.add_data_validation(rule)


def _write_guide(sheet: Worksheet, said: int) -> None:
    set_widths(sheet, [26, 100])
    for number, (name, text) in enumerate(guide_lines(said), 1):
        put(sheet.cell(number, 1), name, Look(SIZE, bold=True, down="top", wrap=True))
        put(sheet.cell(number, 2), text, Look(SIZE, wrap=True, down="top"))
        sheet.row_dimensions[number].height = max(height_of(name, 24, SIZE), height_of(text, 96, SIZE))
    words = "Trang {page}/{pages}" if said == 0 else "Page {page}/{pages}"
    set_up_page(sheet, Page((1, 1), page_words=words))
