"""What is wrong in a workbook is named by sheet and cell, all of it, and no set comes of it."""

import io
import json
from datetime import date, datetime

import pytest
from openpyxl import Workbook, load_workbook

from core.errors import Invalid
from scoring import engine
from scoring.criteria.workbook import Fault
from scoring.criteria.workbook.writing import set_workbook
from tests.factories.small_set import DOCUMENT

from .sheets import changed, place_of, read, saved

TREE, RULES, STEPS, SET, SOURCES = (
    "Cây tiêu chí",
    "Cách tính",
    "Mức, bậc, chậm hạn",
    "Bộ tiêu chí",
    "Căn cứ, tài liệu",
)


def small() -> engine.CriteriaSet:
    return engine.load_set(json.dumps(DOCUMENT))


def faults(change) -> list[Fault]:
    document = read(changed(small(), change))
    assert (document.definition is None) == bool(document.faults)
    return document.faults


def places(change) -> list[tuple[str, str]]:
    return [(fault.sheet, fault.place) for fault in faults(change)]


def put(sheet: str, heading: str, value, **where):
    def change(book: Workbook) -> None:
        book[sheet][place_of(book[sheet], heading, **where)] = value

    return change


def cell(sheet: str, heading: str, **where) -> tuple[str, str]:
    book = load_workbook(io.BytesIO(set_workbook(small())))
    return sheet, place_of(book[sheet], heading, **where)


A1 = {"Mã": "A.1"}


@pytest.mark.parametrize(
    ("sheet", "heading", "where", "value"),
    [
        (TREE, "Điểm tối đa", A1, "1.234,5"), (TREE, "Điểm tối đa", A1, "１"), (TREE, "Điểm tối đa", A1, "1e1"),
        (TREE, "Điểm tối đa", A1, "một"), (TREE, "Điểm tối đa", A1, 0.1234567890123456), (TREE, "Điểm tối đa", A1, True),
        (TREE, "Điểm tối đa", A1, date(2026, 1, 1)), (TREE, "Điểm tối đa", A1, "=1+1"), (TREE, "Điểm tối đa", A1, "0"),
        (TREE, "Điểm tối đa", A1, None), (TREE, "Mã", A1, "A 1"), (TREE, "Mã", A1, 1.1), (TREE, "Mã", A1, None),
        (TREE, "Thuộc nhóm", A1, "Z"), (TREE, "Thuộc nhóm", A1, "A.2"), (TREE, "Thuộc nhóm", A1, None),
        (TREE, "Loại dòng", A1, "gì đó"), (TREE, "Cách gộp", A1, "cộng"), (TREE, "Trọng số", A1, "2"),
        (TREE, "Tên tiếng Việt", A1, None), (TREE, "Tên tiếng Việt", A1, 'json:"x'),
        (TREE, "Thuộc nhóm", {"Mã": "A"}, "A"), (TREE, "Thuộc nhóm", {"Mã": "B"}, None),
        (RULES, "Kiểu tính", A1, "Không có"), (RULES, "Kiểu tính", A1, None), (RULES, "Công thức", A1, "1 + 1"),
        (RULES, "Cho phép không áp dụng", A1, "có lẽ"), (RULES, "Có/không: tỷ lệ điểm khi có", A1, "1,5"),
        (RULES, "Tỷ lệ: đủ điểm từ (%)", {"Mã": "B.1"}, None), (RULES, "Tỷ lệ: khi mẫu số bằng 0", {"Mã": "B.1"}, "?"),
        (STEPS, "Tỷ lệ điểm (0-1)", {"Mức: khóa": "head"}, None), (STEPS, "Mức: khóa", {"Mức: khóa": "deputy"}, "head"),
        (STEPS, "Bậc: từ giá trị", {"Mức: khóa": "head"}, 4),
        (SET, "Giá trị", {"Mục": "Năm"}, "hai nghìn"), (SET, "Giá trị", {"Mục": "Mã bộ tiêu chí"}, None),
        (SET, "Giá trị", {"Mục": "Số chữ số thập phân"}, 21), (SET, "Giá trị", {"Mục": "Làm tròn ở"}, "đâu đó"),
        (SET, "Giá trị", {"Mục": "Phân định khi bằng điểm"}, "nhóm Z"),
        (SET, "Giá trị", {"Mục": "Định dạng"}, "sonla-awards/criteria-set@2"),
        (SOURCES, "Nguồn gốc câu chữ", A1, "sưu tầm"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named(sheet, heading, where, value):
    place = cell(sheet, heading, **where)

    assert place in places(put(sheet, heading, value, **where))


def test_one_slip_gives_one_fault():
    assert len(faults(put(TREE, "Điểm tối đa", "một", **A1))) == 1


def test_all_slips_are_named_at_once():
    def change(book: Workbook) -> None:
        put(TREE, "Điểm tối đa", "một", **A1)(book)
        put(RULES, "Tỷ lệ: đủ điểm từ (%)", "0", Mã="B.1")(book)
        put(SOURCES, "Nguồn số liệu", "từ trên trời", **A1)(book)

    assert {sheet for sheet, _place in places(change)} == {TREE, RULES, SOURCES}


def test_a_maximum_that_its_children_do_not_make_is_named_at_its_cell():
    assert places(put(TREE, "Điểm tối đa", 99, Mã="A")) == [cell(TREE, "Điểm tối đa", Mã="A")]


def test_an_error_value_is_refused():
    def change(book: Workbook) -> None:
        at = place_of(book[TREE], "Điểm tối đa", **A1)
        book[TREE][at].value, book[TREE][at].data_type = "#REF!", "e"

    assert cell(TREE, "Điểm tối đa", **A1) in places(change)


def row_of(sheet, code: str) -> int:
    return next(row for row in range(2, sheet.max_row + 1) if code in [cell.value for cell in sheet[row]])


@pytest.mark.parametrize("sheet", [TREE, RULES, SOURCES])
def test_a_row_that_stands_twice_is_named(sheet):
    def change(book: Workbook) -> None:
        row = [one.value for one in book[sheet][row_of(book[sheet], "A.1")]]
        book[sheet].append(row)

    last = load_workbook(io.BytesIO(set_workbook(small())))[sheet].max_row + 1
    assert [(name, place[1:]) for name, place in places(change)] == [(sheet, str(last))]


@pytest.mark.parametrize("sheet", [RULES, SOURCES])
def test_a_criterion_without_its_row_is_named(sheet):
    found = faults(lambda book: book[sheet].delete_rows(row_of(book[sheet], "A.1")))

    assert [(one.sheet, one.place) for one in found] == [(sheet, "")]
    assert "A.1" in found[0].sentence


def test_a_rule_of_a_criterion_that_is_not_in_the_tree_is_named():
    assert (RULES, "A2") in places(lambda book: put(RULES, "Mã", "Z.9", **A1)(book))


def heading(sheet, text: str):
    return next(one for one in sheet[1] if one.value.rstrip(" *") == text)


@pytest.mark.parametrize("text", ["Điểm", "", None, "Mã"])
def test_columns_renamed_emptied_or_doubled_are_named(text):
    def change(book: Workbook) -> None:
        heading(book[TREE], "Điểm tối đa").value = text

    assert {"1", "F1"} & {place for _sheet, place in places(change)}


def test_a_column_of_ones_own_is_refused():
    def change(book: Workbook) -> None:
        book[TREE].cell(1, 12).value = "Ghi chú"

    assert places(change) == [(TREE, "L1")]


def test_the_order_of_columns_and_the_language_of_headings_do_not_matter():
    def change(book: Workbook) -> None:
        sheet = book[TREE]
        sheet.move_range(f"A1:H{sheet.max_row}", cols=9)
        sheet.move_range(f"L1:L{sheet.max_row}", cols=-9)
        sheet["C1"] = "in the group"

    document = read(changed(small(), change))
    assert document.faults == []
    assert engine.identity(document.definition) == engine.identity(small())


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda sheet: sheet.merge_cells("D1:E1"), "D1:E1"),
        (lambda sheet: sheet.merge_cells("A2:A3"), "A2:A3"),
        (lambda sheet: setattr(sheet.column_dimensions["F"], "hidden", True), "F"),
        (lambda sheet: setattr(sheet.row_dimensions[4], "hidden", True), "4"),
    ],
)
def test_what_is_joined_or_hidden_is_not_taken_in(change, place):
    assert (TREE, place) in places(lambda book: change(book[TREE]))


def test_hidden_columns_and_rows_without_values_hide_nothing():
    def change(book: Workbook) -> None:
        book[TREE].column_dimensions["Z"].hidden = True
        book[TREE].row_dimensions[500].hidden = True

    assert faults(change) == []


@pytest.mark.parametrize("name", [TREE, SET, STEPS])
def test_a_missing_or_hidden_sheet_makes_it_another_kind_of_workbook(name):
    with pytest.raises(Invalid, match=name):
        read(changed(small(), lambda book: book.remove(book[name])))
    with pytest.raises(Invalid, match=name):
        read(changed(small(), lambda book: setattr(book[name], "sheet_state", "hidden")))


def test_another_workbook_is_refused():
    with pytest.raises(Invalid, match=TREE):
        read(saved(Workbook()))


def test_a_sheet_of_ones_own_is_noted_and_not_read():
    document = read(changed(small(), lambda book: book.create_sheet("Nháp của tôi").append(["=1+1"])))

    assert document.faults == []
    assert [note.sheet for note in document.notes] == ["Nháp của tôi"]


def test_a_chain_of_groups_without_end_is_refused():
    def change(book: Workbook) -> None:
        parent = "ALL"
        for number in range(3000):
            book[TREE].append(["nhóm", f"D{number}", parent, "x", "x", None, None, None])
            parent = f"D{number}"

    assert any("60" in fault.sentence for fault in faults(change))


def test_groups_in_a_circle_are_refused():
    def change(book: Workbook) -> None:
        book[TREE].append(["nhóm", "X", "Y", "x", "x", None, None, None])
        book[TREE].append(["nhóm", "Y", "X", "x", "x", None, None, None])

    last = load_workbook(io.BytesIO(set_workbook(small())))[TREE].max_row
    assert places(change) == [(TREE, f"C{last + 1}"), (TREE, f"C{last + 2}")]


@pytest.mark.parametrize("value", [date(2027, 2, 28), datetime(2027, 2, 28), "28/02/2027", "28/2/2027", "2027-02-28"])
def test_days_are_read_as_people_and_spreadsheets_write_them(value):
    rule = {"kind": "deadline", "due": "2026-01-31"}
    document = json.loads(json.dumps(DOCUMENT))
    document["root"]["children"][0]["children"][0]["rule"] = rule
    definition = engine.load_set(json.dumps(document))

    made = read(changed(definition, put(RULES, "Thời hạn: chậm nhất ngày", value, **A1)))

    assert made.definition.leaf("A.1").rule.due == date(2027, 2, 28)


@pytest.mark.parametrize("value", ["30/02/2027", "2027-2-8", "mai", 5, datetime(2027, 2, 28, 12)])
def test_other_days_are_refused(value):
    document = json.loads(json.dumps(DOCUMENT))
    document["root"]["children"][0]["children"][0]["rule"] = {"kind": "deadline", "due": "2026-01-31"}
    definition = engine.load_set(json.dumps(document))

    made = read(changed(definition, put(RULES, "Thời hạn: chậm nhất ngày", value, **A1)))

    assert [fault.sheet for fault in made.faults] == [RULES]


@pytest.mark.parametrize("typed", ["7,5", "7.5", 7.5, " 7,5 "])
def test_numbers_are_read_as_people_type_them(typed):
    made = read(changed(small(), put(SET, "Giá trị", typed, Mục="Tổng điểm không vượt quá")))

    assert str(made.definition.scoring.cap) == "7.5"


def test_hidden_characters_of_pasted_text_are_left_out_and_the_text_is_trimmed():
    made = read(changed(small(), put(TREE, "Tên tiếng Việt", " Có kế\u200b hoạch\u202e\n", **A1)))

    assert made.definition.leaf("A.1").title.vi == "Có kế hoạch"
