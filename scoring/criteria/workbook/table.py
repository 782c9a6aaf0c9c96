"""One sheet as rows of cells by column: the headings found, whatever their order; what cannot be used named by cell."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from core.collation import fold
from core.workbook import Sheet
from scoring.criteria.workbook.faults import CellFault, Fault
from scoring.criteria.workbook.layout import Column, SheetPlan
from scoring.criteria.workbook.words import in_language

# Stands for a value that cannot be read, so that the engine refuses its place too and not its absence.
UNREADABLE: list = []


@dataclass(frozen=True)
class Cell:
    """`value` is the JSON value; None for an empty cell."""

    place: str
    value: Any


@dataclass
class Row:
    number: int
    cells: dict[str, Cell]

    def value(self, key: str) -> Any:
        return self.cells[key].value if key in self.cells else None

    def place(self, key: str) -> str:
        return self.cells[key].place if key in self.cells else str(self.number)


@dataclass
class Table:
    """`said` is the sheet's name as it stands in the file."""

    plan: SheetPlan
    said: str
    rows: list[Row] = field(default_factory=list)

    def fault(self, place: str, sentence: str) -> Fault:
        return Fault(self.said, place, sentence)


def letter(place: int) -> str:
    """A for 0."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - loads openpyxl, 150 ms

    return get_column_letter(place + 1)


def heading_of(column: Column) -> str:
    return in_language(column.said)


def read_table(plan: SheetPlan, sheet: Sheet, faults: list[Fault]) -> Table:
    table = Table(plan, sheet.name)
    places = _places(table, sheet, faults)
    broken = _broken(sheet)
    for number, cells in enumerate(sheet.rows[1:], 2):
        used = {place: value for place, value in enumerate(cells) if not _is_blank(value)}
        marked = {place for place in range(len(places) and max(places) + 1) if f"{letter(place)}{number}" in broken}
        if used or marked:
            table.rows.append(_row(table, number, cells, places, broken, faults))
    return table


def _is_blank(value: Any) -> bool:
    return isinstance(value, str) and not value.strip()


def _broken(sheet: Sheet) -> dict[str, str]:
    """Cell → why its value must not be taken, though the sheet shows one."""
    formula, error = (
        _("The cell holds a formula. Paste its value instead."),
        _("The cell holds an error value of Excel."),
    )
    return dict.fromkeys(sheet.errors, error) | dict.fromkeys(sheet.formulas, formula)


def _places(table: Table, sheet: Sheet, faults: list[Fault]) -> dict[int, Column]:
    """Column of each place. Columns that are missing, stand twice or are not known are faults."""
    places: dict[int, Column] = {}
    for place, text in enumerate(sheet.rows[0] if sheet.rows else []):
        column = next((one for one in table.plan.columns if one.means(str(text))), None)
        cell = f"{letter(place)}1"
        if column is None:
            if not _is_blank(text) or any(len(row) > place and not _is_blank(row[place]) for row in sheet.rows):
                sentence = _(
                    "The column “{heading}” is not one of this sheet. Take it out, or use the exported headings."
                )
                faults.append(table.fault(cell, sentence.format(heading=str(text)[:60])))
        elif column in places.values():
            before = next(letter(at) for at, one in places.items() if one is column)
            sentence = _("The column “{heading}” stands twice ({first}, {second}).")
            faults.append(
                table.fault(cell, sentence.format(heading=heading_of(column), first=before, second=letter(place)))
            )
        else:
            places[place] = column
    missing = [f"“{heading_of(one)}”" for one in table.plan.columns if not one.echo and one not in places.values()]
    if missing:
        faults.append(table.fault("1", _("Columns are missing: {names}.").format(names=", ".join(missing))))
    return places


def _row(
    table: Table, number: int, cells: list[Any], places: Mapping[int, Column], broken: Mapping[str, str], faults: list
) -> Row:
    row = Row(number, {})
    for place, column in places.items():
        at, value = f"{letter(place)}{number}", cells[place] if place < len(cells) else ""
        row.cells[column.key] = Cell(at, _value(table, column, at, value, broken.get(at, ""), faults))
    return row


def _value(table: Table, column: Column, at: str, value: Any, why_not: str, faults: list[Fault]) -> Any:
    if column.echo:
        return None
    if why_not:
        faults.append(table.fault(at, why_not))
        return UNREADABLE
    if _is_blank(value):
        if column.needed:
            faults.append(table.fault(at, _("“{heading}” is missing.").format(heading=heading_of(column))))
            return UNREADABLE
        return None
    # The sheet of the set: each row reads its own value.
    return value if column.key == "value" else read_cell(table, at, column.kind.read, value, faults)


def read_cell(table: Table, at: str, read: Callable[[Any], Any], value: Any, faults: list[Fault]) -> Any:
    try:
        return read(value)
    except CellFault as fault:
        faults.append(table.fault(at, fault.sentence))
        return UNREADABLE


def sheets_by_plan(sheets: Iterable[Sheet], plans: Iterable[SheetPlan]) -> tuple[dict[str, Sheet], list[str]]:
    """The sheet of each plan, by the plan's key, and the names of sheets that no plan knows."""
    found: dict[str, Sheet] = {}
    unknown = []
    for sheet in sheets:
        plan = next((one for one in plans if fold(sheet.name) in map(fold, one.said)), None)
        if plan is None or plan.key in found:
            unknown.append(sheet.name)
        else:
            found[plan.key] = sheet
    return found, unknown
