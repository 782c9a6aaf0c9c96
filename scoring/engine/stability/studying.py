"""One study from end to end: draw, tally, and put together what the units get."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import numpy as np

from ..codec import identity
from ..exact import exact_text
from ..model import CriteriaSet
from ..results import Results
from ..version import ENGINE_VERSION
from .apart import clusters, doubtful_pairs, neighbours_of
from .choices import CAUSES, Options
from .draws import Draws
from .gaps import check_gaps
from .matrix import matrix_of
from .noise import doubtful_lines
from .report import Study, UnitStability, grade_codes
from .rounding import compared, threshold
from .tally import Tally
from .variance import Deviations, shares_of


def run_study(
    criteria_set: CriteriaSet,
    results: Results,
    claimed: Results | None,
    gaps: Mapping[str, Fraction | Decimal],
    options: Options,
) -> Study:
    check_gaps(criteria_set, gaps)
    matrix = matrix_of(criteria_set, results)
    draws = Draws(matrix, doubtful_lines(matrix, claimed, gaps), options)
    return _put_together(results, draws, *tallied(draws))


def tallied(draws: Draws) -> tuple[Tally, dict[str, Deviations]]:
    """Ranks under all causes together, deviations under each alone; a single cause is drawn once for both."""
    criteria_set = draws.matrix.criteria_set
    bands = sorted(criteria_set.grades, key=lambda grade: grade.from_points)
    tally = Tally(draws.matrix, [threshold(Fraction(band.from_points), criteria_set.scoring) for band in bands])
    alone = {cause: draws.deviations() for cause in draws.causes}
    single = alone[draws.causes[0]] if len(draws.causes) == 1 else None
    for totals in draws.totals(draws.causes):
        tally.add(compared(totals, criteria_set.scoring))
        if single:
            single.add(totals)
    for cause, deviations in alone.items() if not single else ():
        for totals in draws.totals([cause]):
            deviations.add(totals)
    return tally, alone


def _put_together(results: Results, draws: Draws, tally: Tally, alone: Mapping[str, Deviations]) -> Study:
    matrix, count = draws.matrix, draws.options.draws
    pairs = doubtful_pairs(tally.above, count, matrix.groups)
    numbers, neighbours = clusters(pairs, matrix.groups), neighbours_of(pairs, len(matrix.units))
    variances = {cause: deviations.variances() for cause, deviations in alone.items()}
    ranks = [quantiles(row, count) for counts in tally.ranks for row in counts]
    grades = grade_codes(matrix.criteria_set)
    drawn = {
        unit: {
            **dict(zip(("rank_p05", "rank_median", "rank_p95"), ranks[column], strict=True)),
            "cluster": numbers[column],
            "not_told_apart": tuple(matrix.units[other] for other in neighbours[column]),
            "grades": _grade_shares(tally.reached[:, column].tolist(), count, grades),
            "shares": _by_cause([variances[cause][column] if cause in variances else 0 for cause in CAUSES]),
        }
        for column, unit in enumerate(matrix.units)
    }
    rows = tuple(
        UnitStability(row.unit, row.group, row.total, row.rank, row.grade, **drawn.get(row.unit, {}))
        for row in results.rows
    )
    whole = _by_cause([sum(variances.get(cause, ())) for cause in CAUSES])
    return Study(matrix.criteria_set, rows, whole, _facts(draws, whole))


def quantiles(counts: np.ndarray, draws: int) -> tuple[int, int, int]:
    """The least ranks that 5 %, 50 % and 95 % of the draws do not exceed; `counts` [rank - 1]."""
    reached = np.cumsum(counts, dtype=np.int64) * 100
    return tuple(int(np.searchsorted(reached, percent * draws)) + 1 for percent in (5, 50, 95))


def _grade_shares(reached: list[int], draws: int, grades: tuple[str, ...]) -> dict[str, Decimal]:
    """Shares of draws by grade, highest first, from how many draws reach each band, lowest first."""
    if not grades:
        return {}
    at_least = [0, *reversed(reached), draws]
    inside = [more - less for less, more in zip(at_least, at_least[1:], strict=False)]
    return dict(zip(grades, shares_of(inside), strict=True))


def _by_cause(variances: list[int]) -> dict[str, Decimal]:
    return dict(zip(CAUSES, shares_of(variances), strict=False))


def _facts(draws: Draws, shares: Mapping[str, Decimal]) -> dict[str, object]:
    options, criteria_set = draws.options, draws.matrix.criteria_set
    return {
        "format": "sonla-awards/stability@1",
        "engine_version": ENGINE_VERSION,
        "numpy_version": np.__version__,
        "generator": "Philox",
        "set": {"code": criteria_set.code, "year": criteria_set.year, "sha256": identity(criteria_set)},
        "seed": options.seed,
        "draws": options.draws,
        "spread": exact_text(Fraction(options.spread)),
        "level": options.level,
        "causes": list(draws.causes),
        "ranked_units": len(draws.matrix.units),
        "disputed_cells": sum(len(line.disputed) for line in draws.lines),
        "lines_with_gap": sum(bool(line.error) for line in draws.lines),
        "arithmetic": "exact" if draws.reckoning.exact else "rounded",
        "factor_bits": draws.reckoning.bits,
        "shares": {cause: str(share) for cause, share in shares.items()},
    }
