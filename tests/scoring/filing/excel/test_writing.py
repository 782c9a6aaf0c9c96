"""The form as a workbook: what may be typed is open and has its rule, everything else is locked and stays text."""

import io
import re
import zipfile

import pytest
from openpyxl import load_workbook

from core.cleaning import clean_text
from core.workbook import read_workbook
from core.workbook.saving import new_book
from scoring.filing.excel.columns import COLUMNS, HEAD_ROW, LIMITS, PLACE
from scoring.filing.excel.looks import TEXT, put_input
from scoring.filing.services import AnswerInput, save_answer
from tests.scoring.filing.excel.books import cell, changed, check, filled, form_of, own, sheet_of

pytestmark = pytest.mark.django_db


def book_of(year):
    return load_workbook(io.BytesIO(form_of(own(year))))


def test_there_is_a_sheet_of_instructions_and_one_a_pillar(year):
    with year.filing():
        book = book_of(year)

    shown = [sheet.title for sheet in book if sheet.sheet_state == "visible"]
    assert shown == ["Hướng dẫn", "1. Nhận thức số", "2. Chính quyền số", "Điểm thưởng, điểm trừ"]
    assert all(sheet.sheet_state == "veryHidden" for sheet in book if sheet.title.startswith("_"))
    assert [cell.value for cell in book["1. Nhận thức số"][HEAD_ROW]] == [column.heading for column in COLUMNS]


def test_only_what_the_unit_types_is_open(year):
    with year.filing():
        one, book = own(year), book_of(year)

    opened = {
        (sheet.title, target.coordinate) for sheet in book for row in sheet.iter_rows() for target in row
        if not target.protection.locked
    }  # fmt: skip
    wanted = set()
    for code, *fields in (
        ("A.1", "value"), ("A.2", "option"), ("A.3", "value"), ("B.1", "a", "b"), ("B.2", "value"), ("T.1", "value"),
    ):  # fmt: skip
        cells = [cell(book, one, code, name) for name in fields] + [cell(book, one, code, column="explanation")]
        cells += [cell(book, one, code, column="not_applicable")] if code in ("B.1", "B.2") else []
        wanted |= {(target.parent.title, target.coordinate) for target in cells}
    joined = {("2. Chính quyền số", f"{letter}7") for letter in "GH"}  # the second row of B.1, joined with the first
    assert opened - joined == wanted
    assert all(sheet.protection.sheet and not sheet.protection.password for sheet in book)


def test_every_open_cell_has_a_rule_with_a_prompt(year):
    with year.filing():
        one, book = own(year), book_of(year)

    def rule(code: str, field: str = "", column: str = "value"):
        target = cell(book, one, code, field, column)
        rules = sheet_of(book, one, code).data_validations.dataValidation
        (found,) = [one for one in rules if target.coordinate in one.sqref]
        assert found.prompt
        assert found.error
        return found.type, found.formula1

    assert rule("A.1", "value") == ("list", '"Có,Không"')
    assert rule("A.2", "option") == ("list", "'_danh_muc'!$A$1:$A$3")
    assert rule("A.3", "value")[0] == "decimal"
    assert rule("B.1", "a") == ("whole", "0")
    assert rule("B.2", column="not_applicable") == ("list", '"Có"')
    assert rule("B.2", column="explanation") == ("textLength", "4000")


def test_it_prints_on_a4_with_its_heads_repeated_and_frozen(year):
    with year.filing():
        sheet = book_of(year)["2. Chính quyền số"]

    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth, sheet.page_setup.orientation) == (
        9,
        1,
        "landscape",
    )
    assert sheet.print_title_rows == f"${HEAD_ROW}:${HEAD_ROW}"
    assert sheet.freeze_panes == f"C{HEAD_ROW + 1}"
    assert sheet.column_dimensions["M"].hidden


HEADS = ["=", "+", "-", "@", "\t=", "\n=", "＝", "＋", "－", "＠", "|", "%0A=", '"=', "'=", "=\u200b", "\u202e="]
BODIES = [
    "1+1", 'HYPERLINK("http://x.invalid","a")', "cmd|'/c calc'!A0", 'WEBSERVICE("http://x.invalid")', "A1",
    'DDE("cmd";"/c calc";"x")', "IMPORTXML(1)", "SUM(1)*cmd|' /C calc'!A0", "_x0041_", "<b>&amp;]]>", "a\nb",
    'INDIRECT("A1")', "{=1}",
]  # fmt: skip
PAYLOADS = [head + body for head in HEADS for body in BODIES][:200]


def test_200_payloads_stay_text_in_an_input_cell():
    book = new_book()
    sheet = book.create_sheet("A")
    for row, payload in enumerate(PAYLOADS, 1):
        put_input(sheet.cell(row, 1), payload, TEXT, format="@")
    target = io.BytesIO()
    book.save(target)

    (read,) = read_workbook(target.getvalue(), limits=LIMITS)

    assert own_formulas(target.getvalue()) == []
    assert [row[0] for row in read.rows] == PAYLOADS
    assert len(PAYLOADS) == 200


def test_texts_of_people_carry_no_live_formula(year):
    """Only the product's own formulas are in the file, and the texts come back as they are."""
    with year.filing():
        one = own(year)
        plain = own_formulas(form_of(one))
        for line, payload in zip(
            one.answers.filter(criterion__declared_by_unit=True), PAYLOADS[:: 200 // 5], strict=False
        ):
            line.explanation = clean_text(payload, limit=100)
            line.save()
        data = form_of(one)
        found = check(one, data)

    assert own_formulas(data) == plain
    assert (found.faults, found.changes, found.stale) == ([], [], [])


def own_formulas(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [
            name + text
            for name in sorted(archive.namelist())
            for text in re.findall(r"<f[^>]*>[^<]*</f>", archive.read(name).decode("utf-8", "replace"))
        ]


def test_what_was_handed_out_comes_back_without_a_difference(year):
    with year.filing():
        year.fill(0)
        found = check(own(year), form_of(own(year)))

    assert (found.faults, found.changes, found.stale, found.same) == ([], [], [], 6)


def test_numbers_with_more_digits_than_excel_keeps_come_back_whole(year):
    with year.filing():
        long = "12345678901.123456789012345"
        save_answer(answer=year.answer("A.3"), given=AnswerInput(raw={"value": long}), version=0, actor=year.officer())
        found = check(own(year), form_of(own(year)))

    assert year.answer("A.3").values == {"value": long}
    assert (found.faults, found.changes, found.stale) == ([], [], [])


def test_a_file_that_lost_its_hidden_columns_width_still_reads(year):
    """LibreOffice and Excel write the file anew; what counts are the cells."""
    with year.filing():
        data = filled(own(year), {("A.3", "value"): 4}, changed(form_of(own(year)), lambda book: None))
        found = check(own(year), data)

    (change,) = found.changes
    assert [(one.cell, one.new) for one in change.cells] == [(f"E{HEAD_ROW + 3}", "4")]
    assert PLACE["value"] == 5
