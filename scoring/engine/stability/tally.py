"""What is kept of the draws: how often each unit had each rank, reached each grade, stood above those below it.

Everything is counted in whole numbers, so the order and size of the chunks do not show. Memory does not grow with the
number of draws.
"""

import numpy as np

from .matrix import LeafMatrix

REACH = 20  # a unit is compared with so many that follow it in the ranking
_ROWS = 255  # counts of so many draws fit eight bits


class Tally:
    """`ranks[group]` is [unit, rank - 1], `reached` [threshold, unit], `above` [distance - 1, unit]."""

    def __init__(self, matrix: LeafMatrix, thresholds: list[int]):
        self.groups, self.thresholds, units = matrix.groups, thresholds, len(matrix.units)
        self.ranks = [np.zeros((stop - start, stop - start), np.int32) for start, stop in matrix.groups]
        widest = max((stop - start for start, stop in matrix.groups), default=0)
        self.above = np.zeros((max(0, min(REACH, widest - 1)), units), np.int64)
        self.reached = np.zeros((len(thresholds), units), np.int64)

    def add(self, compared: np.ndarray) -> None:
        """Draws [draw, unit] as whole numbers, more is better."""
        for (start, stop), counts in zip(self.groups, self.ranks, strict=True):
            _count_ranks(compared[:, start:stop], counts)
        for first in range(0, len(compared), _ROWS):
            rows = compared[first : first + _ROWS]
            for number, least in enumerate(self.thresholds):
                self.reached[number] += _counted(rows >= least)
            for distance in range(1, len(self.above) + 1):
                self.above[distance - 1, :-distance] += _counted(rows[:, :-distance] > rows[:, distance:])


def _counted(held: np.ndarray) -> np.ndarray:
    """How many of at most 255 rows hold, by column."""
    return np.add.reduce(held.view(np.uint8), axis=0, dtype=np.uint8)


def _count_ranks(totals: np.ndarray, counts: np.ndarray) -> None:
    """Add one to counts[unit, rank - 1] for every draw and unit of one group."""
    places = ranked_places(totals)
    if counts.size <= 4 * places.size:
        counts += np.bincount(places.ravel(), minlength=counts.size).reshape(counts.shape).astype(np.int32)
    else:  # few draws of a large group: the whole table is not gone through for them
        np.add.at(counts.reshape(-1), places.ravel(), 1)


def ranked_places(totals: np.ndarray) -> np.ndarray:
    """unit x units + (competition rank - 1), [draw, order], for the units of each draw in falling order of totals.

    One sort of whole keys, the unit in the low bits, gives order and totals in one; ties, which are few, are then given
    the place of the first of them.
    """
    units = totals.shape[1]
    low = (units - 1).bit_length()
    keys = np.arange(units, dtype=_key_type(totals, low)) - (totals.astype(_key_type(totals, low)) << low)
    keys.sort(axis=1)
    above = keys >> low
    tied = np.flatnonzero(above[:, 1:] == above[:, :-1])
    tied += tied // max(units - 1, 1) + 1
    places = np.empty(keys.shape, keys.dtype)
    places[:] = np.arange(units)
    flat = places.reshape(-1)
    while len(tied):
        flat[tied] = flat[tied - 1]
        tied = tied[flat[tied] != flat[tied - 1]]
    keys &= (1 << low) - 1
    keys *= units
    keys += places
    return keys


def _key_type(totals: np.ndarray, low: int) -> type:
    """32 bits sort twice as fast, where they hold every key."""
    fits = totals.dtype == np.int32 and int(np.abs(totals).max(initial=0)) < 2 ** (30 - low)
    return np.int32 if fits else np.int64
