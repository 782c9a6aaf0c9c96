"""Competition ranks of many draws by pandas or scipy: `python -m benchmarks.anchors.peer_ranks WHICH TOTALS.npy GROUPS.npy`.

Totals are [draw, unit], groups [unit]. Runs in the environment of the peers; a line in, the seconds of one pass out.
"""

import sys
import time

import numpy as np

from benchmarks.measure import serve


def by_pandas(totals: np.ndarray, groups: np.ndarray):
    import pandas as pd  # noqa: PLC0415 - only one of the two is wanted

    frame = pd.DataFrame({"group": groups, "total": totals[0]})
    for row in totals:
        frame["total"] = row
        frame.groupby("group")["total"].rank(method="min", ascending=False)


def by_scipy(totals: np.ndarray, groups: np.ndarray):
    """The whole field, as if it were one group."""
    from scipy.stats import rankdata  # noqa: PLC0415 - as above

    for row in totals:
        rankdata(-row, method="min")


def main(which: str, totals: str, groups: str) -> None:
    rank = {"pandas": by_pandas, "scipy": by_scipy}[which]
    values, members = np.load(totals), np.load(groups)
    rank(values[:2], members)

    def measure() -> float:
        started = time.perf_counter()
        rank(values, members)
        return time.perf_counter() - started

    serve(measure)


if __name__ == "__main__":
    main(*sys.argv[1:])
