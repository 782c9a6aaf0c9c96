"""Bonuses: exact arithmetic in whole đồng, and amounts in figures and words as Vietnamese papers write them."""

import math
from decimal import Decimal
from fractions import Fraction

from core.fields import plain

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", "nghìn", "triệu")
_BILLION = 10**9
_LARGEST = _BILLION**2


def bonus_vnd(coefficient: Decimal, base_salary_vnd: int, round_up_to_vnd: int = 1) -> int:
    """Coefficient × base salary in whole đồng, rounded up to whole steps: 1.5 × 2,530,000 is 3,795,000, or 3,800,000 by 10,000."""
    exact = Fraction(coefficient) * base_salary_vnd
    return math.ceil(exact / round_up_to_vnd) * round_up_to_vnd


def in_figures(amount_vnd: int) -> str:
    """7.020.000 đồng, whatever the language of the reader: for official papers."""
    return f"{amount_vnd:,} đồng".replace(",", ".")


def coefficient_text(coefficient: Decimal) -> str:
    """1,5 with the Vietnamese comma."""
    return plain(coefficient).replace(".", ",")


def in_words(amount_vnd: int) -> str:
    """Bảy triệu không trăm hai mươi nghìn đồng. ValueError below 0 and from a billion billions on.

    Packages for this drop the «không trăm» that papers of offices write inside a number.
    """
    if not 0 <= amount_vnd < _LARGEST:
        raise ValueError(f"No words for {amount_vnd}.")
    text = " ".join(_words(amount_vnd)) or _DIGITS[0]
    return f"{text[0].upper()}{text[1:]} đồng"


def _words(number: int, *, inside: bool = False) -> list[str]:
    """`inside`: something larger was said before, so that the first group says its hundreds too."""
    if number >= _BILLION:
        high, low = divmod(number, _BILLION)
        return [*_words(high, inside=inside), "tỷ", *_words(low, inside=True)]
    said: list[str] = []
    for power in (2, 1, 0):
        group = number // 1000**power % 1000
        if group:
            said += _group(group, full=inside or bool(said))
            said += [_SCALES[power]] if power else []
    return said


def _group(number: int, *, full: bool) -> list[str]:
    """Three digits. mười lăm, hai mươi mốt, một trăm linh năm; `full` says «không trăm» too."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    said = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    if tens == 0:
        said += ["linh"] if said and ones else []
    else:
        said += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones:
        special = {1: "mốt" if tens > 1 else "", 5: "lăm" if tens else ""}.get(ones, "")
        said.append(special or _DIGITS[ones])
    return said
