"""A comparison on paper: one sheet, A4 lying, a heading above the rows of each kind of change."""

from datetime import UTC, datetime

from django.utils.translation import gettext as _

from core.workbook.paper import INDENT, Look, Page, height_of, put, put_across, set_up_page, set_widths
from core.workbook.saving import new_book, saved
from scoring.criteria.comparing.selectors import Comparison
from scoring.criteria.comparing.words import Section

WIDTHS = [15, 40, 20, 42, 42]
SIZE = 11
HEAD_ROW = 4
HEAD = Look(SIZE, bold=True, across="center", wrap=True, edges="thin")
SECTION = Look(SIZE, bold=True, edges="thin")
CELL = Look(SIZE, wrap=True, edges="thin", down="top")


def difference_workbook(compared: Comparison) -> bytes:
    book = new_book()
    sheet = book.create_sheet(_("Comparison"))
    set_widths(sheet, WIDTHS)
    before, after = compared.before, compared.after
    title = _("CHANGES FROM {earlier} TO {year}").format(earlier=before.year, year=after.year)
    put_across(sheet, 1, 1, len(WIDTHS), title, Look(14, bold=True, across="center"))
    put_across(sheet, 2, 1, len(WIDTHS), after.title, Look(12, italic=True, across="center", wrap=True))
    sheet.row_dimensions[2].height = height_of(after.title, sum(WIDTHS), 12)
    heads = [_("Code"), _("Criterion"), _("What"), str(before.year), str(after.year)]
    for column, text in enumerate(heads, 1):
        put(sheet.cell(HEAD_ROW, column), text, HEAD)
    row = HEAD_ROW + 1
    for section in compared.sections:
        row = _write(sheet, row, section)
    if not compared.sections:
        put_across(sheet, row, 1, len(WIDTHS), _("Nothing changed but the year."), CELL)
    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, 1)
    foot = f"{after.code} · {before.year} {before.identity[:12]} · {after.year} {after.identity[:12]}"
    set_up_page(sheet, Page((HEAD_ROW, HEAD_ROW), foot_left=foot, page_words=_("Page {page}/{pages}")))
    name = f"{after.code} {before.year}-{after.year}"
    return saved(book, title=name, moment=datetime(min(max(after.year, 1980), 2100), 1, 1, tzinfo=UTC))


def _write(sheet, row: int, section: Section) -> int:
    put_across(sheet, row, 1, len(WIDTHS), f"{section.title} ({len(section.rows)})", SECTION)
    for number, one in enumerate(section.rows, row + 1):
        texts = [one.code, one.title, one.what, one.before, one.after]
        for column, text in enumerate(texts, 1):
            put(sheet.cell(number, column), text, CELL)
        tallest = max(height_of(text, width - INDENT, SIZE) for text, width in zip(texts, WIDTHS, strict=True))
        sheet.row_dimensions[number].height = min(max(tallest, 16), 400)
    return row + len(section.rows) + 1
