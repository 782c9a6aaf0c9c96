"""How much of the movement of a total each cause makes, alone: its variance as a share of the sum of the three.

What causes do to each other (a disputed line under a moved weight) is in the ranks but in none of the three.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import numpy as np

SHARE_PLACES = 4


class Deviations:
    """Sums over draws of the deviation from the undisturbed totals and of its square, by unit, in whole numbers."""

    def __init__(self, undisturbed: np.ndarray, largest: Fraction):
        # A deviation is kept to 21 bits, so that a million squares fit 64.
        self.undisturbed, self.parts = undisturbed, np.float64(2) ** (20 - int(largest).bit_length())
        self.draws = 0
        self.sums, self.squares = np.zeros((2, len(undisturbed)), np.int64)

    def add(self, totals: np.ndarray) -> None:
        deviations = totals - self.undisturbed
        deviations *= self.parts
        np.rint(deviations, out=deviations)
        self.draws += len(totals)
        whole = deviations.astype(np.int64)
        self.sums += whole.sum(axis=0)
        whole *= whole
        self.squares += whole.sum(axis=0)

    def variances(self) -> list[int]:
        """Variances by unit, up to one factor that is the same for every cause."""
        pairs = zip(self.sums.tolist(), self.squares.tolist(), strict=True)
        return [self.draws * squares - total * total for total, squares in pairs]


def shares_of(parts: Sequence[int]) -> tuple[Decimal, ...]:
    """Each part of the whole at four decimals that add up to exactly 1; empty where nothing moves.

    The running sum is rounded and the differences are printed, so that a share may be one unit off its own rounding.
    """
    whole = sum(parts)
    if not whole:
        return ()
    unit, running, reached = 10**SHARE_PLACES, 0, [0]
    for part in parts:
        running += part
        reached.append((2 * running * unit + whole) // (2 * whole))
    return tuple(Decimal(f"{b - a}E-{SHARE_PLACES}") for a, b in zip(reached, reached[1:], strict=False))
