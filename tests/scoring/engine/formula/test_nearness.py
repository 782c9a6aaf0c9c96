"""What a spreadsheet's binary numbers may do to a formula, worked by hand in units of the last place."""

from fractions import Fraction

import pytest

from scoring.engine.formula import Known, parse
from scoring.engine.formula.nearness import error_of

ULP = Fraction(1, 2**52)
INPUTS = {"a": Fraction(3), "b": Fraction(5), "tiny": Fraction(1, 10**9), "none": Fraction(0)}


def error(expression: str, **inputs: str) -> Fraction | None:
    given = INPUTS | {name: Fraction(text) for name, text in inputs.items()}
    return error_of(parse(expression, given), Known(given, {}, "half_up"))


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("a", 3 * ULP),
        ("-a", 3 * ULP),
        ("none", Fraction(0)),
        ("a * none", Fraction(0)),
        # Each factor's error times the other, both errors, and that of the product itself.
        ("a * b", 15 * ULP + 15 * ULP + 15 * ULP**2 + 15 * ULP),
        ("a * tiny", (3 * ULP + 3 * ULP + 3 * ULP**2 + 3 * ULP) / 10**9),
        ("a + b", 3 * ULP + 5 * ULP + 8 * ULP),
        ("a - b", 3 * ULP + 5 * ULP + 2 * ULP),
        # A quotient counts its parts twice, for a divisor that is itself not exact.
        ("a / b", 2 * (3 * ULP + Fraction(3, 5) * 5 * ULP) / 5 + Fraction(3, 5) * ULP),
        ("ABS(-b)", 5 * ULP),
        ("SUM(a, b)", 3 * ULP + 5 * ULP + 2 * 8 * ULP),
        ("MIN(a, b)", 5 * ULP),
        ("IF(a < b, a, b)", 3 * ULP),
        ("ROUND(a / 7, 2)", Fraction("0.43") * ULP),
    ],
)
def test_error_of_each_operation(expression, expected):
    assert error(expression) == expected


def test_a_comparison_is_decided_where_a_spreadsheet_cannot_take_the_numbers_for_equal():
    """It calls numbers equal that differ by less than some 10**-14 of themselves."""
    assert error("IF(a > x, 1, 0)", x="2.99999999999") is not None
    assert error("IF(a > x, 1, 0)", x="2.99999999999999") is None
    assert error("IF(a > x, 1, 0)", a="3000000", x="2999999.99999999") is None
    assert error("IF(a > x, 1, 0)", a="0.000003", x="0.00000299999999") is not None


@pytest.mark.parametrize("size", ["0.000003", "3", "3000000"])
def test_equal_numbers_are_decided_until_they_have_drifted_apart(size):
    """Whatever their size: every step adds to the error, and after some steps it may show."""
    assert error("IF(a / 7 * 7 = a, 1, 0)", a=size) is not None
    assert error("IF(a / 7 * 7 / 7 * 7 / 7 * 7 = a, 1, 0)", a=size) is None


@pytest.mark.parametrize("places", [0, 2])
def test_a_rounding_is_decided_beyond_twice_what_is_kept_from_its_half(places):
    """Six decimals more are kept: two units of them away the spreadsheet may still come to the half."""
    half, kept = Fraction(5, 10 ** (places + 1)), Fraction(1, 10 ** (places + 6))

    def decided(away: Fraction) -> bool:
        return error(f"ROUND(x, {places})", x=str(half - away)) is not None

    assert decided(Fraction(0))
    assert not decided(kept)
    assert not decided(2 * kept)
    assert decided(2 * kept + kept / 1000)
