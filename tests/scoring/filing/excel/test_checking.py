"""A form that came back: what it changes, cell by cell, and in words what cannot be read."""

from datetime import date, datetime, time

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from core.errors import Invalid, TooLarge
from scoring.filing.excel.columns import HEAD_ROW, PLACE
from scoring.filing.excel.services import Typed, take_form
from scoring.filing.services import AnswerInput, save_answer
from scoring.models import Answer
from tests.scoring.filing.excel.books import cell, changed, check, filled, form_of, own, sheet_of

pytestmark = pytest.mark.django_db

FULL = {
    ("A.1", "value"): "Có",
    ("A.2", "option"): "Cấp phó",
    ("A.3", "value"): 3,
    ("B.1", "a"): 60,
    ("B.1", "b"): 100,
    ("B.2", "value"): "7",
    ("B.2", "explanation"): "Theo sổ theo dõi.",
    ("T.1", "value"): 2,
}


def faults(year, values=None, change=None) -> list[tuple[str, str]]:
    """(cell, sentence) of what is refused."""
    with year.filing():
        one = own(year)
        data = filled(one, values or {})
        data = changed(data, lambda book: change(book, one)) if change else data
        found = check(one, data)
    assert found.lines == {} or not found.faults
    assert all(fault.sheet and fault.sentence for fault in found.faults)
    return [(fault.cell, fault.sentence) for fault in found.faults]


def test_a_filled_form_says_each_cell_and_the_points(year):
    with year.filing():
        found = check(own(year), filled(own(year), FULL))

    assert found.faults == []
    said = {(one.answer.criterion.code, cell.label, cell.new) for one in found.changes for cell in one.cells}
    assert ("B.1", "60") in {(code, new) for code, _label, new in said}
    assert "A.2" in {code for code, _label, _new in said}
    assert "Theo sổ theo dõi." in {new for _code, _label, new in said}
    assert {one.answer.criterion.code: str(one.points) for one in found.changes} == {
        "A.1": "1.00", "A.2": "1.00", "A.3": "0.50", "B.1": "2.25", "B.2": "1.40", "T.1": "1.00",
    }  # fmt: skip
    assert (str(found.before.total), str(found.after.total)) == ("0.00", "7.15")
    assert not Answer.objects.exclude(values={}).exists()


def test_taking_it_in_writes_what_was_shown(year):
    with year.filing():
        one = own(year)
        found = check(one, filled(one, FULL))
        typed = {code: Typed(line.given, line.version) for code, line in found.lines.items()}
        written = take_form(assessment=one, typed=typed, sha256=found.sha256, actor=year.officer())
        again = check(own(year), form_of(own(year)))

    assert (sorted(written.changed), written.stale) == (sorted(found.lines), [])
    assert year.answer("B.1").values == {"a": "60", "b": "100"}
    assert year.answer("T.1").values == {"value": "2"}
    assert again.before.total == found.after.total


def test_a_line_saved_meanwhile_is_left_and_the_others_are_kept(year):
    with year.filing():
        one = own(year)
        data = filled(one, FULL)
        save_answer(answer=year.answer("A.3"), given=AnswerInput(raw={"value": "5"}), version=0, actor=year.head())
        found = check(own(year), data)

    (stale,) = found.stale
    assert (stale.answer.criterion.code, [(cell.old, cell.new) for cell in stale.cells]) == ("A.3", [("5", "3")])
    assert stale.who == str(year.head())
    assert sorted(found.lines) == ["A.1", "A.2", "B.1", "B.2", "T.1"]


def test_a_line_saved_meanwhile_but_untouched_in_the_file_is_no_matter(year):
    with year.filing():
        one = own(year)
        data = filled(one, {("A.1", "value"): "Có"})
        save_answer(answer=year.answer("A.3"), given=AnswerInput(raw={"value": "5"}), version=0, actor=year.head())
        found = check(own(year), data)

    assert (found.stale, sorted(found.lines)) == ([], ["A.1"])


def test_a_line_saved_between_check_and_act_is_left(year):
    with year.filing():
        one = own(year)
        found = check(one, filled(one, FULL))
        typed = {code: Typed(line.given, line.version) for code, line in found.lines.items()}
        save_answer(answer=year.answer("A.3"), given=AnswerInput(raw={"value": "5"}), version=0, actor=year.head())
        written = take_form(assessment=one, typed=typed, sha256=found.sha256, actor=year.officer())

    assert written.stale == ["A.3"]
    assert year.answer("A.3").values == {"value": "5"}
    assert year.answer("A.1").values == {"value": "yes"}


def test_one_line_that_cannot_be_read_writes_nothing(year):
    typed = {
        "A.1": Typed(AnswerInput(raw={"value": "yes"}), 0),
        "A.3": Typed(AnswerInput(raw={"value": "x"}), 0),
    }
    with year.filing(), pytest.raises(Invalid):
        take_form(assessment=own(year), typed=typed, sha256="0" * 64, actor=year.officer())
    assert year.answer("A.1").values == {}


@pytest.mark.parametrize(
    ("code", "field", "value", "said"),
    [
        ("B.1", "a", "=1+1", "E6"),
        ("B.1", "a", True, "TRUE"),
        ("B.1", "a", date(2026, 3, 1), "01/03/2026"),
        ("B.1", "a", time(9, 30), "09:30"),
        ("B.1", "a", "1.234", "1234"),
        ("B.1", "a", "１２", "12"),
        ("B.1", "a", "1_0", "1234"),
        ("B.1", "a", 9.5, "9,5"),
        ("B.1", "a", -3, ""),
        ("A.3", "value", 33.333333333333336, "15"),
        ("A.3", "value", 1e15, "15"),
        ("A.3", "value", "1.234,5", "1.234,5"),
        ("A.3", "value", "1e5", "1e5"),
        ("A.1", "value", "Có thể", "; "),
        ("A.1", "value", 1, "; "),
        ("A.2", "option", "head", "“head”"),
        ("A.1", "explanation", 118, "118"),
        ("A.1", "explanation", date(2026, 3, 1), "01/03/2026"),
        ("A.1", "explanation", True, "TRUE"),
        ("A.1", "explanation", "x" * 4001, "4001"),
        ("A.1", "explanation", "=A1", "G6"),
        ("B.1", "not_applicable", "x", "“Có”"),
        ("B.1", "not_applicable", True, "“Có”"),
        ("A.1", "not_applicable", "Có", ""),
    ],
)
def test_what_cannot_be_read_is_named_by_its_cell(year, code, field, value, said):
    ((where, sentence),) = faults(year, {(code, field): value})

    with year.filing():
        one = own(year)
        place = cell_place(one, code, field)
    assert where == place
    assert said in sentence


def cell_place(one, code: str, field: str) -> str:
    from tests.scoring.filing.excel.books import place  # noqa: PLC0415 - beside its one use

    where = place(one, code)
    if field in where.fields:
        return f"E{where.row_of(field)}"
    return f"{'GH'[field == 'not_applicable']}{where.first}"


def test_an_error_value_is_named(year):
    def spoil(book, one):
        target = cell(book, one, "A.3", "value")
        target.value, target.data_type = "#REF!", "e"

    ((where, sentence),) = faults(year, change=spoil)
    assert (where, "#REF!" in sentence) == (f"E{HEAD_ROW + 3}", True)


def test_a_numerator_above_its_total_is_named(year):
    ((where, sentence),) = faults(year, {("B.1", "a"): 131, ("B.1", "b"): 100})
    assert where == f"E{HEAD_ROW + 1}"
    assert "131" in sentence


@pytest.mark.parametrize("value", [date(2026, 3, 1), datetime(2026, 3, 1), "01/03/2026", "2026-03-01"])
def test_a_day_is_read_however_it_was_typed(value):
    from scoring.filing.excel.cell_values import typed_text  # noqa: PLC0415 - beside its use
    from scoring.inputs import Input  # noqa: PLC0415 - as above

    assert typed_text(value, Input("date", "Ngày", "date")) in ("2026-03-01", "01/03/2026", "2026-03-01")


@pytest.mark.parametrize("value", ["9,5", "9.5", 9.5])
def test_both_signs_of_decimals_are_read(year, value):
    with year.filing():
        found = check(own(year), filled(own(year), {("A.3", "value"): value}))
    assert found.faults == []
    assert found.lines["A.3"].given.raw["value"] in ("9,5", "9.5")


def moved(sheet: Worksheet, source: int, target: int) -> None:
    for row in range(HEAD_ROW, sheet.max_row + 1):
        one, other = sheet.cell(row, source), sheet.cell(row, target)
        one.value, other.value = other.value, one.value


def test_the_order_of_columns_does_not_matter(year):
    """Unmerged first, as who moves columns must do."""

    def shuffle(book, one):
        sheet = sheet_of(book, one, "A.1")
        moved(sheet, PLACE["value"], PLACE["explanation"])
        moved(sheet, PLACE["token"], PLACE["code"])

    with year.filing():
        one = own(year)
        data = changed(filled(one, {("A.3", "value"): 4}), lambda book: shuffle(book, one))
        data = changed(data, lambda book: unhide(book, one))
        found = check(one, data)
    assert [fault.sentence for fault in found.faults] == []
    assert [(change.cells[0].cell, change.cells[0].new) for change in found.changes] == [(f"G{HEAD_ROW + 3}", "4")]


def unhide(book, one):
    """The code now stands where the hidden key stood."""
    sheet_of(book, one, "A.1").column_dimensions["M"].hidden = False


def head(sheet: Worksheet, name: str):
    return sheet.cell(HEAD_ROW, PLACE[name])


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda sheet: setattr(head(sheet, "value"), "value", "Giá trị"), ["“Số liệu”", "“Giá trị”"]),
        (lambda sheet: setattr(head(sheet, "unit"), "value", "Số liệu"), ["2", "E, F"]),
        (lambda sheet: setattr(sheet.column_dimensions["E"], "hidden", True), ["“Số liệu”"]),
        (lambda sheet: sheet.merge_cells(f"D{HEAD_ROW}:E{HEAD_ROW}"), ["“Số liệu”"]),
        (lambda sheet: sheet.merge_cells(f"J{HEAD_ROW}:K{HEAD_ROW}"), [f"J{HEAD_ROW}:K{HEAD_ROW}"]),
        (lambda sheet: setattr(sheet.cell(HEAD_ROW, 14), "value", "Ghi chú"), ["“Ghi chú”"]),
        (lambda sheet: setattr(sheet.cell(HEAD_ROW + 1, 15), "value", "x"), ["O"]),
        (lambda sheet: setattr(sheet, "sheet_state", "hidden"), [""]),
        (lambda sheet: sheet.delete_rows(HEAD_ROW + 1), ["A.1"]),
        (lambda sheet: setattr(sheet.cell(HEAD_ROW + 9, PLACE["value"]), "value", 4), [""]),
        (lambda sheet: setattr(sheet.cell(HEAD_ROW + 1, PLACE["token"]), "value", "x"), [""]),
        (lambda sheet: setattr(sheet.cell(HEAD_ROW + 1, PLACE["code"]), "value", "A.9"), ["A.1"]),
        (lambda sheet: setattr(sheet.cell(HEAD_ROW + 1, PLACE["asked"]), "value", "Khác"), ["A.1"]),
        (lambda sheet: repeat(sheet, HEAD_ROW + 1), ["A6"]),
        (lambda sheet: repeat(sheet, HEAD_ROW), [""]),
        (lambda sheet: moved(sheet, PLACE["value"], PLACE["asked"]) or None, []),
    ],
)
def test_a_spoilt_frame_is_refused_in_words(year, spoil, said):
    found = faults(year, {("A.3", "value"): 4}, lambda book, one: spoil(sheet_of(book, one, "A.1")))

    assert bool(found) == bool(said)
    text = " ".join(sentence for _cell, sentence in found)
    assert [one for one in said if one not in text] == []


def repeat(sheet: Worksheet, row: int) -> None:
    for column in range(1, sheet.max_column + 1):
        sheet.cell(HEAD_ROW + 8, column).value = sheet.cell(row, column).value


def test_a_row_of_another_form_does_not_pass(year):
    with year.filing():
        one, other = own(year), own(year, 1)
        foreign = []
        changed(form_of(other), lambda book: foreign.append(cell(book, other, "A.1", column="token").value))
        data = changed(form_of(one), lambda book: setattr(cell(book, one, "A.1", column="token"), "value", foreign[0]))
        found = check(one, data)
    assert [fault.cell for fault in found.faults] == [f"A{HEAD_ROW + 1}"]


def test_a_token_cannot_be_made_up(year):
    def forge(book, one):
        target = cell(book, one, "A.1", column="token")
        target.value = target.value.replace("|A.1|", "|A.2|")

    ((where, sentence),) = faults(year, change=forge)
    assert where == f"A{HEAD_ROW + 1}"
    assert sentence


@pytest.mark.parametrize(
    ("whose", "spoil"),
    [
        (1, lambda book: None),
        (0, lambda book: book.remove(book["_mau"])),
        (0, lambda book: setattr(book["_mau"]["B4"], "value", "2031")),
        (0, lambda book: setattr(book["_mau"]["B3"], "value", "99999")),
    ],
    ids=["other-unit", "no-identity", "forged-year", "forged-unit"],
)
def test_the_form_of_somebody_else_or_a_forged_one_is_refused_whole(year, whose, spoil):
    with year.filing(), pytest.raises(Invalid) as refused:
        check(own(year), changed(form_of(own(year, whose)), spoil))
    assert year.units[1].name not in str(refused.value)


def test_a_value_far_away_is_refused_whole(year):
    with year.filing():
        data = changed(form_of(own(year)), lambda book: setattr(book["1. Nhận thức số"]["XFD1048576"], "value", 1))
    with year.filing(), pytest.raises(TooLarge):
        check(own(year), data)


def test_a_million_empty_rows_are_no_matter(year):
    with year.filing():
        data = changed(
            form_of(own(year)),
            lambda book: setattr(book["1. Nhận thức số"].row_dimensions[1_048_576], "height", 20),
        )
        assert check(own(year), data).faults == []
