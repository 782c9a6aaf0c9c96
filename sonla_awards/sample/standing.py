"""Which unit is how good, and the totals that a group comes out with in a sample year. Pure, seeded."""

from collections.abc import Iterable
from random import Random
from statistics import NormalDist, linear_regression, pstdev

WARDS = frozenset(["03646", "03664", "03670", "03679", "03979", "03980", "03982", "04033"])
UPLAND = frozenset(("03760", "03763", "03781", "03862", "03868", "03901", "03961", "04057", "04144", "04159", "04240"))
# First, last and mean published total of a group, in points of 100, for 2025; a later year gains a little.
BANDS = {"commune": (90.1, 54.2, 76.4), "department": (89.6, 55.8, 73.2)}
YEARLY_GAIN_POINTS, CONSTANCY = 1.2, 0.91


def qualities(units: Iterable[str], *, group: str, year: int, seed: int) -> dict[str, float]:
    """The total each unit should come out with, divided by 100, for `unit_answers`.

    Totals are dealt out by standing along a normal curve stretched to the group's BANDS; two neighbours get the same.
    """
    standing = _standing(sorted(units), year, seed)
    order = sorted(standing, key=lambda unit: (-standing[unit], unit))
    return {unit: total / 100 for unit, total in zip(order, _targets(len(order), group, year, seed), strict=True)}


def _standing(units: list[str], year: int, seed: int) -> dict[str, float]:
    """How units compare this year: CONSTANCY of what lasts, the rest new, made independent of it in small groups too."""
    lift = [1.2 * (unit in WARDS) - 0.8 * (unit in UPLAND) for unit in units]
    lasting = [Random(f"{seed} {unit}").gauss(0, 1) + more for unit, more in zip(units, lift, strict=True)]
    passing = [Random(f"{seed} {unit} {year}").gauss(0, 1) for unit in units]
    if len(units) > 2:
        slope, start = linear_regression(lasting, passing)
        passing = [new - slope * old - start for old, new in zip(lasting, passing, strict=True)]
    old_share, new_share = CONSTANCY / (pstdev(lasting) or 1), (1 - CONSTANCY**2) ** 0.5 / (pstdev(passing) or 1)
    mixed = zip(units, lasting, passing, strict=True)
    return {unit: old * old_share + new * new_share for unit, old, new in mixed}


def _targets(count: int, group: str, year: int, seed: int) -> list[float]:
    first, last, mean = (points + YEARLY_GAIN_POINTS * (year - 2025) for points in BANDS[group])
    curve = [NormalDist().inv_cdf((place + 0.5) / count) for place in range(count)][::-1]
    if count < 3:
        return [round(mean, 2)] * count
    upper = sum(z for z in curve if z > 0) / count / curve[0]
    middle = (mean - (first + last) * upper) / (1 - 2 * upper)
    rng = Random(f"{seed} {group} {year}")
    spread = [middle + z / curve[0] * (first - middle if z > 0 else middle - last) for z in curve]
    totals = sorted((round(total + rng.uniform(-0.3, 0.3), 2) for total in spread), reverse=True)
    totals[count // 3] = totals[count // 3 + 1]
    return totals
