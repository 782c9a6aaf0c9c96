"""Whole numbers in numpy that never overflow: 64 bits where the largest possible value fits, else Python's integers."""

from decimal import Decimal
from fractions import Fraction

import numpy as np

# One bit is left free, so that twice a number and a divisor can be added while rounding.
LIMIT = 2**61


def scaled(value: Decimal | Fraction, places: int) -> int:
    """`value` in whole 10**-places; it has no more decimals than that."""
    return int(Fraction(value) * 10**places)


def room(numbers: np.ndarray, largest: int) -> np.ndarray:
    """`numbers` in a type that holds values up to `largest`."""
    return numbers if largest < LIMIT else numbers.astype(object)


def largest(numbers: np.ndarray) -> int:
    """The largest magnitude in the array, 0 if it is empty."""
    return max(int(numbers.max()), -int(numbers.min())) if numbers.size else 0


def divided(numbers: np.ndarray, divisor: "np.ndarray | int", mode: str, *, sign: bool = True) -> np.ndarray:
    """numbers ÷ divisor (above 0) as whole numbers: `half_up` away from zero, `half_even`, or `down` towards zero.
    Without `sign` no number is negative."""
    if sign and numbers.size and numbers.min() < 0:
        return np.sign(numbers) * divided(abs(numbers), divisor, mode, sign=False)
    if mode == "half_up":
        return (2 * numbers + divisor) // (2 * divisor)
    if mode == "down":
        return numbers // divisor
    units = numbers // divisor
    twice = 2 * (numbers - units * divisor)
    return units + ((twice > divisor) | ((twice == divisor) & (units % 2 == 1)))


def integers(values: list[int]) -> np.ndarray:
    """The values as 64-bit numbers where all fit, else as Python's integers."""
    return np.array(values, np.int64 if max(map(abs, values), default=0) < LIMIT else object)
