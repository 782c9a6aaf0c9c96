"""Cells that stay what they are: text is text, whatever it begins with."""

from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE


def put_text(cell: Cell, text: str) -> Cell:
    """Write `text` as text: no formula even when it begins with = + - @, and 03856 keeps its nought.

    The quote prefix is Excel's own mark; it keeps the cell text when somebody edits it. Control characters are left out.
    """
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text) or None
    if cell.value is not None:
        cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
    return cell
