"""The file as it is written: well formed, the same bytes again, the engine's values beside the formulas, text as text."""

import io
import re
import zipfile
from decimal import Decimal
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from scoring.engine import ENGINE_VERSION, Results, identity, load_set, read_groups, read_values, score
from scoring.engine.rules import KINDS, Rule
from scoring.engine.spreadsheet import workbook
from scoring.engine.spreadsheet.cells import digits, escaped, letters
from scoring.engine.spreadsheet.limits import function_depth

from ..builders import GOLDEN, RULES, document, leaf, loaded, node

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HOSTILE = [
    '=HYPERLINK("x")',
    "+1",
    "-1",
    "@SUM(A1)",
    "<f>1</f>",
    "&lt;",
    "_x0041_",
    "a\tb",
    "a\nb",
    "\uffff",
    "x" * 300,
]


def commune(lang: str = "vi") -> tuple[Results, bytes]:
    parts = [(GOLDEN / f"commune.{end}").read_bytes() for end in ("set.json", "values.csv", "groups.csv")]
    values, groups = read_values(parts[1]), read_groups(parts[2])
    results = score(load_set(parts[0]), values, groups)
    return results, workbook(results, values, groups, lang=lang)


def parts_of(book: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_part_is_well_formed_and_the_bytes_are_the_same_again():
    book = commune()[1]

    for part in parts_of(book).values():
        ElementTree.fromstring(part)
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert commune()[1] == book


@pytest.mark.parametrize(("lang", "sheet", "word"), [("vi", "Kết quả", "khớp"), ("en", "Results", "agrees")])
def test_viewers_that_do_not_reckon_see_the_engine_s_values(lang, sheet, word):
    results, book = commune(lang)

    rows = load_workbook(io.BytesIO(book), data_only=True)[sheet].iter_rows(min_row=7, values_only=True)
    found = {row[0]: ("" if row[6] is None else row[6], row[7] or "", row[8] or "", row[12]) for row in rows}
    wanted = {
        row.unit: ("" if row.total is None else pytest.approx(float(row.total)), row.rank or "", row.grade, word)
        for row in results.rows
    }
    assert found == wanted


def test_first_sheet_names_set_identity_and_engine():
    results, book = commune()

    said = " ".join(str(cell.value) for row in load_workbook(io.BytesIO(book)).worksheets[0] for cell in row)

    for wanted in (results.criteria_set.code, identity(results.criteria_set), ENGINE_VERSION, "Ctrl+Shift+F9"):
        assert wanted in said


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_itself_as_a_formula(kind):
    assert KINDS[kind].cell_formula is not Rule.cell_formula
    assert KINDS[kind].cell_name is not Rule.cell_name


def test_a_line_of_every_kind_is_a_formula_over_cells():
    lines = {kind: leaf(f"L.{kind}", kind) for kind in RULES}
    beside = [lines.pop(kind) for kind in ("bonus", "penalty")]
    tree, values = lines.values(), {"u": {"L.manual": {"points": "3"}}}
    results = score(loaded(document(node("R", *tree), *beside)), values)

    sheet = load_workbook(io.BytesIO(workbook(results, values, lang="en")))["Work"]

    formulas = {sheet.cell(3, column).value[2:]: sheet.cell(7, column).value for column in range(2, 2 + len(RULES))}
    assert formulas.keys() == RULES.keys()
    assert all("'Criteria'!" in text or kind in ("manual", "carried") for kind, text in formulas.items())


def work_formula(expression: str) -> str:
    """The formula of a line that has inputs a and b and may take the points of B, which stands in column C."""
    rule = {"expression": expression, "inputs": [{"name": "a"}, {"name": "b"}]}
    values = {"u": {"A": {"a": "1", "b": "1"}, "B": {"points": "3"}}}
    results = score(loaded(document(node("R", leaf("A", "formula", rule=rule), leaf("B")))), values)
    return load_workbook(io.BytesIO(workbook(results, values, lang="en")))["Work"]["B7"].value


def test_points_of_another_line_are_those_of_its_cell_and_0_where_it_has_a_word():
    assert "IF(ISNUMBER('Work'!C7),'Points'!C7,0)" in work_formula("[B] / 2 + a")


@pytest.mark.parametrize(
    ("condition", "nested"), [("ABS(b) > 1", False), ("ROUND(b, a) > 1", True), ("b / a > 1", True)]
)
def test_a_later_condition_that_may_fail_is_asked_only_where_the_first_does_not_decide(condition, nested):
    formula = work_formula(f"IF(a > 0 AND {condition}, 1, 0)")

    assert ("AND(" in formula, ",FALSE)" in formula) == (not nested, nested)


def test_text_is_never_a_formula_and_comes_back_as_it_was():
    options = [{"key": text, "title": {"vi": text}, "fraction": "0.05"} for text in HOSTILE]
    rule = {"options": options}
    values = {text: {"L": {"option": text}} for text in HOSTILE}
    results = score(loaded(document(node("R", leaf("L", "level", rule=rule, title={"vi": HOSTILE[0]})))), values)

    book = workbook(results, values)

    sheet = load_workbook(io.BytesIO(book))["Số liệu"]
    found = {row[0].value: row[3].value for row in sheet.iter_rows(min_row=7)}
    # openpyxl leaves the escapes inside a cell's own text; LibreOffice and Excel read them.
    written = {"_x0041_": "_x005F_x0041_", "\uffff": "_xFFFF_"}
    assert found == {written.get(text, text): written.get(text, text) for text in HOSTILE}
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    formulas = re.findall(rb"<f>(.*?)</f>", parts_of(book)["xl/worksheets/sheet5.xml"])
    assert not [formula for formula in formulas if b"HYPERLINK" in formula]


@pytest.mark.parametrize(
    ("column", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16_384, "XFD")]
)
def test_letters_of_a_column(column, name):
    assert letters(column) == name


def test_what_xml_cannot_hold_is_escaped_and_the_escape_too():
    assert escaped("a\x01\ufffe\r_x0041_<") == "a_x0001__xFFFE__x000D__x005F_x0041_&lt;"


def test_only_functions_count_as_depth():
    assert function_depth("IF((1+(2))>0,MAX(1,ABS(2)),0)") == 3


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1.50"), "1.5"),
        (Decimal("-0.000000000000000000000000000012"), "-0.000000000000000000000000000012"),
        (Fraction(1, 3), "0.33333333333333333"),
        (10**20, "100000000000000000000"),
    ],
)
def test_numbers_are_written_plainly_and_inputs_in_full(value, text):
    assert digits(value) == text
