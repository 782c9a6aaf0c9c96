"""CSV as the contract writes it: UTF-8 without BOM, comma, LF or CRLF, every fault with line and column.

The standard library's reader names no columns and lets stray quotes pass, so the few rules stand here.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .faults import Fault, Refused, quoted, stop_at_most
from .jsontext import decoded, too_large

# Twice a nation's values; a table of this size is still read within the memory of an ordinary machine.
LARGEST_TABLE = 32 * 2**20


class Cell(NamedTuple):
    text: str
    line: int
    column: int


class _Broken(Exception):
    def __init__(self, line: int, column: int, vi: str, en: str):
        self.line, self.column, self.vi, self.en = line, column, vi, en
        super().__init__(en)


def read_table(data: bytes | str, header: Sequence[str], place: str, faults: list[Fault]) -> Iterator[list[Cell]]:
    """The rows under the header, each as wide as it. Rows of another width are recorded in `faults` and skipped;
    a broken file or header raises `Refused` at once."""
    if len(data) > LARGEST_TABLE:
        raise too_large(place, LARGEST_TABLE)
    rows = _rows(decoded(data, place))
    try:
        first = next(rows, None)
        if first is None or [cell.text for cell in first] != list(header):
            wanted = ",".join(header)
            vi = f"Dòng đầu phải là: {wanted}, các cột cách nhau bằng dấu phẩy."
            raise _Broken(1, 1, vi, f"The first line must be: {wanted}, with commas between the columns.")
        for row in rows:
            if len(row) == len(header):
                yield row
                continue
            stop_at_most(faults, f"{place}:{row[0].line}:1")
            faults.append(
                Fault(
                    f"{place}:{row[0].line}:1",
                    f"The line holds {len(row)} columns instead of {len(header)}; mend the line or take it out.",
                    f"Dòng có {len(row)} cột thay vì {len(header)} cột; sửa hoặc bỏ dòng này.",
                )
            )
    except _Broken as broken:
        raise Refused([*faults, Fault(f"{place}:{broken.line}:{broken.column}", broken.en, broken.vi)]) from None


def read_rows(data: bytes | str, place: str) -> Iterator[list[Cell]]:
    """All rows, the first included, whatever their width; `Refused` where the file is broken."""
    try:
        yield from _rows(decoded(data, place))
    except _Broken as broken:
        raise Refused([Fault(f"{place}:{broken.line}:{broken.column}", broken.en, broken.vi)]) from None


def _rows(text: str) -> Iterator[list[Cell]]:
    """Rows of cells; a quoted cell may hold line ends, so a row may be longer than a line."""
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    number = 0
    while number < len(lines):
        line = lines[number]
        line = line[:-1] if line.endswith("\r") else line
        if '"' in line:
            row, number = _quoted_row(lines, number)
            yield row
            continue
        number += 1
        row, column = [], 1
        for part in line.split(","):
            row.append(Cell(_clean(part, number, column), number, column))
            column += len(part) + 1
        yield row


def _quoted_row(lines: list[str], number: int) -> tuple[list[Cell], int]:
    row, line, offset = [], lines[number], 0
    while True:
        started_line, started = number + 1, offset + 1
        if line.startswith('"', offset):
            text, number, offset = _quoted_cell(lines, number, offset + 1, (started_line, started))
            line = lines[number]
        else:
            end = line.find(",", offset)
            text = line[offset:] if end < 0 else line[offset:end]
            if end < 0 and text.endswith("\r"):
                text = text[:-1]
            if '"' in text:
                column = offset + text.index('"') + 1
                vi = "Dấu ngoặc kép nằm giữa ô; hãy đặt cả ô trong ngoặc kép và nhân đôi dấu bên trong."
                raise _Broken(
                    started_line, column, vi, "A quote inside an unquoted cell; quote the cell and double the quote."
                )
            offset = len(line) if end < 0 else end
        row.append(Cell(_clean(text, started_line, started), started_line, started))
        if line[offset:] in ("", "\r"):
            return row, number + 1
        if line[offset] != ",":
            raise _Broken(
                number + 1,
                offset + 1,
                "Sau ô trong ngoặc kép phải là dấu phẩy.",
                "A comma is expected after a quoted cell.",
            )
        offset += 1


def _quoted_cell(lines: list[str], number: int, offset: int, start: tuple[int, int]) -> tuple[str, int, int]:
    """Text of the cell, and line and offset just behind its closing quote."""
    parts: list[str] = []
    while True:
        end = lines[number].find('"', offset)
        if end < 0:
            parts.append(lines[number][offset:] + "\n")
            number, offset = number + 1, 0
            if number == len(lines):
                raise _Broken(
                    *start,
                    "Ô trong ngoặc kép chưa kết thúc; tệp có thể bị cắt cụt.",
                    "A quoted cell does not end; the file may be cut.",
                )
            continue
        parts.append(lines[number][offset:end])
        if lines[number].startswith('""', end):
            parts.append('"')
            offset = end + 2
            continue
        return "".join(parts), number, end + 1


def _clean(text: str, line: int, column: int) -> str:
    for position, char in enumerate(text if not text.isprintable() else ""):
        if char < " " and char not in "\t\r\n" or char == "\x7f":
            raise _Broken(
                line,
                column + position,
                "Ô có ký tự điều khiển không hợp lệ; hãy xóa ký tự đó.",
                "The cell holds a control character that is not allowed; take it out.",
            )
    if "\r" in text and "\n" not in text:
        place = column + text.index("\r")
        raise _Broken(
            line, place, f"Dấu xuống dòng lạ trong ô “{quoted(text)}”.", "A carriage return stands inside a line."
        )
    return text


def write_table(rows: Sequence[Sequence[str]]) -> bytes:
    """LF, quoted only where needed."""
    return "".join(",".join(_written(text) for text in row) + "\n" for row in rows).encode("utf-8")


def _written(text: str) -> str:
    if any(char in text for char in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text
