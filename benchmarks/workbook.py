"""E4: the engine's own workbook (`export --xlsx`), recalculated by LibreOffice from formulas alone."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.anchors.libreoffice import expected, installed, read_results, recalculated
from benchmarks.province import Province
from scoring import engine
from scoring.engine.spreadsheet import workbook


def agreement(size: str, province: Province) -> Iterator[str]:
    """How many units get the same total, rank and grade from LibreOffice, and how long each side took."""
    if not installed():
        yield "E4: the exported workbook was not checked, LibreOffice is not installed."
        return
    results = engine.score(
        engine.load_set(province.document()), values := province.values(), groups := province.entries()
    )
    started = time.perf_counter()
    book = workbook(results, values, groups)
    written = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        path = recalculated({"book": book}, Path(folder))["book"]
        reckoned = time.perf_counter()
        found = read_results(path)
    same = sum(found.get(unit) == one for unit, one in expected(results).items())
    yield (
        f"E4, {size}: {same:,} of {len(results.rows):,} units have the same total, rank and grade in the exported workbook"
        f" ({len(book) / 1e6:.1f} MB, written in {written - started:.1f} s, LibreOffice {reckoned - written:.1f} s)."
    )
