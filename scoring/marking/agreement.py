"""How alike two people mark: pure, exact, in shares of the line's maximum.

Weighted kappa with linear weights (Cohen 1968), the marks themselves being the categories: 1 less the mean gap of the pairs
over the mean gap of any first mark with any second one. 1 is full agreement, 0 what chance would give, below 0 less.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

# With fewer pairs one line more or less turns the figure; it is not shown then.
FEWEST = 10


@dataclass(frozen=True)
class Pair:
    """Two marks of one line as shares of its maximum, 0 to 1; None: no points (not applicable)."""

    first: Fraction | None
    second: Fraction | None

    @property
    def gap(self) -> Fraction:
        """0 to 1; points against none are the whole."""
        if self.first is None or self.second is None:
            return Fraction(0 if self.first == self.second else 1)
        return abs(self.first - self.second)


def pair_of(first: Decimal | None, second: Decimal | None, maximum: Decimal) -> Pair:
    """Two marks in points."""
    return Pair(*(None if points is None else Fraction(points) / Fraction(maximum) for points in (first, second)))


@dataclass(frozen=True)
class Agreement:
    """Of `pairs` lines: `alike` marked the same, `mean_gap` and `lean` (second less first) in shares of the maximum,
    `kappa`. None where there are too few pairs, for `kappa` also where all marks are the same."""

    pairs: int
    alike: int
    mean_gap: Fraction | None
    lean: Fraction | None
    kappa: Fraction | None

    @property
    def is_enough(self) -> bool:
        return self.pairs >= FEWEST

    @property
    def alike_percent(self) -> Decimal:
        return _rounded(Fraction(self.alike, self.pairs) * 100, 0)

    @property
    def mean_gap_percent(self) -> Decimal | None:
        return None if self.mean_gap is None else _rounded(self.mean_gap * 100, 1)

    @property
    def lean_percent(self) -> Decimal | None:
        return None if self.lean is None else _rounded(self.lean * 100, 1)

    @property
    def kappa_shown(self) -> Decimal | None:
        return None if self.kappa is None else _rounded(self.kappa, 2)


def _rounded(value: Fraction, places: int) -> Decimal:
    return Decimal(round(value * 10**places)).scaleb(-places)


def agreement(pairs: Sequence[Pair]) -> Agreement:
    alike, numbered = sum(one.gap == 0 for one in pairs), [one for one in pairs if None not in (one.first, one.second)]
    if len(pairs) < FEWEST:
        return Agreement(len(pairs), alike, None, None, None)
    mean_gap = sum((one.gap for one in pairs), Fraction(0)) / len(pairs)
    leans = [one.second - one.first for one in numbered]
    lean = sum(leans, Fraction(0)) / len(leans) if leans else None
    return Agreement(len(pairs), alike, mean_gap, lean, kappa(numbered))


def kappa(pairs: Sequence[Pair]) -> Fraction | None:
    """None where chance could give no gap: every mark of both is the same, or there is none."""
    by_chance = sum((abs(one.first - other.second) for one in pairs for other in pairs), Fraction(0))
    if not by_chance:
        return None
    seen = sum((one.gap for one in pairs), Fraction(0))
    return 1 - len(pairs) * seen / by_chance
