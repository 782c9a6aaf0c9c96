"""Exact arithmetic: decimals as text, rounding, and the two irrational functions of the contract.

Everything is a `Fraction`. `ln` and the geometric mean are rounded half_even to 50 significant digits and count
as exact from there on. No function here reads or changes the thread's decimal context.
"""

import re
from collections.abc import Sequence
from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

SIGNIFICANT_DIGITS = 50
DECIMAL_TEXT = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,30})?")
LONGEST_DECIMAL = 52
# Guard digits far beyond the 50 kept: the first cut at 90 restores results that are exact in truth
# (the geometric mean of 10 and 10), so that the second sees a tie only where there is one.
_WORKING = Context(prec=120, rounding=ROUND_HALF_EVEN, Emin=MIN_EMIN, Emax=MAX_EMAX)
_GUARDED = Context(prec=90, rounding=ROUND_HALF_EVEN, Emin=MIN_EMIN, Emax=MAX_EMAX)
_KEPT = Context(prec=SIGNIFICANT_DIGITS, rounding=ROUND_HALF_EVEN, Emin=MIN_EMIN, Emax=MAX_EMAX)


def decimal_from_text(text: str) -> Decimal | None:
    """The number written as the contract wants it (`-?digits[.digits]`, ASCII), or None."""
    return Decimal(plain_decimal(text)) if DECIMAL_TEXT.fullmatch(text) else None


def plain_decimal(text: str) -> str:
    """A decimal's text without leading or trailing zeros and without a negative zero."""
    digits = text.lstrip("-")
    whole, _, part = digits.partition(".")
    whole, part = whole.lstrip("0") or "0", part.rstrip("0")
    plain = f"{whole}.{part}" if part else whole
    return f"-{plain}" if text.startswith("-") and plain != "0" else plain


def decimal_text(value: Decimal) -> str:
    """A Decimal in plain notation with the digits that it carries (never an exponent)."""
    return format(value, "f")


def rounded(value: Fraction, places: int, mode: str) -> Decimal:
    """`value` at `places` decimals; `half_up` rounds halves away from zero, `down` cuts towards zero."""
    units, rest = divmod(abs(value.numerator) * 10**places, value.denominator)
    if mode == "half_up":
        units += 2 * rest >= value.denominator
    elif mode == "half_even":
        units += 2 * rest > value.denominator or 2 * rest == value.denominator and units % 2
    sign = "-" if units and value < 0 else ""
    return Decimal(f"{sign}{units}E-{places}")


def exact_column(value: Fraction) -> str:
    """At most 20 decimals, half_even, trailing zeros and a bare point cut (the `*_exact` columns)."""
    return plain_decimal(decimal_text(rounded(value, 20, "half_even")))


def terminating_decimals(value: Fraction) -> int | None:
    """How many decimals write `value` in full; None if no number of them does."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def exact_text(value: Fraction) -> str:
    """`value` in full: a plain decimal where it has one of at most 60 decimals, else `numerator/denominator`."""
    decimals = terminating_decimals(value)
    if decimals is None or decimals > 60:
        return f"{value.numerator}/{value.denominator}"
    return plain_decimal(decimal_text(rounded(value, decimals, "down")))


def ln(value: Fraction) -> Fraction:
    """Natural logarithm, 50 significant digits; `value` must be above 0."""
    return _settled(_WORKING.ln(_quotient(value)))


def geometric_mean(parts: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
    """Product of x^(w / sum of w) over (weight, value); any 0 gives 0. No value may be negative."""
    if any(value < 0 for _, value in parts):
        raise ValueError("a geometric mean of a negative value")
    if any(value == 0 for _, value in parts):
        return Fraction(0)
    total = sum((weight for weight, _ in parts), Fraction(0))
    power = Decimal(0)
    for weight, value in parts:
        power = _WORKING.fma(_quotient(weight / total), _WORKING.ln(_quotient(value)), power)
    return _settled(_WORKING.exp(power))


def _quotient(value: Fraction) -> Decimal:
    return _WORKING.divide(Decimal(value.numerator), Decimal(value.denominator))


def _settled(value: Decimal) -> Fraction:
    return Fraction(_KEPT.plus(_GUARDED.plus(value)))
