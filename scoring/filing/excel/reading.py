"""A form that came back, as what was typed for each line, with a sentence for every cell that cannot be read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from core.cleaning import clean_text
from core.errors import DomainError, Invalid
from core.workbook import Sheet
from core.workbook.walking import MAX_LISTED
from scoring.engine.spreadsheet.cells import letters
from scoring.filing.declaring import EXPLANATION_LIMIT, AnswerInput
from scoring.filing.excel.cell_values import asks, free_text, typed_text
from scoring.filing.excel.columns import INPUTS, plainly
from scoring.filing.excel.heads import Fault, Heads, heads_of, names_in
from scoring.filing.excel.lists import YES
from scoring.filing.excel.places import asked_fields, places_of, sections_of
from scoring.filing.excel.tokens import Token, read_token
from scoring.inputs import Input, inputs_of
from scoring.models import Answer

NO = "Không"


@dataclass
class Line:
    """One line of the file. `cells` says where each field stands, “explanation” and “not_applicable” among them."""

    code: str
    version: int
    state: str
    sheet: str
    cells: dict[str, str] = field(default_factory=dict)
    raw: dict[str, str] = field(default_factory=dict)
    explanation: str = ""
    asks_not_applicable: bool = False
    is_faulty: bool = False

    @property
    def given(self) -> AnswerInput:
        return AnswerInput(self.raw, self.explanation, self.asks_not_applicable)


@dataclass(frozen=True)
class Reading:
    lines: dict[str, Line]
    faults: list[Fault]


def read_form(sheets: Sequence[Sheet], assessment_id: int, answers: Mapping[str, Answer]) -> Reading:
    """`answers` by criterion code, in the order of the form; criterion and set at hand. Whose file it is was checked before."""
    reader = _Reader(assessment_id, answers)
    for sheet in sheets:
        reader.read(sheet)
    reader.find_missing()
    return Reading(reader.lines, reader.faults)


class _Reader:
    def __init__(self, assessment_id: int, answers: Mapping[str, Answer]):
        self.assessment_id, self.answers = assessment_id, answers
        self.lines: dict[str, Line] = {}
        self.faults: list[Fault] = []
        self.is_torn = False  # rows are known to be missing, and why was said
        self._seen: dict[tuple[str, str], str] = {}
        with override("vi"):  # the words that the file was made with
            self._inputs = {
                code: {one.name: one for one in inputs_of(answer.criterion.leaf)} for code, answer in answers.items()
            }
            self._places = places_of(sections_of(answers.values()))

    def read(self, sheet: Sheet) -> None:
        heads, faults = heads_of(sheet)
        self.faults += faults
        if heads is None:
            self.is_torn = self.is_torn or bool(faults)
            return
        if sheet.is_hidden:
            self._fault(sheet, "", _("The sheet is hidden. Show it again."))
        if len(sheet.formulas) >= MAX_LISTED or len(sheet.errors) >= MAX_LISTED:
            self._fault(sheet, "", _("The sheet has too many formulas. Paste values only."))
            self.is_torn = True
            return
        _SheetOfLines(self, sheet, heads).read()

    def _fault(self, sheet: Sheet, cell: str, sentence: str) -> None:
        self.faults.append(Fault(sheet.name, cell, sentence))

    def find_missing(self) -> None:
        """Every line that the unit fills in must be there with all its rows: a file with gaps is not the form."""
        if self.is_torn:
            return
        for code, answer in self.answers.items():
            if not answer.criterion.declared_by_unit:
                continue
            for name in asked_fields(answer) or ("",):
                if (code, name) not in self._seen:
                    sentence = _("The row of criterion {code} is missing. Take the form as it was downloaded.")
                    self.faults.append(Fault(self._places[code].sheet, "", sentence.format(code=code)))
                    break

    def claim(self, token: Token, sheet: Sheet, cell: str) -> str:
        """A sentence where the row cannot be this line's, else ""."""
        if token.assessment != self.assessment_id:
            return _("The row comes from another form. Rows cannot be moved between forms.")
        answer = self.answers.get(token.code)
        if answer is None or token.field not in (asked_fields(answer) or ("",)):
            return _("The row belongs to no line of the form.")
        before = self._seen.setdefault((token.code, token.field), f"{sheet.name} {cell}")
        if before != f"{sheet.name} {cell}":
            return _("The row stands twice, here and at {place}. Delete one of them.").format(place=before)
        line = self.lines.get(token.code)
        if line and (line.version, line.state) != (token.version, token.state):
            return _("The rows of criterion {code} come from two downloads.").format(code=token.code)
        return ""

    def input_of(self, token: Token) -> Input | None:
        return self._inputs[token.code].get(token.field)


def _explanation(value: Any) -> str:
    return clean_text(free_text(value), limit=EXPLANATION_LIMIT)


def _asks(value: Any, may_ask: bool) -> bool:
    if not may_ask and str(value).strip():
        raise Invalid(_("This criterion applies to every unit of the group."))
    return asks(value, YES, NO)


class _SheetOfLines:
    def __init__(self, reader: _Reader, sheet: Sheet, heads: Heads):
        self.reader, self.sheet, self.heads = reader, sheet, heads
        self.formulas, self.errors = set(sheet.formulas), set(sheet.errors)
        self._extra: set[int] = set()

    def read(self) -> None:
        for number in range(self.heads.row + 1, len(self.sheet.rows)):
            row = self.sheet.rows[number]
            self._look_beside(row, number)
            if text := str(self._at(row, "token")).strip():
                self._line(row, number, text)
            else:
                self._row_without_token(row, number)

    def _at(self, row: list, name: str) -> Any:
        place = self.heads.places.get(name)
        return "" if place is None else row[place]

    def _fault(self, cell: str, sentence: str) -> None:
        self.reader.faults.append(Fault(self.sheet.name, cell, sentence))

    def _look_beside(self, row: list, number: int) -> None:
        for place in self.heads.unknown:
            if place not in self._extra and str(row[place]).strip():
                self._extra.add(place)
                letter = letters(place + 1)
                sentence = _("Column {letter} is no column of the form. Clear it.")
                self._fault(f"{letter}{number + 1}", sentence.format(letter=letter))

    def _row_without_token(self, row: list, number: int) -> None:
        if len({name for name in names_in(row) if name}) > 2:
            self._fault(self.heads.cell("code", number), _("The headings stand here a second time. Delete this row."))
            return
        for name in INPUTS:
            cell = self.heads.cell(name, number)
            if str(self._at(row, name)).strip() or cell in self.formulas or cell in self.errors:
                self._fault(cell, _("This row is not filled in by the unit, or was added. Clear the cell."))

    def _line(self, row: list, number: int, text: str) -> None:
        cell = self.heads.cell("code", number)
        token = read_token(text)
        if token is None:
            self.reader.is_torn = True
            self._fault(cell, _("The hidden key of the row was changed. Take the row of the downloaded form back."))
            return
        if sentence := self.reader.claim(token, self.sheet, cell) or self._displaced(row, token):
            self.reader.is_torn = True
            self._fault(cell, sentence)
            return
        line = self.reader.lines.setdefault(token.code, Line(token.code, token.version, token.state, self.sheet.name))
        one = self.reader.input_of(token)
        if one is not None:
            self._take(line, one.name, "value", row, number, lambda value: typed_text(value, one))
        answer = self.reader.answers[token.code]
        if token.field == (asked_fields(answer) or ("",))[0]:
            self._take(line, "explanation", "explanation", row, number, _explanation)
            may_ask = answer.criterion.leaf.rule.na_allowed
            self._take(line, "not_applicable", "not_applicable", row, number, lambda value: _asks(value, may_ask))
        else:
            self._below_the_first(row, number)

    def _displaced(self, row: list, token: Token) -> str:
        """The words of the row must be those of its key: else somebody has moved cells, not rows."""
        code, asked = plainly(str(self._at(row, "code"))), plainly(str(self._at(row, "asked")))
        fields = asked_fields(self.reader.answers[token.code]) or ("",)
        wrong_code = code != plainly(token.code) and (code or token.field == fields[0])
        one = self.reader.input_of(token)
        if wrong_code or (one is not None and asked != plainly(one.title)):
            sentence = _("The texts of this row are not those of criterion {code}. Take the downloaded form.")
            return sentence.format(code=token.code)
        return ""

    def _below_the_first(self, row: list, number: int) -> None:
        for name in ("explanation", "not_applicable"):
            if str(self._at(row, name)).strip():
                self._fault(self.heads.cell(name, number), _("Write this in the first row of the criterion."))

    def _take(self, line: Line, name: str, column: str, row: list, number: int, read) -> None:
        """Read one cell into the line, or say why not."""
        cell = self.heads.cell(column, number)
        line.cells[name] = cell
        for sentence in self._unreadable(cell):
            line.is_faulty = True
            self._fault(cell, sentence)
            return
        try:
            value = read(self._at(row, column))
        except DomainError as error:
            line.is_faulty = True
            self._fault(cell, str(error.message))
            return
        if name == "explanation":
            line.explanation = value
        elif name == "not_applicable":
            line.asks_not_applicable = value
        else:
            line.raw[name] = value

    def _unreadable(self, cell: str) -> Iterator[str]:
        if cell in self.formulas:
            yield _("Cell {cell} holds a formula. Paste its value.").format(cell=cell)
        elif cell in self.errors:
            yield _("Cell {cell} holds an error (such as #REF!). Type the value.").format(cell=cell)
