"""Ranks, grades and neighbours counted by sorting whole keys, against counting by hand."""

import numpy as np
import pytest

from scoring.engine.stability import tally
from scoring.engine.stability.apart import clusters, doubtful_pairs, neighbours_of
from scoring.engine.stability.matrix import LeafMatrix
from scoring.engine.stability.studying import quantiles
from scoring.engine.stability.tally import Tally, ranked_places


def ranks_by_hand(totals: np.ndarray) -> np.ndarray:
    return 1 + (totals[:, None, :] > totals[:, :, None]).sum(axis=2)


def matrix(groups) -> LeafMatrix:
    units = tuple(f"u{number}" for number in range(groups[-1][1]))
    return LeafMatrix(None, units, groups, *[None] * 5, np.zeros(len(units)))


@pytest.mark.parametrize("kind", [np.int32, np.int64])
@pytest.mark.parametrize(("units", "highest"), [(1, 9), (2, 1), (3, 2), (17, 5), (64, 1), (65, 10**6), (100, 2**29)])
def test_competition_ranks_with_ties_and_negatives(kind, units, highest):
    totals = np.random.default_rng(units).integers(-highest, highest + 1, (50, units)).astype(kind)

    places = ranked_places(totals)

    found = np.empty_like(totals)
    np.put_along_axis(found, places // units, (places % units + 1).astype(kind), axis=1)
    assert (found == ranks_by_hand(totals)).all()


def test_totals_beyond_32_bits_are_ranked():
    totals = np.array([[2**49, 2**49 + 1, -(2**49), 2**49]])

    assert (ranked_places(totals) % 4 + 1).tolist() == [[1, 2, 2, 4]]


@pytest.mark.parametrize("chunk", [1, 7, 300, 600])
def test_what_is_counted_does_not_depend_on_the_chunk(chunk):
    groups = ((0, 30), (30, 31), (31, 50))
    totals = np.random.default_rng(3).integers(0, 12, (600, 50)).astype(np.int32)
    counted = Tally(matrix(groups), [5, 9])

    for start in range(0, 600, chunk):
        counted.add(totals[start : start + chunk])

    for (start, stop), counts in zip(groups, counted.ranks, strict=True):
        ranks = ranks_by_hand(totals[:, start:stop])
        assert counts.tolist() == [[(column == rank + 1).sum() for rank in range(stop - start)] for column in ranks.T]
    assert counted.reached.tolist() == [(totals >= least).sum(axis=0).tolist() for least in (5, 9)]
    assert len(counted.above) == tally.REACH
    for distance in range(1, tally.REACH + 1):
        above = (totals[:, :-distance] > totals[:, distance:]).sum(axis=0)
        assert counted.above[distance - 1, :-distance].tolist() == above.tolist()


def test_quantiles_are_the_least_ranks_that_reach_the_share():
    assert quantiles(np.array([5, 45, 45, 5]), 100) == (1, 2, 3)
    assert quantiles(np.array([4, 45, 45, 6]), 100) == (2, 3, 4)
    assert quantiles(np.array([0, 0, 1]), 1) == (3, 3, 3)


def test_told_apart_needs_95_percent_of_the_draws():
    above = np.array([[950, 949, 1000, 1000], [999, 940, 1000, 1000]])

    pairs = doubtful_pairs(above, 1000, [(0, 4)])

    assert pairs == [(1, 2), (1, 3)]
    assert clusters(pairs, [(0, 4)]) == [1, 2, 2, 2]  # 2 and 3 are told apart, but 1 and 3 are not: no cut between
    assert neighbours_of(pairs, 4) == [[], [2, 3], [1], [1]]


def test_a_group_ends_where_it_ends():
    above = np.array([[1000, 0, 0, 0, 0]])

    pairs = doubtful_pairs(above, 1000, [(0, 2), (2, 4), (4, 5)])

    assert pairs == [(2, 3)]
    assert clusters(pairs, [(0, 2), (2, 4), (4, 5)]) == [1, 2, 1, 1, 1]
