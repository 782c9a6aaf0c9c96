"""The dry run: what a file would change, cell by cell, against the form as it stands. Writes nothing."""

import copy
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from core.errors import DomainError
from core.workbook.guard import read_guarded
from scoring.appraisal.value_words import shown
from scoring.filing.declaring import Declared, facts_of, read
from scoring.filing.excel.columns import LIMITS
from scoring.filing.excel.heads import Fault
from scoring.filing.excel.identity import identity_of, require_same
from scoring.filing.excel.reading import Line, Reading, read_form
from scoring.filing.excel.tokens import state_of
from scoring.filing.progress import Progress, progress_of
from scoring.inputs import inputs_of
from scoring.models import Answer, Assessment

_CELL = re.compile(r"([A-Z]+)([0-9]+)")


@dataclass(frozen=True)
class Cell:
    """One cell that differs: what it is called, what stands in the system, what the file would put there."""

    cell: str
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    """One line that the file changes, with the points before and after."""

    answer: Answer
    sheet: str
    cells: list[Cell]
    points_before: Decimal | None
    points: Decimal | None


@dataclass(frozen=True)
class Stale:
    """One line that somebody saved after the file was made: it is left as it is, both values shown."""

    answer: Answer
    sheet: str
    cell: str
    cells: list[Cell]
    who: str
    at: datetime | None


@dataclass(frozen=True)
class Check:
    """It may be confirmed only without faults and with changes. `lines` are those that change."""

    sha256: str
    changes: list[Change] = field(default_factory=list)
    stale: list[Stale] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    lines: dict[str, Line] = field(default_factory=dict)
    same: int = 0
    before: Progress | None = None
    after: Progress | None = None


def check_file(data: bytes, assessment: Assessment, lines: Sequence[Answer]) -> Check:
    """`lines` as `checks.lines_of` reads them. A DomainError where the file as a whole cannot be used."""
    sheets = read_guarded(data, limits=LIMITS, with_hidden=True)
    require_same(sheets, identity_of(assessment))
    answers = {answer.criterion.code: answer for answer in lines}
    reading = read_form(sheets, assessment.pk, answers)
    declared = dict(_declared(reading, answers))
    sha256 = hashlib.sha256(data).hexdigest()
    if reading.faults:
        return Check(sha256, faults=_in_order(reading.faults, [sheet.name for sheet in sheets]))
    return _compared(sha256, assessment, lines, reading, declared)


def _declared(reading: Reading, answers: Mapping[str, Answer]) -> Iterator[tuple[str, Declared]]:
    """Each line by its rule; what the rule refuses becomes a fault of the cell."""
    for code, line in reading.lines.items():
        if line.is_faulty:
            continue
        try:
            yield code, read(answers[code], line.given)
        except DomainError as error:
            first = next(iter(line.cells.values()))
            found = {line.cells[name]: text for name, text in error.fields.items() if name in line.cells}
            for cell, sentence in (found or {first: str(error.message)}).items():
                reading.faults.append(Fault(line.sheet, cell, sentence))


def _in_order(faults: list[Fault], sheets: list[str]) -> list[Fault]:
    """Sheet by sheet as the book has them, row by row; each thing said once."""
    order = {name: number for number, name in enumerate(sheets)}

    def place(fault: Fault) -> tuple:
        found = _CELL.match(fault.cell)
        row, column = (int(found[2]), found[1]) if found else (0, fault.cell)
        return order.get(fault.sheet, -1), row, len(column), column

    return sorted(dict.fromkeys(faults), key=place)


def _compared(
    sha256: str, assessment: Assessment, lines: Sequence[Answer], reading: Reading, declared: Mapping[str, Declared]
) -> Check:
    found = Check(sha256)
    after, same = [], 0
    for answer in lines:
        code = answer.criterion.code
        would_be = answer
        if code in declared:
            line, one = reading.lines[code], declared[code]
            untouched = one.equals(answer) or state_of(one.facts()) == line.state
            if untouched:
                same += 1
            elif line.version != answer.version:
                found.stale.append(_stale(answer, line, one))
            else:
                would_be = _as_declared(answer, one)
                found.lines[code] = line
                cells = cells_between(answer, one, line)
                found.changes.append(Change(answer, line.sheet, cells, answer.claimed_points, one.claimed_points))
        after.append(would_be)
    progress = progress_of(assessment, list(lines)), progress_of(assessment, after)
    return Check(sha256, found.changes, found.stale, [], found.lines, same, *progress)


def _as_declared(answer: Answer, one: Declared) -> Answer:
    """The line as it would stand; never saved."""
    would_be = copy.copy(answer)
    for name, value in one.facts().items():
        setattr(would_be, name, value)
    would_be.claimed_points = one.claimed_points
    return would_be


def _stale(answer: Answer, line: Line, one: Declared) -> Stale:
    first = next(iter(line.cells.values()))
    who = str(answer.updated_by) if answer.updated_by else ""
    return Stale(answer, line.sheet, first, cells_between(answer, one, line), who, answer.updated_at)


def cells_between(answer: Answer, one: Declared, line: Line) -> list[Cell]:
    """Every cell of the line in which the file and the system differ."""
    before, empty, found = facts_of(answer), _("empty"), []
    for field_ in inputs_of(answer.criterion.leaf):
        old, new = before["values"].get(field_.name), one.values.get(field_.name)
        if old != new:
            texts = (shown(field_, value) if value is not None else empty for value in (old, new))
            found.append(Cell(line.cells[field_.name], field_.title, *texts))
    if before["explanation"] != one.explanation:
        texts = (before["explanation"] or empty, one.explanation or empty)
        found.append(Cell(line.cells["explanation"], _("Explanation of this line"), *texts))
    if before["asks_not_applicable"] != one.asks_not_applicable:
        texts = (_("Yes") if asked else _("No") for asked in (before["asks_not_applicable"], one.asks_not_applicable))
        found.append(Cell(line.cells["not_applicable"], _("Asks for “not applicable”"), *texts))
    return found
