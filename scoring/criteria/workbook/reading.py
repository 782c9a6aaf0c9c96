"""A workbook as the document of a set. Everything that is wrong is named by sheet and cell; nothing is guessed or left out.

The cells become the JSON document of engine.md, and the engine judges it as it judges any other: its faults are led back
to the cells that they come from.
"""

import json
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.errors import Invalid
from core.workbook import Limits, Sheet
from scoring import engine
from scoring.criteria.workbook import layout
from scoring.criteria.workbook.assembling import Assembled, assemble
from scoring.criteria.workbook.faults import Fault
from scoring.criteria.workbook.layout import SHEETS
from scoring.criteria.workbook.table import Table, letter, read_table, sheets_by_plan
from scoring.criteria.workbook.words import in_language

LIMITS = Limits(bytes=5 * 1024 * 1024, rows=10_000, columns=100)


@dataclass(frozen=True)
class Document:
    """What a file says: the set where nothing is wrong, else None and every fault; `notes` hinder nothing."""

    definition: engine.CriteriaSet | None
    faults: list[Fault]
    notes: list[Fault]


def read_set_workbook(sheets: list[Sheet]) -> Document:
    """Judge a workbook that was opened with `LIMITS`. Invalid where it is none of a criteria set."""
    found, unknown = sheets_by_plan(sheets, SHEETS)
    if missing := [f"“{in_language(plan.said)}”" for plan in SHEETS if plan.key not in found]:
        raise Invalid(
            _(
                "This is no workbook of a criteria set, or sheets were taken out or hidden. Missing: {names}. "
                "Export a set and edit that file."
            ).format(names=", ".join(missing))
        )
    faults: list[Fault] = []
    tables = {plan.key: read_table(plan, found[plan.key], faults) for plan in SHEETS}
    for plan in SHEETS:
        faults += _hidden(tables[plan.key], found[plan.key])
    assembled = assemble(tables, faults)
    definition = _judged(assembled, faults)
    notes = [Fault(name, "", _("This sheet is not read.")) for name in unknown if name not in layout.HOW_TO]
    faults.sort(key=lambda fault: _order(fault, [table.said for table in tables.values()]))
    return Document(None if faults else definition, faults, notes)


def _order(fault: Fault, names: list[str]) -> tuple:
    """Sheet by sheet, row by row, from left to right."""
    letters = fault.place.rstrip("0123456789")
    number = fault.place.removeprefix(letters)
    row = int(number) if number.isascii() and number.isdigit() else 0
    return names.index(fault.sheet) if fault.sheet in names else len(names), row, len(letters), letters


def _hidden(table: Table, sheet: Sheet) -> list[Fault]:
    """What nobody sees is not taken in, and joined cells have one value for several rows."""
    said = {
        _("Cells are joined here. Take the join back."): sheet.merged,
        _("Columns are hidden here. Show them again."): [letter(number - 1) for number in sheet.hidden_columns],
        _("Rows are hidden here, by a filter perhaps. Show them again."): map(str, sheet.hidden_rows),
    }
    return [table.fault(place, sentence) for sentence, places in said.items() for place in places]


def _judged(assembled: Assembled, faults: list[Fault]) -> engine.CriteriaSet | None:
    """The engine's judgement; where a cell is at fault already, what follows from it is not said a second time."""
    if assembled.document is None:
        return None
    known = {(fault.sheet, fault.place) for fault in faults}
    try:
        return engine.load_set(json.dumps(assembled.document), place="")
    except engine.Refused as refused:
        for fault in refused.faults:
            sheet, place = assembled.place_of(fault.place.removeprefix(":"))
            if (sheet, place) not in known:
                faults.append(Fault(sheet, place, fault.sentence(get_language() or "vi")))
    return None
