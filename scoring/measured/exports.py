"""The template of one criterion's figures: every unit with what stands there, one column a figure."""

import io
from collections.abc import Mapping

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from accounts.imports.units import entry
from core.workbook.paper import fit_width, set_widths
from core.workbook.writing import put_text
from scoring.appraisal.value_words import typed
from scoring.inputs import Input, inputs_of
from scoring.measured.sheet import HEAD_ROW, headings
from scoring.models import Answer, Criterion

_HEAD = PatternFill("solid", fgColor="E3ECF4")


def values_template(criterion: Criterion, lines: Mapping[str, Answer]) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = criterion.code[:31]
    put_text(sheet.cell(1, 1), f"{criterion.code} · {criterion.title}").font = Font(bold=True, size=13)
    inputs, titles = inputs_of(criterion.leaf), headings(criterion)
    for place, heading in enumerate(titles, 1):
        cell = put_text(sheet.cell(HEAD_ROW, place), heading)
        cell.font, cell.fill, cell.alignment = Font(bold=True), _HEAD, Alignment(wrap_text=True, vertical="center")
    for row, answer in enumerate(lines.values(), HEAD_ROW + 1):
        put_text(sheet.cell(row, 1), entry(answer.assessment.unit))
        for place, one in enumerate(inputs, 2):
            put_text(sheet.cell(row, place), _standing(one, answer.values.get(one.name)))
    last = max(HEAD_ROW + len(lines), HEAD_ROW + 1)
    for place, one in enumerate(inputs, 2):
        if one.choices:
            _choose(sheet, get_column_letter(place), last, [str(label) for _value, label in one.choices])
    set_widths(sheet, [44, *[24] * len(inputs)])
    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, 2)
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    fit_width(sheet)
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
