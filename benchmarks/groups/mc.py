"""M1 to M4: 10,000 draws of 4,100 and of 96 units, ranked, against plain sorts, pandas, scipy and the matrix product."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from benchmarks.field import drawn, field
from benchmarks.measure import Figure, Goal, Measure, compare, side, timed
from benchmarks.peers import ROOT, Unavailable, peers_python
from scoring.engine.stability.draws import Draws
from scoring.engine.stability.rounding import compared
from scoring.engine.stability.studying import quantiles, tallied
from scoring.engine.stability.tally import Tally

DRAWS, PANDAS_DRAWS = 10_000, 500
MEMORY = 400


def measure(rounds: int) -> Iterator[Figure | str]:
    try:
        python = peers_python()
    except Unavailable as why:
        python = None
        yield f"M1, M2 against pandas and scipy: not measured, {why}."
    yield from _nation(python, rounds)
    yield from _province(python, rounds)
    yield _every_cause()
    yield from _memory()


def _nation(python: str | None, rounds: int) -> Iterator[Figure]:
    nation = drawn(field(4_100, 40), DRAWS)
    totals = _totals(nation)
    sort = _plain_sort(totals)
    ranks = timed(lambda: _ranked(nation, totals))
    what = "4,100 units in 40 groups, 10,000 draws"
    yield compare(Goal("M1", 2.5), f"{what}: ranks and summary, against sorting them", ranks, sort, min(rounds, 5))
    study = timed(lambda: tallied(nation))
    yield compare(Goal("M1", 2.5), f"{what}: drawing and all, against sorting them", study, sort, min(rounds, 3))
    if python:
        with _peer(python, "pandas", nation, totals[:PANDAS_DRAWS]) as peer:
            scaled = _scaled(peer, DRAWS / PANDAS_DRAWS)
            yield compare(
                Goal("M1", 1 / 3), f"{what}: ranks and summary, against pandas", ranks, scaled, min(rounds, 3)
            )
    yield from _product(nation, min(rounds, 5))


def _province(python: str | None, rounds: int) -> Iterator[Figure]:
    province = drawn(field(96, 3), DRAWS)
    totals = _totals(province)
    what = "96 units in 3 groups, 10,000 draws"
    ranks, study = timed(lambda: _ranked(province, totals)), timed(lambda: tallied(province))
    yield compare(
        Goal("M2", 3), f"{what}: ranks and summary, against sorting them (stretch)", ranks, _plain_sort(totals), rounds
    )
    if python:
        with _peer(python, "scipy", province, totals) as peer:
            yield compare(Goal("M2", 0.1), f"{what}: ranks and summary, against scipy", ranks, peer, rounds)
            yield compare(Goal("M2", 0.1), f"{what}: drawing and all, against scipy", study, peer, rounds)


def _every_cause() -> str:
    draws = drawn(field(96, 3), DRAWS, every_cause=True)
    seconds = timed(lambda: tallied(draws))()
    return f"96 units in 3 groups, 10,000 draws of every cause and of each alone: {seconds:.1f} s."


def _totals(draws: Draws) -> np.ndarray:
    scoring = draws.matrix.criteria_set.scoring
    return np.concatenate([compared(totals, scoring) for totals in draws.totals(draws.causes)])


def _ranked(draws: Draws, totals: np.ndarray) -> None:
    tally = Tally(draws.matrix, [])
    step = 2**18 // totals.shape[1]
    for start in range(0, len(totals), step):
        tally.add(totals[start : start + step])
    for counts in tally.ranks:
        for row in counts:
            quantiles(row, len(totals))


def _plain_sort(totals: np.ndarray) -> Measure:
    """Each draw by itself, as whole numbers of 64 bits: what any ranking by sorting must do at least."""

    def act() -> float:
        seconds = 0.0
        for start in range(0, len(totals), 1000):
            rows = totals[start : start + 1000].astype(np.int64)
            started = time.perf_counter()
            for row in rows:
                row.sort()
            seconds += time.perf_counter() - started
        return seconds

    return act


@contextmanager
def _peer(python: str, which: str, draws: Draws, totals: np.ndarray) -> Iterator[Measure]:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("totals.npy", "groups.npy")]
        np.save(paths[0], totals)
        np.save(paths[1], np.repeat(np.arange(len(draws.matrix.groups)), [b - a for a, b in draws.matrix.groups]))
        with side("benchmarks.anchors.peer_ranks", which, *map(str, paths), python=python) as measured:
            yield measured


def _scaled(measure: Measure, times: float) -> Measure:
    return lambda: measure() * times


def _product(draws: Draws, rounds: int) -> Iterator[Figure]:
    """M4: points x factors as it is done, against the same size of random numbers in one call."""
    matrix, weights = draws.matrix, draws.weights
    factors = weights.factors(0, 2_000)
    points = np.random.default_rng(1).uniform(size=matrix.points.shape)
    ours, theirs = np.empty((2_000, len(matrix.units))), np.empty((2_000, len(matrix.units)))
    product = timed(lambda: np.matmul(factors, matrix.points, out=ours))
    anchor = timed(lambda: np.matmul(factors / 3, points, out=theirs))
    yield compare(Goal("M4", 1 / 0.7), "the matrix product of 2,000 draws in whole numbers", product, anchor, rounds)


def _memory() -> Iterator[Figure | str]:
    for causes, draws, chunks in (("weights", DRAWS, (0, 64, 1_000)), ("all", 600, (0, 7))):
        runs = [_child(4_100, 40, draws, causes, chunk) for chunk in chunks]
        peak = runs[0][0]
        what = f"largest memory at 4,100 units, {draws:,} draws of {causes}, against 400 MiB"
        yield Figure(Goal("M3", 1), what, peak, MEMORY, [peak / MEMORY], "MiB")
        same = len({digest for _peak, digest in runs}) == 1
        sizes = ", ".join(str(chunk or "as fits") for chunk in chunks)
        yield f"M3: chunks of {sizes} draws of {causes} give {'the same' if same else 'DIFFERENT'} bytes."


def _child(*arguments: object) -> tuple[float, str]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.field", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    peak, digest = done.stdout.split()
    return float(peak), digest
