"""A book of 4,100 x 100 read by bare libraries into lists of values: `... books calamine|openpyxl FILE`."""

import io
import sys
from collections.abc import Callable
from pathlib import Path

import python_calamine
from openpyxl import Workbook, load_workbook

from benchmarks.anchors.sheets import rows
from benchmarks.measure import serve, timed


def written(count: int) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("A")
    for row in rows(count):
        sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def calamine(data: bytes) -> list[list]:
    return python_calamine.load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)


def openpyxl(data: bytes) -> list[list]:
    book = load_workbook(io.BytesIO(data), read_only=True)
    return [list(row) for row in book.active.iter_rows(values_only=True)]


READERS: dict[str, Callable[[bytes], list[list]]] = {"calamine": calamine, "openpyxl": openpyxl}

if __name__ == "__main__":
    content = Path(sys.argv[2]).read_bytes()
    serve(timed(lambda: READERS[sys.argv[1]](content)))
