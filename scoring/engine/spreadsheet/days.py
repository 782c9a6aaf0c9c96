"""Days and instants as a spreadsheet counts them: whole days since 30 December 1899."""

from datetime import date
from fractions import Fraction

from ..exact import rounded

_ZERO = date(1899, 12, 30).toordinal()
# Before it Excel and LibreOffice count differently.
EARLIEST = date(1900, 3, 1)
_VIETNAM = 7 * 3600
# About a ten-thousandth of a second; with five digits of days a spreadsheet keeps no more.
MOMENT_PLACES = 9


def serial_of(day: date) -> int:
    return day.toordinal() - _ZERO


def moment_of(seconds: Fraction) -> Fraction:
    """An instant (`tables.instant`) as days and their part, in Vietnam's time."""
    days = (seconds + _VIETNAM) / 86400 - _ZERO
    return Fraction(rounded(days, MOMENT_PLACES, "half_even"))
