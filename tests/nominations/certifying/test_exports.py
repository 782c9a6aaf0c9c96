"""The list of the commended in Excel: printable, numbers as numbers, text that never runs."""

import io

import pytest
from openpyxl import load_workbook

from nominations.certifying.exports import COLUMNS, HEAD_ROW, awarded_workbook
from nominations.certifying.selectors import items_of
from nominations.models import Certificate, Decision
from nominations.nominating.services import check_dossier
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
        person = check_dossier(nomination=awards.nominate_person(1), actor=awards.secretary)
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
        made = check_dossier(nomination=made, actor=awards.secretary)
    sheet = sheet_of(awards, awards.approved(made))

    cells = [sheet.cell(HEAD_ROW + 2, column) for column in (3, 4, 7)]
    assert [cell.data_type for cell in cells] == ["s", "s", "s"]
    assert all(cell.value.startswith(text) and cell.quotePrefix for cell in cells)
