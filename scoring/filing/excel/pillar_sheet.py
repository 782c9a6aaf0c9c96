"""One sheet of lines: what is asked, how it is scored, the cells to fill in, the points as they come."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from core.workbook.paper import POINTS, Page, height_of, put, set_up_page, set_widths
from scoring.appraisal.value_words import said_rule
from scoring.filing.declaring import EXPLANATION_LIMIT
from scoring.filing.excel.asking import (
    TEXT_FORMAT,
    explanation_rule,
    format_of,
    not_applicable_rule,
    rule_of,
    shown_in_cell,
)
from scoring.filing.excel.columns import COLUMNS, HEAD_ROW, PLACE
from scoring.filing.excel.lists import YES, Lists
from scoring.filing.excel.live import LiveForm
from scoring.filing.excel.looks import (
    HEAD,
    HEAD_FILL,
    LEAD,
    MIDDLE,
    NUMBER,
    STRONG,
    TEXT,
    TITLE,
    protect,
    put_input,
    put_shut,
)
from scoring.filing.excel.places import Place, Section, asked_fields
from scoring.filing.excel.tokens import token_of
from scoring.filing.guide import Guide
from scoring.filing.progress import ADJUSTMENTS
from scoring.inputs import inputs_of
from scoring.models import Answer

_WIDTH = {column.name: column.width for column in COLUMNS}
# Columns that belong to the line as a whole; the others have a row a field.
_OF_FIELDS = ("asked", "value", "unit", "token")
_WHOLE_LINE = tuple(column.name for column in COLUMNS if column.name not in _OF_FIELDS)
_LONGEST_ROW = 400.0
LATER = "tính sau"  # where the points of a line hang on the other units


@dataclass(frozen=True)
class Frame:
    """What the sheets of one form have in common. `live` is None where no spreadsheet can reckon the set."""

    unit: str
    year: int
    places: Mapping[str, Place]
    lists: Lists
    live: LiveForm | None
    guide_of: Callable[[Answer], Guide]


def fill_pillar_sheet(book: Workbook, section: Section, frame: Frame) -> Worksheet:
    sheet = book.create_sheet(section.sheet)
    set_widths(sheet, [column.width for column in COLUMNS])
    for column in COLUMNS:
        if column.is_hidden:
            sheet.column_dimensions[get_column_letter(PLACE[column.name])].hidden = True
    _heads(sheet, section, frame)
    rules = _Rules(sheet)
    for answer in section.answers:
        _line(sheet, answer, frame, rules)
    rules.put()
    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, PLACE["max_points"])
    page = Page((HEAD_ROW, HEAD_ROW), foot_left=f"{frame.unit} · Tự đánh giá năm {frame.year}")
    set_up_page(sheet, page)
    sheet.print_area = f"A1:{get_column_letter(PLACE['evidence'])}{sheet.max_row}"
    protect(sheet)
    return sheet


def _heads(sheet: Worksheet, section: Section, frame: Frame) -> None:
    put(sheet.cell(1, 1), section.title, TITLE)
    put(sheet.cell(2, 1), f"{frame.unit} · Tự đánh giá năm {frame.year}", LEAD)
    words = "Chỉ nhập vào ô nền vàng. Ô nào chưa có số liệu thì để trống, không ghi 0."
    put(sheet.cell(3, 1), words, LEAD)
    if frame.live:
        put(sheet.cell(3, PLACE["explanation"]), "Điểm của trang này (tạm tính)", STRONG)
        codes = [answer.criterion.code for answer in section.answers]
        beside = section.code == ADJUSTMENTS
        formula = frame.live.beside(codes) if beside else frame.live.pillar(section.code)
        cell = put(sheet.cell(3, PLACE["points"]), None, STRONG)
        cell.value, cell.number_format = formula, POINTS
    for number, column in enumerate(COLUMNS, 1):
        put(sheet.cell(HEAD_ROW, number), column.heading, HEAD).fill = HEAD_FILL
    sheet.row_dimensions[HEAD_ROW].height = 76


class _Rules:
    """Cells with the same rule share it: Excel takes some 65,000 of them, and people read the list."""

    def __init__(self, sheet: Worksheet):
        self.sheet = sheet
        self._known: dict[tuple, DataValidation] = {}

    def add(self, rule: DataValidation, cell: str) -> None:
        key = (rule.type, rule.operator, rule.formula1, rule.formula2, rule.prompt)
        self._known.setdefault(key, rule).add(cell)

    def put(self) -> None:
        for rule in self._known.values():
            self.sheet.add_data_validation(rule)


def _line(sheet: Worksheet, answer: Answer, frame: Frame, rules: _Rules) -> None:
    place, leaf = frame.places[answer.criterion.code], answer.criterion.leaf
    inputs = {one.name: one for one in inputs_of(leaf)}
    guide = frame.guide_of(answer)
    title = answer.criterion.title + (f"\n{rule}" if (rule := said_rule(leaf)) else "")
    put(sheet.cell(place.first, PLACE["code"]), answer.criterion.code, TEXT)
    put(sheet.cell(place.first, PLACE["title"]), title, TEXT)
    put(sheet.cell(place.first, PLACE["max_points"]), Decimal(leaf.max_points), NUMBER).number_format = POINTS
    _fields(sheet, answer, frame, rules, inputs)
    _explained(sheet, answer, place, rules)
    _points(sheet, answer, place, frame)
    last = guide.last
    put(sheet.cell(place.first, PLACE["last_value"]), last.declared if last else None, TEXT)
    points = last.appraised_points if last else None
    put(sheet.cell(place.first, PLACE["last_points"]), points, NUMBER).number_format = POINTS
    put(sheet.cell(place.first, PLACE["evidence"]), len(answer.evidence.all()), MIDDLE)
    _joined(sheet, place)
    asked = [inputs[name].title if name else "" for name in place.fields]
    _heights(
        sheet,
        place,
        asked,
        {"title": title, "explanation": answer.explanation, "last_value": last.declared if last else ""},
    )


def _fields(sheet: Worksheet, answer: Answer, frame: Frame, rules: _Rules, inputs: dict) -> None:
    place = frame.places[answer.criterion.code]
    for name in place.fields:
        row = place.row_of(name)
        one = inputs.get(name)
        cell = sheet.cell(row, PLACE["value"])
        if one is None:
            put_shut(sheet.cell(row, PLACE["asked"]), _why_shut(answer, frame))
            put_shut(cell)
            put_shut(sheet.cell(row, PLACE["unit"]))
            continue
        put(sheet.cell(row, PLACE["asked"]), one.title, TEXT)
        put(sheet.cell(row, PLACE["unit"]), one.unit, MIDDLE)
        look = NUMBER if one.type in ("integer", "decimal") else MIDDLE
        put_input(cell, shown_in_cell(one, answer.values.get(name)), look, format=format_of(one))
        rules.add(rule_of(answer.criterion.leaf, one, frame.lists), cell.coordinate)
        put(sheet.cell(row, PLACE["token"]), token_of(answer, name), TEXT)
    if place.fields == ("",) and answer.criterion.declared_by_unit:
        put(sheet.cell(place.first, PLACE["token"]), token_of(answer, ""), TEXT)


def _why_shut(answer: Answer, frame: Frame) -> str:
    if answer.criterion.declared_by_unit:
        return "Tính từ các tiêu chí khác"
    return f"Cơ quan thẩm định nhập: {frame.guide_of(answer).agency}"


def _explained(sheet: Worksheet, answer: Answer, place: Place, rules: _Rules) -> None:
    explanation, asked = (sheet.cell(place.first, PLACE[name]) for name in ("explanation", "not_applicable"))
    if not answer.criterion.declared_by_unit:
        put_shut(explanation)
        put_shut(asked)
        return
    put_input(explanation, answer.explanation or None, TEXT, format=TEXT_FORMAT)
    rules.add(explanation_rule(EXPLANATION_LIMIT), explanation.coordinate)
    if answer.criterion.leaf.rule.na_allowed:
        put_input(asked, YES if answer.asks_not_applicable else None, MIDDLE, format=TEXT_FORMAT)
        rules.add(not_applicable_rule(), asked.coordinate)
    else:
        put_shut(asked)


def _points(sheet: Worksheet, answer: Answer, place: Place, frame: Frame) -> None:
    cell = put(sheet.cell(place.first, PLACE["points"]), None, NUMBER)
    formula = frame.live.line(answer.criterion.code) if frame.live else ""
    if formula:
        cell.value, cell.number_format = formula, POINTS
    elif asked_fields(answer):
        put_shut(cell, LATER, MIDDLE)


def _joined(sheet: Worksheet, place: Place) -> None:
    """What belongs to the whole line stands once beside all its fields."""
    if place.first == place.last:
        return
    for name in _WHOLE_LINE:
        top = sheet.cell(place.first, PLACE[name])
        for row in range(place.first + 1, place.last + 1):
            below = sheet.cell(row, PLACE[name])
            below._style = top._style
        sheet.merge_cells(start_row=place.first, end_row=place.last, start_column=PLACE[name], end_column=PLACE[name])


def _heights(sheet: Worksheet, place: Place, asked: list[str], texts: dict[str, str]) -> None:
    """Joined cells do not make room for themselves: the tallest text is spread over the rows of the line."""
    heights = [height_of(text, _WIDTH["asked"] - 2) for text in asked]
    wanted = max(height_of(text, _WIDTH[name] - 2) for name, text in texts.items())
    missing = max(0.0, wanted - sum(heights)) / len(heights)
    for row, height in enumerate(heights, place.first):
        sheet.row_dimensions[row].height = min(max(height + missing, 18.0), _LONGEST_ROW)
