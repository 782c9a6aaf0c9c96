"""A field of made-up points for the stability study: the seam that scoring fills, without scoring.

`python -m benchmarks.field UNITS GROUPS DRAWS CAUSES CHUNK` studies it in a process of its own and prints the process's
largest memory in MiB and the digest of everything that was counted.
"""

import hashlib
import sys
from pathlib import Path

import numpy as np

from benchmarks.province import Province
from scoring import engine
from scoring.engine.stability import Options
from scoring.engine.stability.draws import Draws
from scoring.engine.stability.matrix import LeafMatrix
from scoring.engine.stability.noise import DoubtfulLine
from scoring.engine.stability.studying import tallied


def field(units: int, groups: int) -> LeafMatrix:
    """Whole hundredths, 3 % not applicable; every group as large as the next."""
    criteria_set = engine.load_set(Province(1, 1).document())
    chance = np.random.default_rng(1)
    maxima = np.array([int(leaf.max_points * 100) for leaf in criteria_set.leaves], np.float64)
    strength = chance.uniform(size=units)
    shares = np.clip(chance.normal(strength, np.full((len(maxima), units), 1 / 4)), 0, 1)
    starts = [units * number // groups for number in range(groups + 1)]
    shape = (len(maxima), units)
    return LeafMatrix(
        criteria_set=criteria_set,
        units=tuple(f"U{number:05}" for number in range(units)),
        groups=tuple(zip(starts, starts[1:], strict=False)),
        points=np.rint(shares * maxima[:, None]),
        applicable=chance.uniform(size=shape) > 3 / 100,
        appraised=np.ones(shape, bool),
        maxima=maxima,
        full=int(maxima.sum()),
        adjustments=np.rint(chance.uniform(-200, 200, units)),
    )


def drawn(matrix: LeafMatrix, draws: int, every_cause: bool = False, chunk: int = 0) -> Draws:
    """With every cause each third line is disputed by each third unit, and each second has a gap of a tenth."""
    lines = _doubtful(matrix) if every_cause else []
    return Draws(matrix, lines, Options(draws=draws, chunk=chunk))


def _doubtful(matrix: LeafMatrix) -> list[DoubtfulLine]:
    everyone, some = np.arange(len(matrix.units)), np.arange(0, len(matrix.units), 3)
    return [
        DoubtfulLine(
            leaf, everyone, some if leaf % 3 == 0 else some[:0],
            np.full(len(some) if leaf % 3 == 0 else 0, most), np.rint(most / 10) * (leaf % 2),
        )
        for leaf, most in enumerate(matrix.maxima)
        if leaf % 3 == 0 or leaf % 2
    ]  # fmt: skip


def digest(draws: Draws) -> str:
    tally, alone = tallied(draws)
    found = hashlib.sha256()
    for counts in (*tally.ranks, tally.above, tally.reached):
        found.update(np.ascontiguousarray(counts).tobytes())
    for cause, deviations in alone.items():
        found.update(f"{cause}{deviations.variances()}".encode())
    return found.hexdigest()


def main(units: str, groups: str, draws: str, causes: str, chunk: str) -> None:
    found = digest(drawn(field(int(units), int(groups)), int(draws), causes == "all", int(chunk)))
    # The kernel's own mark of this program; the one of getrusage is inherited from whoever started it.
    status = Path("/proc/self/status").read_text()
    print(int(status.partition("VmHWM:")[2].split()[0]) / 1024, found)


if __name__ == "__main__":
    main(*sys.argv[1:])
