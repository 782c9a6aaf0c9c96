"""E1, E2, E7: the column evaluator in memory against numpy. E3, E4: against LibreOffice's workbook of the same formulas.
E5: against packages that sum and rank points without any rule."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.anchors.arrays import Arrays
from benchmarks.anchors.libreoffice import installed
from benchmarks.anchors.spreadsheet import Spreadsheet
from benchmarks.measure import Figure, Goal, Measure, compare, side, timed
from benchmarks.peers import Unavailable, peers_python
from benchmarks.province import Province
from benchmarks.workbook import agreement
from scoring import engine
from scoring.engine import batch

SIZES = {"P": Province(96, 3), "N1": Province(4100, 40), "N": Province(20_500, 200), "W": Province(1_000_000, 1000)}


def measure(rounds: int) -> Iterator[Figure | str]:
    product: dict[str, Measure] = {}
    fewer = max(3, rounds // 3)
    for size, province in SIZES.items():
        yield from _in_memory(size, province, fewer if size == "W" else rounds, product)
        if size in ("P", "N1"):
            yield from _readable(size, province)
            yield from _spreadsheet(size, province, product[size], rounds)
    yield from _peers(SIZES["N"], product["N"], rounds)
    yield compare(Goal("E7", 6), "5 times the units: N against N1", product["N"], product["N1"], rounds)
    yield compare(Goal("E7", 70), "48.8 times the units: W against N", product["W"], product["N"], fewer)


def _in_memory(size: str, province: Province, rounds: int, product: dict[str, Measure]) -> Iterator[Figure | str]:
    criteria_set = engine.load_set(province.document())
    columns, evaluator, arrays = province.columns(criteria_set), batch.Evaluator(criteria_set), Arrays(province)
    product[size] = timed(lambda: evaluator.evaluate(columns))
    scores, (totals, ranks) = evaluator.evaluate(columns), arrays.score()
    yield _equal("numpy", size, np.stack([scores.total, scores.rank], 1), np.stack([totals, ranks], 1))
    goal = Goal("E2", 2) if size == "P" else Goal("E1", 1.5)
    where = f"{size}, {province.units:,} units x 80, in memory, against numpy"
    yield compare(goal, where, product[size], timed(arrays.score), rounds)


def _readable(size: str, province: Province) -> Iterator[Figure | str]:
    """The readable evaluator beside the columns, from the same texts."""
    criteria_set, values, groups = engine.load_set(province.document()), province.values(), province.entries()
    same = engine.write_results(engine.score(criteria_set, values, groups)) == engine.write_results(
        batch.score(criteria_set, values, groups)
    )
    yield f"{size}: both evaluators write {'the same bytes' if same else 'DIFFERENT bytes'}."


def _spreadsheet(size: str, province: Province, product: Measure, rounds: int) -> Iterator[Figure | str]:
    if not installed():
        yield "E3, E4: not measured, LibreOffice is not installed."
        return
    criteria_set = engine.load_set(province.document())
    scores = batch.Evaluator(criteria_set).evaluate(province.columns(criteria_set))
    with tempfile.TemporaryDirectory() as folder:
        book = Spreadsheet(province, Path(folder))
        goal = Goal("E3", 1 / 20 if size == "P" else 1 / 1000)
        where = f"{size}, {province.units:,} units x 80, in memory, against LibreOffice"
        yield compare(goal, where, product, timed(book.recalculate), min(rounds, 3))
        yield _equal("LibreOffice", size, np.stack([scores.total, scores.rank], 1), np.array(book.results()))
    yield from agreement(size, province)


def _peers(province: Province, product: Measure, rounds: int) -> Iterator[Figure | str]:
    try:
        python = peers_python()
    except Unavailable as why:
        yield f"E5: not measured, {why}."
        return
    criteria_set = engine.load_set(province.document())
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("points.npy", "groups.npy")]
        np.save(paths[0], batch.Evaluator(criteria_set).evaluate(province.columns(criteria_set)).points)
        np.save(paths[1], province.group_of)
        for which, limit in (("scikit-criteria", 1.5), ("pandas", 1 / 3), ("pymcdm", 1 / 10)):
            with side("benchmarks.anchors.peer_scores", which, *map(str, paths), python=python) as peer:
                what = f"N, {province.units:,} units x 80, against {which} from points given"
                yield compare(Goal("E5", limit), what, product, peer, min(rounds, 5))


def _equal(anchor: str, size: str, ours: np.ndarray, theirs: np.ndarray) -> str:
    same = int((ours == theirs).all(axis=1).sum())
    return f"E4, {size}: {same:,} of {len(ours):,} units have the total and the rank of {anchor}."
