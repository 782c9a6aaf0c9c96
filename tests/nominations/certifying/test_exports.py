"""The list of the commended in Excel: printable, numbers as numbers, text that never runs."""

import io

import pytest
from openpyxl import load_workbook

from nominations.certifying import bonus_exports
from nominations.certifying.bonus_exports import bonus_workbook
from nominations.certifying.exports import COLUMNS, HEAD_ROW, awarded_workbook
from nominations.certifying.rates import law_behind
from nominations.certifying.selectors import items_of
from nominations.models import Certificate, Decision
from tests.nominations.thin import NOMINATED

pytestmark = pytest.mark.django_db


def sheet_of(awards, *nominations):
    awards.issued(*nominations)
    decision = Decision.objects.select_related("cycle").get()
    return load_workbook(io.BytesIO(awarded_workbook(decision, items_of(decision)))).active


def row_of(sheet, number: int) -> list:
    return [sheet.cell(number, column).value for column in range(1, len(COLUMNS) + 1)]


def test_collectives_and_persons_stand_under_their_headings(awards):
    with awards.on(NOMINATED):
        person = awards.ready(awards.nominate_person(1))
    sheet = sheet_of(awards, awards.approved(), awards.approved(person))

    codes = [certificate.printed_code for certificate in Certificate.objects.order_by("number")]
    assert row_of(sheet, HEAD_ROW) == [head for head, _width in COLUMNS]
    assert sheet.cell(HEAD_ROW + 1, 1).value == "TẬP THỂ (1)"
    collective = row_of(sheet, HEAD_ROW + 2)
    assert (collective[:3], collective[4:6], collective[7]) == (
        [1, "0001/2027", "Ủy ban nhân dân xã Ngọc Chiến"],
        [1, 9.5],
        codes[0],
    )
    assert sheet.cell(HEAD_ROW + 3, 1).value == "CÁ NHÂN (1)"
    assert row_of(sheet, HEAD_ROW + 4)[1:4] == [
        "0002/2027",
        "Ông Lò Văn Ẵm",
        "Chuyên viên, Ủy ban nhân dân phường Tô Hiệu",
    ]
    assert row_of(sheet, HEAD_ROW + 4)[7] == codes[1]


def test_it_is_ready_to_print(awards):
    sheet = sheet_of(awards)

    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == f"${HEAD_ROW}:${HEAD_ROW}"
    assert sheet.oddHeader.right.text == "Bản minh họa, không có giá trị"


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x","y")', "+1+1", "-2+3", "@SUM(A1)", "=1"])
def test_text_never_runs(awards, text):
    with awards.on(NOMINATED):
        made = awards.nominate_person(1, text, achievement=text, person_position=text)
        made = awards.ready(made)
    sheet = sheet_of(awards, awards.approved(made))

    cells = [sheet.cell(HEAD_ROW + 2, column) for column in (3, 4, 7)]
    assert [cell.data_type for cell in cells] == ["s", "s", "s"]
    assert all(cell.value.startswith(text) and cell.quotePrefix for cell in cells)


# --- bonuses -------------------------------------------------------------------------------------------------------
def bonus_file(awards, *nominations) -> bytes:
    awards.issued(*nominations)
    decision = Decision.objects.select_related("cycle").get()
    items = items_of(decision)
    return bonus_workbook(decision, items, law_behind(decision, items))


def rows_of(data: bytes, *, values: bool) -> list[list]:
    sheet = load_workbook(io.BytesIO(data), data_only=values).active
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=bonus_exports.HEAD_ROW + 1)]


def test_bonuses_are_numbers_and_sums_are_formulas_with_their_value(awards):
    with awards.on(NOMINATED):
        person = awards.ready(awards.nominate_person(1))
    data = bonus_file(awards, awards.approved(), awards.approved(person))

    formulas, values = rows_of(data, values=False), rows_of(data, values=True)
    assert [row[5] for row in formulas[:5]] == ["=SUM(F10:F10)", 7_590_000, "=SUM(F12:F12)", 3_795_000, "=SUM(F9,F11)"]
    assert [row[5] for row in values[:5]] == [7_590_000, 7_590_000, 3_795_000, 3_795_000, 11_385_000]
    assert values[1][:5] == [1, "Ủy ban nhân dân xã Ngọc Chiến", None, 3, 2_530_000]
    assert values[3][1:5] == ["Ông Lò Văn Ẵm", "Chuyên viên, Ủy ban nhân dân phường Tô Hiệu", 1.5, 2_530_000]
    assert values[5][0] == "Bằng chữ: Mười một triệu ba trăm tám mươi lăm nghìn đồng."


def test_the_list_of_bonuses_names_its_law_and_is_ready_to_print(awards):
    data = bonus_file(awards)
    sheet = load_workbook(io.BytesIO(data)).active

    head = bonus_exports.HEAD_ROW
    assert [cell.value for cell in sheet[head]] == [name for name, _width in bonus_exports.COLUMNS]
    for law in ("06/2022/QH15", "Nghị định số 161/2026/NĐ-CP", "152/2025/NĐ-CP"):
        assert law in sheet["A6"].value
    assert sheet.print_title_rows == f"${head}:${head}"
    assert (sheet.page_setup.paperSize, sheet["F10"].number_format) == (9, "[$-42A]#,##0")


def test_text_in_the_list_of_bonuses_never_runs(awards):
    with awards.on(NOMINATED):
        made = awards.ready(awards.nominate_person(1, "=1+1", person_position="@SUM(A1)"))
    sheet = load_workbook(io.BytesIO(bonus_file(awards, awards.approved(made)))).active

    cells = [sheet.cell(bonus_exports.HEAD_ROW + 2, column) for column in (2, 3)]
    assert [(cell.data_type, cell.quotePrefix) for cell in cells] == [("s", True), ("s", True)]
