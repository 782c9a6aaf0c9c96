"""Which units of a ranking cannot honestly be told apart.

A unit and one that stands below it are told apart when the upper one has the higher total in at least 95 % of the
draws; draws with equal totals do not count for it. Compared are units at most `tally.REACH` places from each other.

A cluster is a run of the ranking without a cut; a cut stands between two places only where every unit above it is told
apart from every unit below it. So units of different clusters are told apart. The converse is weaker: a cluster may
be a chain whose two ends are told apart; for one unit against another read `neighbours_of`.
"""

from collections.abc import Sequence

LEAST_PERCENT = 95


def doubtful_pairs(above, draws: int, groups: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pairs of columns (upper, lower) that are not told apart; `above` [distance - 1, unit] of the tally."""
    pairs = []
    for start, stop in groups:
        for distance, counts in enumerate(above, 1):
            held = counts[start : max(start, stop - distance)].tolist()
            pairs += [
                (upper, upper + distance)
                for upper, count in enumerate(held, start)
                if count * 100 < LEAST_PERCENT * draws
            ]
    return sorted(pairs)


def clusters(pairs: Sequence[tuple[int, int]], groups: Sequence[tuple[int, int]]) -> list[int]:
    """The number of each column's cluster, from 1 in each group."""
    joined = {place for upper, lower in pairs for place in range(upper, lower)}
    numbers = []
    for start, stop in groups:
        number = 1
        for column in range(start, stop):
            number += column > start and column - 1 not in joined
            numbers.append(number)
    return numbers


def neighbours_of(pairs: Sequence[tuple[int, int]], units: int) -> list[list[int]]:
    """For each column those that it is not told apart from, in the order of the ranking."""
    found: list[list[int]] = [[] for _unit in range(units)]
    for upper, lower in pairs:
        found[lower].append(upper)
        found[upper].append(lower)
    return [sorted(columns) for columns in found]
