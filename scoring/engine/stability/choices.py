"""What a study may be told: how many draws, from which seed, how much the weights move, at which level."""

from dataclasses import dataclass
from decimal import Decimal

from ..faults import Fault, Refused

WEIGHTS, DISPUTED, GAPS = CAUSES = ("weights", "disputed", "gaps")
LEAVES, PILLARS = LEVELS = ("leaves", "pillars")
MOST_DRAWS, LARGEST_SEED, WIDEST_SPREAD = 1_000_000, 2**63 - 1, Decimal("0.5")


@dataclass(frozen=True, kw_only=True)
class Options:
    """`spread` is the standard deviation of a weight of average size as a share of that weight; 0 leaves weights alone.

    `level` `leaves` moves every line's weight by itself, `pillars` only those of the root's children, the lines inside
    keeping their shares. `chunk` is how many draws are held at a time (0: as many as fit); it never moves a result.
    """

    draws: int = 10_000
    seed: int = 2025
    spread: Decimal = Decimal("0.10")
    level: str = LEAVES
    chunk: int = 0

    def __post_init__(self):
        most = f"{MOST_DRAWS:_}".replace("_", "")
        checks = (
            ("--draws", 1 <= self.draws <= MOST_DRAWS, f"1..{most}"),
            ("--seed", 0 <= self.seed <= LARGEST_SEED, f"0..{LARGEST_SEED}"),
            ("--spread", 0 <= self.spread <= WIDEST_SPREAD, f"0..{WIDEST_SPREAD}"),
            ("--level", self.level in LEVELS, " / ".join(LEVELS)),
            ("--chunk", 0 <= self.chunk <= MOST_DRAWS, f"0..{most}"),
        )
        faults = [
            Fault(name, f"The value must be within {allowed}.", f"Giá trị phải trong khoảng {allowed}.")
            for name, good, allowed in checks
            if not good
        ]
        if faults:
            raise Refused(faults)
