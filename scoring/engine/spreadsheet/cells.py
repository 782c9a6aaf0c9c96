"""One cell: what stands in it, and how .xlsx writes it. References such as $B$7 and ranges."""

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from ..exact import decimal_text, exact_text, plain_decimal, rounded, terminating_decimals

# Where the number of the row goes in a formula that is the same from row to row.
ROW = "\0"
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_UNWRITABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What an input may have is written in full; of a value that the engine found, more than a binary number tells apart.
_INPUT_DECIMALS, _DECIMALS = 30, 17


class Cell(NamedTuple):
    """`value` is a text, or a number's digits; with `formula` it is what the engine found, for viewers that only show."""

    style: str
    value: str = ""
    is_text: bool = False
    formula: str = ""


def text(value: str, style: str = "text") -> Cell:
    return Cell(style, value, True)


def number(value: Fraction | Decimal | int, style: str = "number") -> Cell:
    return Cell(style, digits(value))


def live(formula: str, value: Fraction | Decimal | int | str | None, style: str = "number") -> Cell:
    """A formula and the value that it gives; None and a text are texts to the spreadsheet."""
    if value is None or isinstance(value, str):
        return Cell(style, value or "", True, formula)
    return Cell(style, digits(value), False, formula)


@lru_cache(65_536)
def digits(value: Fraction | Decimal | int) -> str:
    """In full where it ends soon, else more digits than the spreadsheet keeps. Kept: few numbers stand very often."""
    exact = Fraction(value)
    decimals = terminating_decimals(exact)
    if decimals is not None and decimals <= _INPUT_DECIMALS:
        return exact_text(exact)
    return plain_decimal(decimal_text(rounded(exact, _DECIMALS, "half_even")))


def letters(column: int) -> str:
    """1 is A, 27 is AA."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def literal(value: str) -> str:
    """A text inside a formula."""
    return '"' + value.replace('"', '""') + '"'


def at(sheet: str, column: int, row: int | str = ROW) -> str:
    """A cell of another sheet in the formula's own row; of a given row it is an absolute reference."""
    return f"'{sheet}'!" + (f"{letters(column)}{row}" if row == ROW else f"${letters(column)}${row}")


def across(sheet: str, first: int, last: int, row: int | str = ROW) -> str:
    """Cells side by side."""
    mark = "" if row == ROW else "$"
    start, end = (f"{mark}{letters(column)}{mark}{row}" for column in (first, last))
    return f"'{sheet}'!{start}" if first == last else f"'{sheet}'!{start}:{end}"


def down(sheet: str, column: int, first: int, last: int) -> str:
    """Cells below each other, always absolute."""
    name = letters(column)
    return f"'{sheet}'!${name}${first}:${name}${last}"


def cell_xml(cell: Cell, column: str, row: int, style: int) -> str:
    start = f'<c r="{column}{row}" s="{style}"'
    if cell.formula:
        kind = ' t="str"' if cell.is_text else ""
        formula = _escaped_formula(cell.formula).replace(ROW, str(row))
        return f"{start}{kind}><f>{formula}</f><v>{escaped(cell.value)}</v></c>"
    if not cell.value:
        return f"{start}/>"
    if cell.is_text:
        # Inline: whatever it begins with, it is never read as a formula.
        return f'{start} t="inlineStr"><is><t xml:space="preserve">{escaped(cell.value)}</t></is></c>'
    return f"{start}><v>{cell.value}</v></c>"


@lru_cache(4096)
def _escaped_formula(formula: str) -> str:
    """Kept, because a formula is the same from row to row but for the number of the row."""
    return ROW.join(map(escaped, formula.split(ROW)))


def escaped(value: str) -> str:
    """Text inside XML; what XML cannot hold is written as _xHHHH_, the way the format has for it."""
    value = _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", _ESCAPED.sub("_x005F_", value))
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
