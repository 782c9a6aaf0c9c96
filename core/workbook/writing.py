"""Cells that stay what they are: text is text, whatever it begins with."""

import re

from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

# Of any length: LibreOffice takes the _xa_ of “so_xa_dat” for one character too.
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]+_)")


def put_text(cell: Cell, text: str) -> Cell:
    """Write `text` as text: no formula even when it begins with = + - @, and 03856 keeps its nought.

    What looks like the format's own way to write a character (_x0041_) is kept as it is. The quote prefix is Excel's own
    mark; it keeps the cell text when somebody edits it. Control characters are left out.
    """
    cell.value = _LOOKS_ESCAPED.sub("_x005F_", ILLEGAL_CHARACTERS_RE.sub("", text)) or None
    if cell.value is not None:
        cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
    return cell
