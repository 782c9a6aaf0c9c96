"""X1: a ruled sheet of 4,100 x 100 through the product's own writer, as the ranking's sheets are written."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

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
