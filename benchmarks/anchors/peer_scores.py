"""Weighted sums and ranks by packages for decision makers, from points already made: they know no rules.

`python -m benchmarks.anchors.peer_scores WHICH POINTS.npy GROUPS.npy`, points [line, unit], in the environment of the
peers; a line in, the seconds of one pass out.
"""

import sys

import numpy as np

from benchmarks.measure import serve, timed


def by_scikit_criteria(points: np.ndarray, groups: np.ndarray):
    from skcriteria import mkdm  # noqa: PLC0415 - only one of the peers is wanted
    from skcriteria.agg.simple import WeightedSumModel  # noqa: PLC0415 - as above

    matrix = mkdm(points.T + 1.0, [max] * len(points), weights=[1 / len(points)] * len(points))
    return lambda: WeightedSumModel().evaluate(matrix)


def by_pymcdm(points: np.ndarray, groups: np.ndarray):
    from pymcdm.helpers import rankdata  # noqa: PLC0415 - as above
    from pymcdm.methods import WSM  # noqa: PLC0415 - as above

    matrix, weights, types = points.T + 1.0, np.full(len(points), 1 / len(points)), np.ones(len(points), int)
    return lambda: rankdata(WSM()(matrix, weights, types), reverse=True)


def by_pandas(points: np.ndarray, groups: np.ndarray):
    """Eight pillars of lines in their order, summed, then ranked in the groups."""
    import pandas as pd  # noqa: PLC0415 - as above

    lines, units = points.shape
    frame = pd.DataFrame(
        {
            "unit": np.repeat(np.arange(units), lines),
            "pillar": np.tile(np.arange(lines) % 8, units),
            "points": points.T.ravel(),
        }
    )
    members = pd.Series(groups)

    def ranked():
        pillars = frame.groupby(["unit", "pillar"], sort=False)["points"].sum().unstack()
        return pillars.sum(axis=1).groupby(members).rank(method="min", ascending=False)

    return ranked


WAYS = {"scikit-criteria": by_scikit_criteria, "pymcdm": by_pymcdm, "pandas": by_pandas}

if __name__ == "__main__":
    which, points, groups = sys.argv[1:]
    serve(timed(WAYS[which](np.load(points), np.load(groups))))
