"""What the formula language refuses, where, and that it never takes long or fails otherwise."""

import os
import random

import pytest

from scoring.engine.formula import FormulaFault, parse, written
from scoring.engine.formula.tokens import LONGEST

INPUTS = ("a", "b")
# (text, line, character, a piece of the Vietnamese sentence)
REFUSED = [
    ("", 1, 1, "hết công thức"),
    ("1 +", 1, 4, "hết công thức"),
    ("a b", 1, 3, "cần một phép tính"),
    ("(1", 1, 1, "chưa được đóng"),
    ("MIN(1, (2", 1, 8, "chưa được đóng"),
    ("1)", 1, 2, "có “)”"),
    ("(1, 2)", 1, 3, "dấu ngăn cách"),
    ("()", 1, 2, "có “)”"),
    ("9**9**9", 1, 3, "có “*”"),
    ("2 ^ 3", 1, 3, "không hiểu “^”"),
    ("1 < 2 < 3", 1, 7, "không so sánh liền nhau"),
    ("IF(1 < 2 = 3, 1, 0)", 1, 10, "không so sánh liền nhau"),
    ("a = b", 1, 3, "cần một số, không phải một điều kiện"),
    ("a AND b", 1, 1, "cần một điều kiện"),
    ("1 + NOT a = b", 1, 5, "cần một số, không phải một điều kiện"),
    ("-(a = b)", 1, 5, "cần một số, không phải một điều kiện"),
    ("IF(a, 1, 0)", 1, 4, "cần một điều kiện"),
    ("IF(a > 0, b > 0, 0)", 1, 13, "cần một số, không phải một điều kiện"),
    ("IF(a > 0, 1)", 1, 1, "NẾU cần 3 thành phần, ở đây có 2"),
    ("ABS(a, b)", 1, 1, "TRỊ_TUYỆT_ĐỐI cần 1 thành phần, ở đây có 2"),
    ("ROUND(a)", 1, 1, "LÀM_TRÒN cần 2 thành phần, ở đây có 1"),
    ("ROUND(a, 1.5)", 1, 10, "số nguyên từ 0 đến 20"),
    ("ROUND(a, 21)", 1, 10, "số nguyên từ 0 đến 20"),
    ("MIN()", 1, 5, "có “)”"),
    ("MIN 3", 1, 5, "phải là dấu mở ngoặc"),
    ("MIN", 1, 4, "phải là dấu mở ngoặc"),
    ("c + 1", 1, 1, "các đầu vào là: a, b"),
    ("min(a, b)", 1, 1, "không có đầu vào hay hàm tên “min”"),
    ("AND", 1, 1, "có “AND”"),
    ("NẾU(a > 0, 1, 0)", 1, 1, "có “NẾU”"),
    ("a\n+ #", 2, 3, "không hiểu “#”"),
    ("a.b", 1, 2, "không hiểu “.”"),
    ("a[0]", 1, 2, "cần một phép tính"),
    ("[A.1", 1, 1, "không hiểu “[”"),
    ("1.5.2", 1, 1, "không hiểu “1”"),
    ("1e5", 1, 1, "không hiểu “1”"),
    ("123456789012345678901", 1, 1, "không hiểu “1”"),
    ("“a”", 1, 1, "U+201C"),
    ("'a'", 1, 1, "không hiểu “'”"),
    ("1\u00a0+ 1", 1, 2, "U+00A0"),
    ("１ + 1", 1, 1, "U+FF11"),
    ("a\x00", 1, 2, "không hiểu"),
    ("__import__('os')", 1, 1, "không có đầu vào hay hàm tên “__import__”"),
    ("(1 - " * 20 + "a" + ")" * 20, 1, 4, "quá 20 tầng"),
    ("1" + "+1" * 250, 1, 2, "quá 500 thành phần"),
    ("a" * (LONGEST + 1), 1, 1, "dài quá 20000 ký tự"),
]
ESCAPES = [
    "().__class__.__bases__[0].__subclasses__()", "lambda: 0", "eval('1')", "exec('1')", "open('x')", "`id`", "${7*7}",
    "{{7*7}}", "a if a else b", "[x for x in a]", "a; b", "a // b", "a % b", "a == b", "a != b", "!a", "~a", "a & b",
    "a | b", "a >> 1", "0x10", "1_000", "NaN", "Infinity", "-Infinity", "1/0j", "a:b", "f'{a}'", "\\u0061", "a@b",
    "constructor.constructor('x')()", "this", "require('fs')", "import os", "#", "/* */ a", "-- a;", "' OR 1=1", "=a",
    "=HYPERLINK(1)", "<script>", "\u202ea", "\ufeffa", "a\u200bb", "ａ", "∑(a)", "√a", "a²", "½", "a'b", '"a"', "…",
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "column", "piece"), REFUSED, ids=[row[0][:20] for row in REFUSED])
def test_the_place_and_the_reason(text, line, column, piece):
    with pytest.raises(FormulaFault) as refused:
        parse(text, INPUTS)

    assert refused.value.place == (line, column)
    assert refused.value.vi.startswith(f"Dòng {line}, ký tự {column}: ")
    assert refused.value.en.startswith(f"Line {line}, character {column}: ")
    assert piece in refused.value.vi


@pytest.mark.parametrize("text", ESCAPES)
@pytest.mark.parametrize("form", ["en", "vi"])
def test_other_languages_are_refused(text, form):
    with pytest.raises(FormulaFault):
        parse(text, INPUTS, form)


@pytest.mark.parametrize("text", ["(" * 9_000 + "a" + ")" * 9_000, "-" * 400 + "a", "a" + "+a" * 249, "-" * 499 + "a"])
def test_long_is_not_deep(text):
    assert "a" in written(parse(text, INPUTS))


def test_twenty_levels_are_read_and_one_more_is_not():
    def nested(levels: int) -> str:
        return "ABS(" * (levels - 1) + "a" + ")" * (levels - 1)

    assert written(parse(nested(20), INPUTS)) == nested(20)
    with pytest.raises(FormulaFault, match="nested more than 20 levels"):
        parse(nested(21), INPUTS)


def test_five_hundred_parts_are_read_and_one_more_is_not():
    assert parse("-" + "1" + "+1" * 249, INPUTS)  # 250 numbers, 249 signs between them, one before
    with pytest.raises(FormulaFault, match="more than 500 parts"):
        parse("--" + "1" + "+1" * 249, INPUTS)


PIECES = [
    "a", "b", "1", "2.5", "0", "[A.1]", "+", "-", "*", "/", "(", ")", ",", ";", "=", "<>", "<", "<=", ">", ">=", "AND",
    "OR", "NOT", "MIN", "MAX", "SUM", "ABS", "ROUND", "IF", "NẾU", "VÀ", "×", " ", "\n", "[", "]", ".", "'", "é", "💥",
]  # fmt: skip


def test_whatever_is_typed_is_read_or_refused():
    """Nothing but our own refusal is raised. FORMULAS=100000 tries as many as are asked for in all."""
    rng, outcomes = random.Random(6), set()
    for _n in range(int(os.environ.get("FORMULAS", "3000"))):
        text = "".join(rng.choices(PIECES, k=rng.choice((3, 10, 40, 200))))
        try:
            written(parse(text, INPUTS, rng.choice(("en", "vi"))))
            outcomes.add("read")
        except FormulaFault:
            outcomes.add("refused")
    assert outcomes == {"read", "refused"}
