"""What a rule needs to say itself as a spreadsheet formula: its parameters as cells, and the cells it may refer to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

# The relative error of one operation in binary floating point, with room for a few of them.
FLOAT_ERROR = Fraction(1, 2**49)
# Nearer than this, as a share of the larger, two different numbers may be called equal by a spreadsheet.
SAME_TO_A_SPREADSHEET = Fraction(1, 10**13)


@dataclass(frozen=True)
class Parameter:
    """One row of the sheet of criteria: a changeable value, a share of the points, or both. Rows of one name stand
    together and make a range."""

    name: str
    vi: str
    en: str
    value: Decimal | int | date | str | None = None
    fraction: Decimal | int | None = None


class Cells(Protocol):
    """References for one line in one row. Texts of formulas are English, with commas, as .xlsx stores them."""

    maximum: str
    yes: str
    no: str
    not_applicable: str

    def field(self, name: str) -> str:
        """The cell of one declared field of this unit."""

    def fields(self) -> str:
        """The range of all declared fields of this unit."""

    def pool(self, name: str) -> str:
        """The range of one field over the units of the group; who has no value there has an empty cell."""

    def value(self, name: str) -> str:
        """The cell of a parameter."""

    def values(self, name: str) -> str:
        """The range of the values of all parameters of that name."""

    def fractions(self, *names: str) -> str:
        """The range of the fractions of the parameters of these names, which stand together."""

    def points(self, code: str) -> str:
        """The points of another line, 0 where it is not applicable."""

    def rounded(self, expression: str, places: str) -> str:
        """`expression` at `places` decimals, in the rounding of the set."""


def is_too_close(left: Fraction, right: Fraction) -> bool:
    """Whether a spreadsheet may take two different numbers for equal."""
    return left != right and abs(left - right) <= SAME_TO_A_SPREADSHEET * max(abs(left), abs(right))


def steps(name: str, vi: str, en: str, rows: Sequence[tuple[Decimal | int | str, Decimal]]) -> list[Parameter]:
    """A ladder of values with the share that each earns."""
    return [Parameter(name, vi, en, value, fraction) for value, fraction in rows]
