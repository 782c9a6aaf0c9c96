"""What a formula is worth: by hand, and against a second evaluator that shares nothing with ours."""

import os
import random
from fractions import Fraction

import pytest

from scoring.engine.formula import Known, Undefined, inputs_of, parse, points_of, value_of, written

KNOWN = Known(
    inputs={"a": Fraction(7), "b": Fraction(2), "không": Fraction(0)},
    points={"A.1": Fraction(3, 2)},
    rounding="half_up",
)


def worth(text: str, form: str = "en") -> Fraction:
    return value_of(parse(text, KNOWN.inputs, form), KNOWN)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("10 - 4 - 3", "3"),
        ("10 - (4 - 3)", "9"),
        ("12 / 4 / 3", "1"),
        ("12 / (4 / 3)", "9"),
        ("2 * 3 / 4 * 5", "7.5"),
        ("-a * b", "-14"),
        ("a * -b", "-14"),
        ("a - -b", "9"),
        ("--a", "7"),
        ("-(-a)", "7"),
        ("1 / 3 * 3", "1"),
        ("0.1 + 0.2", "0.3"),
        ("a / b + [A.1]", "5"),
        ("MIN(a, b, 3)", "2"),
        ("MAX(a, b, 3)", "7"),
        ("SUM(a, b, 3)", "12"),
        ("SUM(a)", "7"),
        ("ABS(b - a)", "5"),
        ("ROUND(2.345, 2)", "2.35"),
        ("ROUND(-2.345, 2)", "-2.35"),
        ("ROUND(a / 3, b)", "2.33"),
        ("ROUND(2.5, 0)", "3"),
        ("IF(a > b, 1, 2)", "1"),
        ("IF(a = b, 1, 2)", "2"),
        ("IF(a <> b, 1, 2)", "1"),
        ("IF(a >= 7 AND a <= 7, 1, 2)", "1"),
        ("IF(a < 7 OR b < 2, 1, 2)", "2"),
        ("IF(NOT a = b, 1, 2)", "1"),
        ("IF(NOT a = b AND b = 2, 1, 2)", "1"),
        ("IF(NOT NOT a = b, 1, 2)", "2"),
        ("IF(a = 7 OR a = 8 AND b = 9, 1, 2)", "1"),
        ("IF((a = 7 OR a = 8) AND b = 9, 1, 2)", "2"),
        ("IF(không = 0, 0, a / không)", "0"),
        ("IF(không = 0 OR a / không > 1, 1, 2)", "1"),
        ("IF(không <> 0 AND a / không > 1, 1, 2)", "2"),
    ],
)
def test_by_hand(text, value):
    assert worth(text) == Fraction(value)


def test_the_rounding_is_the_sets():
    for rounding, value in {"half_up": 3, "half_even": 2, "down": 2}.items():
        assert value_of(parse("ROUND(2.5, 0)", ()), Known({}, {}, rounding)) == value


def test_typed_in_vietnamese():
    typed = "NẾU(b = 0; 0; NHỎ_NHẤT(3; LÀM_TRÒN(3,5 × a ÷ b − 1; 1))) + LỚN_NHẤT(TỔNG(1; 2); TRỊ_TUYỆT_ĐỐI(-4))"
    assert worth(typed, "vi") == 7
    stored = written(parse(typed, KNOWN.inputs, "vi"))
    assert stored == "IF(b = 0, 0, MIN(3, ROUND(3.5 * a / b - 1, 1))) + MAX(SUM(1, 2), ABS(-4))"
    assert written(parse(stored, KNOWN.inputs), "vi") == typed.replace("(-4)", "(−4)")
    assert worth("NẾU(a ≥ 7 VÀ KHÔNG b ≠ 2 HOẶC 1 ≤ 0; 1; 2)", "vi") == 1


def test_shown_with_titles():
    tree = parse("IF(b = 0, 0, 3 * a / b) + [A.1]", ("a", "b"))
    names = {"a": "số hồ sơ trực tuyến", "b": "tổng số hồ sơ", "[A.1]": "điểm A.1"}
    assert written(tree, "vi", names) == "NẾU(tổng số hồ sơ = 0; 0; 3 × số hồ sơ trực tuyến ÷ tổng số hồ sơ) + điểm A.1"


def test_what_it_rests_on():
    tree = parse("IF(a > 0, [B.2], [A.1] + 1)", ("a", "b"))
    assert (inputs_of(tree), points_of(tree)) == ({"a"}, {"A.1", "B.2"})


@pytest.mark.parametrize(
    ("text", "place"), [("1 / không", (1, 3)), ("a +\n b * 2 / (b - 2)", (2, 8)), ("ROUND(a, b / 4)", (1, 1))]
)
def test_what_has_no_value_says_where(text, place):
    with pytest.raises(Undefined) as undefined:
        worth(text)
    assert undefined.value.place == place


class Grown:
    """A random formula: its text, fully parenthesised, and its value, reckoned while it grows. None: no value."""

    def __init__(self, seed: int):
        self.rng = random.Random(seed)
        self.inputs = {"a": Fraction(self.rng.randrange(-5, 6)), "b": Fraction(self.rng.randrange(0, 40), 8)}

    def number(self, depth: int) -> tuple[str, Fraction | None]:
        if depth == 0 or self.rng.random() < 0.2:
            name = self.rng.choice(["a", "b", "number", "number"])
            if name != "number":
                return name, self.inputs[name]
            cents = self.rng.randrange(0, 500)
            return f"{cents // 100}.{cents % 100:02d}", Fraction(cents, 100)
        return self.rng.choice([self.binary, self.negative, self.gathered, self.rounded, self.chosen])(depth - 1)

    def binary(self, depth: int):
        (left, x), (right, y) = self.number(depth), self.number(depth)
        sign = self.rng.choice("+-*/")
        text = f"({left} {sign} {right})"
        if x is None or y is None or sign == "/" and y == 0:
            return text, None
        return text, {"+": x + y, "-": x - y, "*": x * y, "/": x / y if y else None}[sign]

    def negative(self, depth: int):
        text, x = self.number(depth)
        return f"-({text})", None if x is None else 0 - x

    def gathered(self, depth: int):
        parts = [self.number(depth) for _n in range(self.rng.randrange(1, 4))]
        function = self.rng.choice(["MIN", "MAX", "SUM"])
        text, values = f"{function}({', '.join(text for text, _x in parts)})", [x for _text, x in parts]
        if None in values:
            return text, None
        ordered = sorted(values)
        return text, {"MIN": ordered[0], "MAX": ordered[-1], "SUM": sum(values, Fraction(0))}[function]

    def rounded(self, depth: int):
        (text, x), places = self.number(depth), self.rng.randrange(0, 4)
        if x is None:
            return f"ROUND({text}, {places})", None
        shifted = abs(x) * 10**places + Fraction(1, 2)
        whole = Fraction(shifted.numerator // shifted.denominator, 10**places)
        return f"ROUND({text}, {places})", whole if x > 0 else -whole

    def chosen(self, depth: int):
        (test, holds), (then, x), (otherwise, y) = self.condition(depth), self.number(depth), self.number(depth)
        return f"IF({test}, {then}, {otherwise})", None if holds is None else x if holds else y

    def condition(self, depth: int) -> tuple[str, bool | None]:
        kind = self.rng.choice(["compare", "compare", "NOT", "AND", "OR"]) if depth else "compare"
        if kind == "compare":
            (left, x), (right, y) = self.number(max(depth - 1, 0)), self.number(0)
            sign = self.rng.choice(["=", "<>", "<", "<=", ">", ">="])
            if x is None:
                return f"({left} {sign} {right})", None
            order = (x > y) - (x < y)
            return f"({left} {sign} {right})", order in {
                "=": (0,),
                "<>": (-1, 1),
                "<": (-1,),
                "<=": (-1, 0),
                ">": (1,),
                ">=": (1, 0),
            }[sign]
        if kind == "NOT":
            text, holds = self.condition(depth - 1)
            return f"(NOT {text})", None if holds is None else not holds
        (left, first), (right, second) = self.condition(depth - 1), self.condition(depth - 1)
        text = f"({left} {kind} {right})"
        if first is None or first == (kind == "OR"):
            return text, first
        return text, second


def test_a_second_evaluator_agrees_and_both_forms_read_back():
    """FORMULAS=100000 tries as many as are asked for in all."""
    without_value = 0
    for seed in range(int(os.environ.get("FORMULAS", "1500"))):
        grown = Grown(seed)
        text, expected = grown.number(4)
        tree, known = parse(text, grown.inputs), Known(grown.inputs, {})
        for form in ("en", "vi"):
            assert parse(written(tree, form), grown.inputs, form) == tree, text
        if expected is None:
            without_value += 1
            with pytest.raises(Undefined):
                value_of(tree, known)
        else:
            assert value_of(tree, known) == expected, text
    assert without_value
