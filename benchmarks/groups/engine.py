"""E2: the engine in memory against numpy. E3, E4: against LibreOffice's workbook with the same formulas."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.anchors.arrays import Arrays
from benchmarks.anchors.spreadsheet import Spreadsheet, installed
from benchmarks.measure import Figure, Goal, compare, timed
from benchmarks.province import Province
from scoring import engine

SIZES = {"P": Province(96, 3), "N1": Province(4100, 40)}


def measure(rounds: int) -> Iterator[Figure | str]:
    for size, province in SIZES.items():
        yield from _measure_size(size, province, rounds if size == "P" else 1)


def _measure_size(size: str, province: Province, rounds: int) -> Iterator[Figure | str]:
    criteria_set = engine.load_set(province.document())
    values = province.values()
    groups = {
        name: engine.GroupEntry(f"G{number:03}", "") for name, number in zip(values, province.group_of, strict=True)
    }
    arrays = Arrays(province)
    results = engine.score(criteria_set, values, groups)
    product = timed(lambda: engine.score(criteria_set, values, groups))
    rows = {row.unit: row for row in results.rows}
    ours = [(int(rows[name].total * 100), rows[name].rank) for name in values]
    yield _equal("numpy", size, ours, [*zip(*(column.tolist() for column in arrays.score()), strict=True)])
    where = f"{size}, {province.units:,} units x 80, in memory"
    goal = Goal("E2", 2) if size == "P" else Goal("E1", 1.5)
    yield compare(goal, f"{where}, against numpy", product, timed(arrays.score), rounds)
    if not installed():
        yield "E3, E4: not measured, LibreOffice is not installed."
        return
    with tempfile.TemporaryDirectory() as folder:
        book = Spreadsheet(province, Path(folder))
        limit = 1 / 20 if size == "P" else 1 / 1000
        yield compare(
            Goal("E3", limit), f"{where}, against LibreOffice", product, timed(book.recalculate), min(rounds, 3)
        )
        yield _equal("LibreOffice", size, ours, book.results())


def _equal(anchor: str, size: str, ours: list[tuple[int, int]], theirs: list[tuple[int, int]]) -> str:
    same = sum(a == b for a, b in zip(ours, theirs, strict=True))
    return f"E4, {size}: {same:,} of {len(ours):,} units have the total and the rank of {anchor}."
