"""The same meaning as `score`, for a province, a nation or thousands of runs: columns of whole numbers in numpy.

Suited are sets whose lines are rounded before they are added (`round_at: leaf`) and whose nodes are sums, such as Sơn
La's: there every figure is a whole number of 10**-places. `score` sends every other set, and what a 64-bit number
cannot hold, to the readable evaluator, which also words every refusal. Both give the same results to the last digit;
tests hold them to it.

Read in this order: `packing` (one unit's answers as bytes), `columns` (many units'), `kinds` and `lines` (points of
each line), `totals`, `standing`, `evaluator`, `scores` (what comes out). numpy is imported here and in `stability` alone.
"""

from .columns import Columns, columns_of, columns_of_packs
from .evaluator import Evaluator, is_suited, score
from .packing import Layout, Unpackable
from .scores import Scores

__all__ = [
    "Columns",
    "Evaluator",
    "Layout",
    "Scores",
    "Unpackable",
    "columns_of",
    "columns_of_packs",
    "is_suited",
    "score",
]
