"""Workbooks this desk hands out: the template of the list of accounts, and the temporary passwords."""

import io
from collections.abc import Sequence

from django.db.models import F
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from accounts.enums import Role
from accounts.imports.columns import COLUMNS, LIMITS
from accounts.imports.units import entry
from accounts.models import Unit
from core.workbook.paper import fit_width
from core.workbook.writing import put_text

_HEAD = PatternFill("solid", fgColor="E3ECF4")


def accounts_template() -> bytes:
    """The sheet to fill in, with lists to choose from, behind it how to, and the lists themselves."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("Accounts")
    _head(sheet, [(str(column.heading) + (" *" if column.required else ""), column.width) for column in COLUMNS])
    for place in range(1, len(COLUMNS) + 1):
        for row in range(2, 302):
            sheet.cell(row, place).number_format = "@"
    lists = book.create_sheet(_("Lists"))
    _head(lists, [(_("Role"), 30), (_("Unit"), 60)])
    units = list(Unit.objects.filter(is_active=True).order_by(F("group__position").asc(nulls_last=True), "name_sort"))
    _column(lists, 1, [str(capfirst(role.label)) for role in Role])
    _column(lists, 2, [entry(unit) for unit in units])
    _choose(sheet, "role", f"'{lists.title}'!$A$2:$A${len(Role) + 1}")
    _choose(sheet, "unit", f"'{lists.title}'!$B$2:$B${len(units) + 1}")
    _instructions(book.create_sheet(_("How to")))
    return _saved(book)


def _head(sheet: Worksheet, columns: Sequence[tuple[str, int]]) -> None:
    for place, (heading, width) in enumerate(columns, 1):
        cell = put_text(sheet.cell(1, place), heading)
        cell.font, cell.fill = Font(bold=True), _HEAD
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes, sheet.print_title_rows = "A2", "1:1"
    fit_width(sheet)


def _column(sheet: Worksheet, place: int, texts: Sequence[str]) -> None:
    for row, text in enumerate(texts, 2):
        put_text(sheet.cell(row, place), text)


def _choose(sheet: Worksheet, name: str, source: str) -> None:
    place = next(number for number, column in enumerate(COLUMNS, 1) if column.name == name)
    letter = get_column_letter(place)
    rule = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=True)
    rule.errorTitle, rule.error = _("Not in the list"), _("Choose an entry of the list.")
    rule.add(f"{letter}2:{letter}{LIMITS.rows}")
    sheet.add_data_validation(rule)


def _instructions(sheet: Worksheet) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 28, 90
    fit_width(sheet)
    lines = [
        (
            _("Accounts"),
            _("One row per person. Columns with * are needed. Keep the headings; the order does not matter."),
        ),
        *((str(column.heading), str(column.help)) for column in COLUMNS),
        (
            _("Then"),
            _("Send the file in under Administration, Accounts, Import. It is checked first; nothing is written."),
        ),
        (_("Limits"), _("2,000 rows, 2 MB, values only: no formulas, macros or links to other files.")),
    ]
    for row, (name, text) in enumerate(lines, 1):
        put_text(sheet.cell(row, 1), name).font = Font(bold=True)
        put_text(sheet.cell(row, 2), text).alignment = Alignment(wrap_text=True, vertical="top")


def password_list(rows: Sequence[Sequence[str]]) -> bytes:
    """(name, unit, account, temporary password) per row, to be cut into slips and handed over."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("Temporary passwords")
    _head(sheet, [(_("Full name"), 28), (_("Unit"), 40), (_("Account name"), 26), (_("Temporary password"), 24)])
    for number, row in enumerate(rows, 2):
        for place, text in enumerate(row, 1):
            put_text(sheet.cell(number, place), text)
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
