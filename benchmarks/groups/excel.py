"""X1: a ruled sheet of 4,100 x 100 through the product's own writer, as the ranking's sheets are written.
X3: a book of that size taken in, against the bare reading of it.
"""

import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from benchmarks.anchors.books import written
from benchmarks.anchors.sheets import rows
from benchmarks.measure import Figure, Goal, compare, serve, side, timed
from core.workbook.paper import POINTS, Look, put
from core.workbook.saving import new_book, saved

ROWS = 4100
TEXT, NUMBER = Look(edges="thin"), Look(edges="thin", across="right", format=POINTS)


def measure(rounds: int) -> Iterator[Figure]:
    size, few = str(ROWS), min(rounds, 3)
    with side("benchmarks.groups.excel", size) as product:
        with side("benchmarks.anchors.sheets", "reused", size) as anchor:
            yield compare(Goal("X1", 1.1), f"{ROWS:,} x 100, against one styled cell a column", product, anchor, few)
        with side("benchmarks.anchors.sheets", "naive", size) as anchor:
            yield compare(Goal("X1", 0.75), f"{ROWS:,} x 100, against a new styled cell each", product, anchor, few)
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book.xlsx"
        book.write_bytes(written(ROWS))
        yield from _taken_in(str(book), few)


def _taken_in(book: str, rounds: int) -> Iterator[Figure]:
    what = f"{ROWS:,} x 100 read and every cell judged, against"
    with side("benchmarks.book", "plain", book) as product, side("benchmarks.book", "guarded", book) as guarded:
        with side("benchmarks.anchors.books", "calamine", book) as anchor:
            yield compare(Goal("X3", 2), f"{what} python-calamine's reading alone", product, anchor, rounds)
            yield compare(Goal("X3", 4), f"{what} the same, in a process of its own", guarded, anchor, rounds)
        with side("benchmarks.anchors.books", "openpyxl", book) as anchor:
            yield compare(Goal("X3", 1), f"{what} openpyxl's read_only alone", guarded, anchor, rounds)


def write(count: int) -> bytes:
    book = new_book()
    sheet = book.create_sheet("A")
    for number, row in enumerate(rows(count), 1):
        for column, value in enumerate(row, 1):
            is_text = isinstance(value, str)
            put(sheet.cell(number, column), value if is_text else Decimal(str(value)), TEXT if is_text else NUMBER)
    return saved(book, title="X1", moment=datetime(2026, 1, 1, tzinfo=UTC))


if __name__ == "__main__":
    serve(timed(lambda: write(int(sys.argv[1]))))
