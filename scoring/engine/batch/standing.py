"""Ranks, ties and grades of all groups at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ..model import Grade
from .whole import largest, room

# `Standings.tie`: no other unit of the group has the same total; else the step of the set, the number of steps: shared.
ALONE = -1


@dataclass(frozen=True)
class Standings:
    """One place a unit: `rank` from 1 (0 without one), `tie` a step or ALONE."""

    rank: np.ndarray
    tie: np.ndarray


def standings(group: np.ndarray, compared: np.ndarray, ranked: np.ndarray, keys: Sequence[np.ndarray]) -> Standings:
    """Competition ranks in each group by `compared`, higher first, then by the tie-break keys, lower first."""
    rank, tie = np.zeros(len(group), np.int64), np.full(len(group), ALONE)
    units = np.arange(len(group)) if ranked.all() else np.flatnonzero(ranked)
    if not units.size:
        return Standings(rank, tie)
    total = _total_keys(group[units], compared[units])
    order = np.argsort(total)
    ordered = total[order]
    level = ordered[1:] == ordered[:-1]
    tied = np.flatnonzero(np.append(level, False) | np.append(False, level))
    if tied.size:
        order[tied] = _settled(order[tied], total, [key[units] for key in keys])
    place = np.arange(len(units))
    heads = group[units][order]
    starts = _running(place, np.append(True, heads[1:] != heads[:-1]))
    depths = _depths(order, level, [key[units] for key in keys])
    # Where two neighbours share the total, the rank changes at the step that separates them.
    firsts = _running(place, np.append(True, depths != len(keys)))
    rank[units[order]] = firsts - starts + 1
    tie[units[order]] = np.maximum(np.append(ALONE, depths), np.append(depths, ALONE))
    return Standings(rank, tie)


def _total_keys(group: np.ndarray, compared: np.ndarray) -> np.ndarray:
    """One number a unit that sorts by group, then by total, the highest first."""
    highest = int(compared.max())
    span = highest - int(compared.min()) + 1
    return room(group, (int(group.max()) + 1) * span) * span + (highest - compared)


def _settled(tied: np.ndarray, total: np.ndarray, keys: Sequence[np.ndarray]) -> np.ndarray:
    """The units of equal totals in the order of the tie-break keys."""
    return tied[np.lexsort([key[tied] for key in reversed([total, *keys])])] if keys else tied


def _running(place: np.ndarray, begins: np.ndarray) -> np.ndarray:
    """For each place the last one at or before it where something begins."""
    return np.maximum.accumulate(np.where(begins, place, 0))


def _depths(order: np.ndarray, level: np.ndarray, keys: Sequence[np.ndarray]) -> np.ndarray:
    """For each place and the next: the first step that separates them, the number of steps if none does, ALONE
    where their totals differ."""
    depths = np.where(level, len(keys), ALONE)
    pairs = np.flatnonzero(level)
    for step in range(len(keys) - 1, -1, -1):
        key = keys[step][order]
        depths[pairs[key[pairs] != key[pairs + 1]]] = step
    return depths


def dense(values: Sequence[Fraction]) -> np.ndarray:
    """The place of each value among the distinct ones, from 0: numbers that compare as the values do."""
    position = {value: place for place, value in enumerate(sorted(set(values)))}
    return np.array([position[value] for value in values], np.int64)


def grade_places(numbers: np.ndarray, divisor: np.ndarray, places: int, grades: Sequence[Grade]) -> np.ndarray:
    """For each number ÷ divisor (whole 10**-places) how many of the grades, from the lowest up, it reaches."""
    reached = np.zeros(len(numbers), np.int64)
    for grade in grades:
        bound = Fraction(grade.from_points) * 10**places
        reach = largest(numbers) * bound.denominator + largest(divisor) * abs(bound.numerator)
        reached += room(numbers, reach) * bound.denominator >= room(divisor, reach) * bound.numerator
    return reached
