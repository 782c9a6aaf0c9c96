"""With nothing to move, every draw is the published result before its tie-break steps."""

import dataclasses
import random

import pytest

from scoring.engine import load_set, read_groups, read_values, score
from scoring.engine.stability import Options, study
from scoring.engine.stability.draws import Draws
from scoring.engine.stability.matrix import matrix_of
from scoring.engine.stability.rounding import compared
from tests.scoring.engine.builders import GOLDEN, PROJECT, SETS, document, leaf, loaded, manual_results, node

from .builders import random_results

PUBLISHED = sorted(PROJECT.glob("data/criteria/*.json"))
FILES = [GOLDEN / "commune.set.json", *sorted((GOLDEN / "random").glob("*.set.json"))]
FILES = [path for path in FILES if "geometric_mean" not in path.read_text("utf-8")]
STILL = Options(draws=3, spread=0)


def golden(path):
    criteria_set = load_set(path.read_bytes())
    start = str(path).removesuffix(".set.json")
    with open(f"{start}.values.csv", "rb") as values, open(f"{start}.groups.csv", "rb") as groups:
        return criteria_set, score(criteria_set, read_values(values.read()), read_groups(groups.read()))


def published(criteria_set, results, attribute: str) -> dict:
    """unit → (compared total, competition rank by it alone)."""
    rows = [row for row in results.rows if row.rank is not None]
    totals = {row.unit: getattr(row, attribute) for row in rows}
    return {
        row.unit: 1 + sum(totals[other.unit] > totals[row.unit] for other in rows if other.group == row.group)
        for row in rows
    }


def check(criteria_set, results, exact: bool | None = None):
    found = study(criteria_set, results, options=STILL)

    attribute = "total" if criteria_set.scoring.rank_on == "rounded" else "total_exact"
    wanted = published(criteria_set, results, attribute)
    ranked = [row for row in found.rows if row.rank is not None]
    assert {row.unit: row.rank_median for row in ranked} == wanted
    assert {row.unit: (row.rank_p05, row.rank_p95) for row in ranked} == {u: (r, r) for u, r in wanted.items()}
    assert all(row.grades[row.grade] == 1 for row in ranked if row.grades)
    assert not any(row.shares for row in found.rows)
    if exact is not None:
        assert found.facts["arithmetic"] == ("exact" if exact else "rounded")
    if criteria_set.scoring.rank_on == "rounded":
        draws = Draws(matrix_of(criteria_set, results), [], STILL)
        [totals] = draws.totals(())
        scale = 10**criteria_set.scoring.places
        printed = [int(results.by_unit[unit].total * scale) for unit in draws.matrix.units]
        assert compared(totals, criteria_set.scoring).tolist() == [printed] * 3


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_golden_results_are_reproduced(path):
    check(*golden(path))


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.name)
@pytest.mark.parametrize("rounding", ["half_up", "half_even", "down"])
def test_the_sets_of_the_province_are_reproduced_exactly(path, rounding):
    criteria_set = load_set(path.read_bytes())
    scoring = dataclasses.replace(criteria_set.scoring, rounding=rounding)
    criteria_set = dataclasses.replace(criteria_set, scoring=scoring)

    check(criteria_set, random_results(criteria_set, units=90), exact=True)


def test_a_published_index_of_means_is_walked():
    criteria_set = load_set((SETS / "dti-2022.set.json").read_bytes())

    check(criteria_set, random_results(criteria_set), exact=False)


@pytest.mark.parametrize(("rounding", "rest"), [("half_up", 5), ("half_even", 5), ("down", 0)])
def test_a_mean_on_the_edge_of_rounding_is_rounded_as_what_it_is(rounding, rest):
    """Thirds of floating numbers miss the half or the whole; the engine's exact total does not."""
    chance, points = random.Random(1), {}
    for number in range(200):
        first, second, mean = chance.randrange(9000), chance.randrange(9000), 10 * chance.randrange(500, 800) + rest
        third = 3 * mean - first - second
        if 0 <= third <= 10_000:
            lines = zip(("A", "B", "C"), (first, second, third), strict=True)
            points[f"u{number}"] = {code: f"{thousandths / 1000:.3f}" for code, thousandths in lines}
    root = node(
        "R", leaf("A", weight="0.7"), leaf("B", weight="0.7"), leaf("C", weight="0.7"), aggregate="weighted_mean"
    )
    assert len(points) > 80

    criteria_set = loaded(document(root, places=2, rounding=rounding))
    check(criteria_set, manual_results(criteria_set, points), exact=False)


def test_points_beyond_their_maximum_leave_fewer_bits_for_the_factors():
    """A rule that is not clipped gives, or claims, many times the maximum: the sums must stay exact."""
    criteria_set = loaded(
        document(node("R", leaf("L", "linear", rule={"clip": False}), leaf("M")), places=2, round_at="leaf")
    )

    def results(value: str):
        return score(criteria_set, {"u": {"L": {"value": value}, "M": {"points": "5"}}})

    usual = study(criteria_set, results("90"), options=STILL).facts
    far = study(criteria_set, results("900000"), options=STILL).facts
    claimed = study(criteria_set, results("90"), claimed=results("900000"), options=STILL).facts
    assert (usual["arithmetic"], usual["factor_bits"]) == ("exact", 20)
    assert (far["arithmetic"], far["factor_bits"]) == (claimed["arithmetic"], claimed["factor_bits"]) == ("exact", 13)
