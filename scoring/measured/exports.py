"""The template of one criterion's figures: every unit with what stands there, one column a figure."""

import io
from collections.abc import Mapping

from openpyxl import Workbook
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from accounts.imports.units import entry
from core.workbook.paper import INDENT, Look, Page, height_of, put, set_up_page, set_widths
from scoring.appraisal.value_words import typed
from scoring.inputs import Input, inputs_of
from scoring.measured.sheet import HEAD_ROW, headings
from scoring.models import Answer, Criterion

_HEAD = PatternFill("solid", fgColor="E3ECF4")
_HEAD_LOOK = Look(bold=True, across="center", wrap=True, edges="thin")
_WIDTHS = (44, 24)


def values_template(criterion: Criterion, lines: Mapping[str, Answer]) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = criterion.code[:31]
    put(sheet.cell(1, 1), f"{criterion.code} · {criterion.title}", Look(size=13, bold=True))
    inputs, titles = inputs_of(criterion.leaf), headings(criterion)
    for place, heading in enumerate(titles, 1):
        put(sheet.cell(HEAD_ROW, place), heading, _HEAD_LOOK).fill = _HEAD
    sheet.row_dimensions[HEAD_ROW].height = max(height_of(one, _WIDTHS[1] - INDENT) for one in titles)
    for row, answer in enumerate(lines.values(), HEAD_ROW + 1):
        put(sheet.cell(row, 1), entry(answer.assessment.unit), Look(edges="thin"))
        for place, one in enumerate(inputs, 2):
            put(sheet.cell(row, place), _standing(one, answer.values.get(one.name)), Look(edges="thin", across="right"))
    last = max(HEAD_ROW + len(lines), HEAD_ROW + 1)
    for place, one in enumerate(inputs, 2):
        if one.choices:
            _choose(sheet, get_column_letter(place), last, [str(label) for _value, label in one.choices])
    set_widths(sheet, [_WIDTHS[0], *[_WIDTHS[1]] * len(inputs)])
    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, 2)
    set_up_page(sheet, Page((HEAD_ROW, HEAD_ROW)))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _standing(one: Input, value: str | None) -> str:
    if value is None:
        return ""
    return str(dict(one.choices).get(value, value)) if one.choices else typed(one, value)


def _choose(sheet: Worksheet, letter: str, last: int, words: list[str]) -> None:
    """A list in the cell where the words fit into Excel's 255 characters; else they are typed and checked on reading."""
    source = ",".join(words)
    if len(source) > 250 or any("," in word or '"' in word for word in words):
        return
    rule = DataValidation(type="list", formula1=f'"{source}"', allow_blank=True)
    rule.add(f"{letter}{HEAD_ROW + 1}:{letter}{last}")
    sheet.add_data_validation(rule)
