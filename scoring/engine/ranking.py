"""Competition ranks inside a group, ties and the step that broke them, grades."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .model import Grade

SHARED = "="


@dataclass(frozen=True)
class Standing:
    """`tie_break` is empty, `=` or the deepest step of the set that was needed."""

    rank: int
    tie_break: str


def competition_ranks(
    totals: Mapping[str, Fraction], tie_keys: Mapping[str, Sequence[tuple]], steps: Sequence[str]
) -> dict[str, Standing]:
    """1, 1, 3 ranking of one group by compared total, highest first.

    `tie_keys` holds for each unit one sortable key per step, smaller is better; units that no step separates share
    the rank. One entry per ranked unit; units without a rank are not given.
    """
    order = sorted(totals, key=lambda unit: (-totals[unit], tuple(tie_keys[unit])))
    standings: dict[str, Standing] = {}
    rank = 0
    for position, unit in enumerate(order):
        # In this order a unit is closest to its neighbours: no other unit is separated from it at a deeper step.
        neighbours = [order[other] for other in (position - 1, position + 1) if 0 <= other < len(order)]
        depths = [_depth(tie_keys[unit], tie_keys[other]) for other in neighbours if totals[other] == totals[unit]]
        before = order[position - 1] if position else None
        if before is None or totals[before] != totals[unit] or tuple(tie_keys[before]) != tuple(tie_keys[unit]):
            rank = position + 1
        if not depths:
            tie_break = ""
        else:
            deepest = max(depths)
            tie_break = SHARED if deepest == len(steps) else steps[deepest]
        standings[unit] = Standing(rank, tie_break)
    return standings


def _depth(mine: Sequence[tuple], other: Sequence[tuple]) -> int:
    """The first step that separates two units; the number of steps if none does."""
    return next((step for step, (a, b) in enumerate(zip(mine, other, strict=True)) if a != b), len(mine))


def value_key(value: Fraction | None) -> tuple:
    """Higher first, a missing value last."""
    return (1,) if value is None else (0, -value)


def instant_key(seconds: Fraction | None) -> tuple:
    """Earlier first, no instant last."""
    return (1,) if seconds is None else (0, seconds)


def grade_of(compared: Fraction, grades: Sequence[Grade]) -> str:
    """The code of the band with the highest `from` not above the compared total; empty below all."""
    reached = [grade for grade in grades if grade.from_points <= compared]
    return max(reached, key=lambda grade: grade.from_points).code if reached else ""
