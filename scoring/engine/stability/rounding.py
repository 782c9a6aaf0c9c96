"""Totals as ranks and grades compare them: whole numbers, from exact or nearly exact quotients."""

from fractions import Fraction
from math import ceil

import numpy as np

from ..model import Scoring

FINE = 2**20  # parts of a printed unit that are told apart where nothing is rounded before ranks


def compared(totals: np.ndarray, scoring: Scoring) -> np.ndarray:
    """Totals in printed units to the numbers that are ranked. The quotients of an exact study lie so far from the next
    half unless they are on it, that their last bit cannot decide."""
    if scoring.rank_on == "exact":
        return np.rint(totals * FINE).astype(np.int64)
    if scoring.rounding == "half_even":
        settled = np.rint(totals)
    elif scoring.rounding == "half_up":
        settled = np.abs(totals)
        settled += np.float64(1) / 2
        np.copysign(np.floor(settled, out=settled), totals, out=settled)
    else:
        settled = np.trunc(totals)
    return settled.astype(np.int32)


def threshold(points: Fraction, scoring: Scoring) -> int:
    """The least compared number that reaches `points`."""
    unit = 10**scoring.places * (FINE if scoring.rank_on == "exact" else 1)
    return ceil(points * unit)


def snapped(totals: np.ndarray) -> np.ndarray:
    """Sums of rounded products lie a little beside the true number; on this grid they are on it again where it has few
    decimals, such as a half."""
    return np.rint(totals * FINE) / FINE
