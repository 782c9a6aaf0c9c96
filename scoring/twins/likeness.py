"""Which texts are nearly the same, apart from what everybody writes. Values in, values out.

What stands in the files of many units (`common_above`) is a form or a phrase of the office and counts for nobody. Of what is
left a MinHash is made (rensa), locality-sensitive hashing names the pairs worth a look, and each of those is counted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from rensa import RMinHash, RMinHashLSH

from scoring.twins.reading import KEPT

LEAST_UNITS = 4
# Of the shorter one's own wording. In seeded years of 24 to 75 communes edited copies have 36 percent and more in common,
# documents of one subject and frame below 30, a handful up to 39. Fewer runs than LEAST may be a date and a name.
ALIKE_PERCENT, LEAST = 35, 20
# Two values a band: a pair with a quarter of both in common falls together all but surely, one with a seventh mostly.
PERMUTATIONS, BANDS, SEED = 256, 128, 2026


def common_above(units: int) -> int:
    """What more than so many of the units have is everybody's: a tenth of them, at least LEAST_UNITS."""
    return max(LEAST_UNITS, units // 10)


@dataclass(frozen=True)
class Text:
    """One content and the units that have it. `signature` as `scoring.twins.reading` writes it."""

    sha256: str
    units: frozenset[int]
    signature: bytes

    @cached_property
    def runs(self) -> np.ndarray:
        return np.frombuffer(self.signature, dtype="<u4")


@dataclass(frozen=True)
class Alike:
    """Two contents, the lesser hash first; `percent` of the shorter one's own wording that stands in the other too."""

    first: str
    second: str
    percent: int


def alike(texts: Sequence[Text]) -> list[Alike]:
    """Every pair, whoseever they are; the same whatever the order of the input."""
    texts = sorted(texts, key=lambda text: text.sha256)
    common = _common(texts)
    kept = [(text, left) for text in texts if len(left := _without(text.runs, common)) >= LEAST]
    found = []
    for at, other in _candidates([left for _text, left in kept]):
        (one, mine), (two, theirs) = kept[at], kept[other]
        percent = _percent(mine, theirs, min(_reach(one), _reach(two)))
        if percent >= ALIKE_PERCENT:
            found.append(Alike(one.sha256, two.sha256, percent))
    return found


def _common(texts: Sequence[Text]) -> np.ndarray:
    """Runs of too many units to be one's own, sorted."""
    by_unit: dict[int, list[np.ndarray]] = {}
    for text in texts:
        for unit in text.units:
            by_unit.setdefault(unit, []).append(text.runs)
    if not by_unit:
        return np.empty(0, dtype="<u4")
    runs, units = np.unique(
        np.concatenate([np.unique(np.concatenate(one)) for one in by_unit.values()]), return_counts=True
    )
    return runs[units > common_above(len(by_unit))]


def _without(runs: np.ndarray, common: np.ndarray) -> np.ndarray:
    if not len(common):
        return runs
    nearest = np.minimum(np.searchsorted(common, runs), len(common) - 1)
    return runs[common[nearest] != runs]


def _candidates(kept: Sequence[np.ndarray]) -> Iterator[tuple[int, int]]:
    """Pairs of places that fall together in one of the bands."""
    hashes = []
    for runs in kept:
        one = RMinHash(PERMUTATIONS, SEED)
        data = runs.tobytes()
        one.update([data[at : at + 4] for at in range(0, len(data), 4)])
        hashes.append(one)
    if not hashes:
        return
    nearby = RMinHashLSH(ALIKE_PERCENT / 100, PERMUTATIONS, BANDS)
    nearby.insert_many(hashes)
    for at, met in enumerate(nearby.query_all(hashes)):
        yield from ((at, other) for other in sorted(set(met)) if other > at)


def _reach(text: Text) -> int:
    """How far the signature goes: of a long text only the smallest hashes were kept."""
    return int(text.runs[-1]) if len(text.runs) == KEPT else 2**32


def _percent(mine: np.ndarray, theirs: np.ndarray, reach: int) -> int:
    mine, theirs = mine[mine <= reach], theirs[theirs <= reach]
    both = len(np.intersect1d(mine, theirs, assume_unique=True))
    return both * 100 // min(len(mine), len(theirs)) if both >= LEAST else 0
