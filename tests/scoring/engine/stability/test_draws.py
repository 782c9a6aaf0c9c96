"""What is drawn has the spread, the bounds and the probabilities that it is said to have."""

from decimal import Decimal
from fractions import Fraction
from math import exp as power
from math import lgamma, log, sqrt

import numpy as np
import pytest

from scoring.engine.stability import Options
from scoring.engine.stability.matrix import matrix_of
from scoring.engine.stability.noise import Noise, doubtful_lines
from scoring.engine.stability.weights import BLOCK, Weights, families_of
from tests.scoring.engine.builders import document, leaf, loaded, manual_results, node

from .builders import studied, two_lines

DRAWS = 20_000
SIGMAS = 5


def drawn(families, spread="0.1", seed=1, draws=DRAWS):
    return Weights(families, Options(seed=seed, spread=Decimal(spread)), bits=20).factors(0, draws) / 2**20


@pytest.mark.parametrize("spread", ["0.02", "0.1", "0.3"])
def test_weights_keep_their_mean_and_their_sum_and_spread_as_told(spread):
    root = node("R", *(leaf(f"L{number}", max_points=str(2 + 2 * (number % 2))) for number in range(10)))
    [family] = families_of(loaded(document(root)), "leaves")

    factors = drawn([family], spread)

    shares = np.array([float(share) for share in family.shares])
    concentration = 9 / float(spread) ** 2 - 1
    wanted = np.sqrt((1 - shares) / shares / (concentration + 1))
    assert np.allclose(factors @ shares, 1, atol=1e-5)
    assert (np.abs(factors.mean(axis=0) - 1) < SIGMAS * wanted / sqrt(DRAWS)).all()
    assert np.allclose(factors.std(axis=0), wanted, rtol=0.05)
    equal = node("R", *(leaf(f"L{number}") for number in range(10)))
    again = drawn(families_of(loaded(document(equal)), "leaves"), spread)
    assert np.allclose(again.std(axis=0), float(spread), rtol=0.05)


def test_the_widest_spread_of_two_weights_is_met():
    [family] = families_of(two_lines(), "leaves")

    assert np.allclose(drawn([family], "0.5").std(axis=0), 0.5, rtol=0.03)


def test_families_are_chains_of_sums_and_children_of_means():
    inner = node(
        "M", leaf("M1", weight="3"), node("S", leaf("S1"), leaf("S2", max_points="30")), aggregate="weighted_mean"
    )
    root = node("R", node("P", leaf("P1", max_points="20"), inner), leaf("Q", max_points="30"), node("O", leaf("O1")))
    criteria_set = loaded(document(root))

    leaves, pillars = (families_of(criteria_set, level) for level in ("leaves", "pillars"))

    fourth = Fraction(1, 4)
    middle = Fraction(10) * Fraction(3, 4) + Fraction(40) * fourth
    full = 60 + middle
    assert [(family.codes, family.shares) for family in leaves] == [
        (("P1", "M", "Q", "O1"), (20 / full, middle / full, 30 / full, 10 / full)),
        (("M1", "S"), (3 * fourth, fourth)),
        (("S1", "S2"), (fourth, 3 * fourth)),
    ]
    assert [(family.codes, family.shares) for family in pillars] == [
        (("P", "Q", "O"), ((20 + middle) / full, 30 / full, 10 / full))
    ]


def test_a_draw_is_the_same_wherever_reading_begins():
    families = families_of(two_lines(), "leaves")
    weights = Weights(families, Options(), bits=20)
    whole = weights.factors(0, 3 * BLOCK)

    assert (weights.factors(BLOCK - 3, 2 * BLOCK + 5) == whole[BLOCK - 3 : 2 * BLOCK + 5]).all()
    assert len({tuple(row) for row in whole.tolist()}) > 2.9 * BLOCK


def test_a_block_is_drawn_from_the_generator_of_its_number_in_multiples_of_two_to_the_minus_20():
    """Part of the format of a study: whoever has the seed can draw the same."""
    families = families_of(loaded(document(node("R", leaf("L1"), leaf("L2", max_points="30")))), "leaves")
    shares, seed, block = (Fraction(1, 4), Fraction(3, 4)), 7, 2

    factors = Weights(families, Options(seed=seed), bits=20).factors(block * BLOCK, (block + 1) * BLOCK)

    generator = np.random.Generator(np.random.Philox(np.random.SeedSequence(seed, spawn_key=(1, block))))
    gammas = generator.standard_gamma([float(99 * share) for share in shares], size=(BLOCK, 2))
    drawn_weights = [[round(gamma * 2**20) for gamma in row] for row in gammas.tolist()]
    assert factors.tolist() == [
        [round(weight * 2**20 / (sum(row) * share)) for weight, share in zip(row, shares, strict=True)]
        for row in drawn_weights
    ]


def beta_above(a: float, least: float) -> float:
    """P(X > least) for X ~ Beta(a, a), by Simpson's rule."""
    steps = 20_000
    width = (1 - least) / steps
    scale = lgamma(2 * a) - 2 * lgamma(a)

    def density(x: float) -> float:
        return power(scale + (a - 1) * (log(x) + log(1 - x))) if 0 < x < 1 else 0.0

    inner = sum((4 if step % 2 else 2) * density(least + step * width) for step in range(1, steps))
    return width / 3 * (density(least) + inner + density(1.0))


def test_two_units_on_two_lines_change_places_as_often_as_beta_says():
    """u has all of L1, w nine tenths of L2: u stands above where the weight of L1 is above 9/19."""
    found = studied(two_lines(places=4), {"u": {"L1": "10", "L2": "0"}, "w": {"L1": "0", "L2": "9"}}, draws=DRAWS)

    chance = beta_above((1 / 0.1**2 - 1) / 2, 9 / 19)
    near = SIGMAS * sqrt(chance * (1 - chance) / DRAWS)
    assert 0.6 < chance < 0.8
    u, w = found.by_unit["u"], found.by_unit["w"]
    assert (u.rank_p05, u.rank_median, u.rank_p95, w.rank_median) == (1, 1, 2, 2)
    assert (u.not_told_apart, w.not_told_apart, u.cluster, w.cluster) == (("w",), ("u",), 1, 1)
    assert (u.shares, w.shares) == ({"weights": 1, "disputed": 0, "gaps": 0},) * 2
    # u's grade B needs 10 of 20 points, hence half of the weight; A three quarters of it.
    half = beta_above((1 / 0.1**2 - 1) / 2, 0.5)
    assert abs(float(u.grades["A"] + u.grades["B"]) - half) < near


@pytest.mark.parametrize(("points", "apart"), [("6.8", True), ("7.4", False)])
def test_told_apart_is_above_in_95_percent_of_the_draws(points, apart):
    least = Fraction(points) / (10 + Fraction(points))
    chance = beta_above((1 / 0.1**2 - 1) / 2, float(least))
    assert abs(chance - 0.95) > SIGMAS * sqrt(0.05 * 0.95 / DRAWS)
    assert (chance > 0.95) is apart

    rows = {"u": {"L1": "10", "L2": "0"}, "w": {"L1": "0", "L2": points}}
    found = studied(two_lines(places=4), rows, draws=DRAWS).by_unit

    assert [found[unit].cluster for unit in "uw"] == ([1, 2] if apart else [1, 1])
    assert [found[unit].not_told_apart for unit in "uw"] == ([(), ()] if apart else [("w",), ("u",)])
    assert [found[unit].rank_p95 for unit in "uw"] == ([1, 2] if apart else [2, 2])
    assert [found[unit].rank_p05 for unit in "uw"] == ([1, 2] if apart else [1, 1])


def noise_of(points: dict, claimed: dict | None = None, gaps=None, causes=("disputed", "gaps"), **scoring):
    criteria_set = two_lines(**scoring)
    matrix = matrix_of(criteria_set, manual_results(criteria_set, points))
    lines = doubtful_lines(matrix, claimed and manual_results(criteria_set, claimed), gaps or {})
    found = {}
    for line, drawn_points in Noise(matrix, lines, 7, causes).points(0, DRAWS):
        for column, values in zip(line.columns, drawn_points.T, strict=True):
            found[criteria_set.leaves[line.leaf].code, matrix.units[column]] = values / matrix.scale
    return found


def test_a_disputed_line_lies_evenly_between_claim_and_correction():
    points = {"u": {"L1": "4", "L2": "5"}, "w": {"L1": "6", "L2": "6"}}
    claimed = {"u": {"L1": "8", "L2": "5"}, "w": {"L1": "3"}}

    found = noise_of(points, claimed)

    assert set(found) == {("L1", "u"), ("L1", "w")}
    for (low, high), values in (((4, 8), found["L1", "u"]), ((3, 6), found["L1", "w"])):
        middle, spread = (low + high) / 2, (high - low) / sqrt(12)
        assert (values.min(), values.max()) == (low, high)
        assert abs(values.mean() - middle) < SIGMAS * spread / sqrt(DRAWS)
        assert abs(values.std() - spread) < 0.02 * spread
    assert abs(np.corrcoef(found["L1", "u"], found["L1", "w"])[0, 1]) < SIGMAS / sqrt(DRAWS)


def test_lines_without_points_on_one_side_are_not_disputed():
    criteria = loaded(document(node("R", leaf("L1", rule={"na_allowed": True}), leaf("L2")), round_at="leaf"))
    results = manual_results(criteria, {"u": {"L1": "na", "L2": "1"}, "w": {"L1": "1"}})
    claims = manual_results(criteria, {"u": {"L1": "3", "L2": "1"}, "w": {"L1": "na", "L2": "5"}})

    assert doubtful_lines(matrix_of(criteria, results), claims, {}) == []


def test_two_appraisers_differ_by_the_gap_on_average():
    points = {"u": {"L1": "5", "L2": "1"}, "w": {"L1": "5", "L2": "1"}}

    found = noise_of(points, gaps={"L1": Fraction(1, 2)})

    assert set(found) == {("L1", "u"), ("L1", "w")}
    one, other = found["L1", "u"], found["L1", "w"]
    assert (one.min(), one.max()) == (4.25, 5.75)
    # The mean of |difference| of two errors uniform on ±3/4 is 1/2, its standard deviation 0.354.
    assert abs(np.abs(one - other).mean() - 0.5) < SIGMAS * 0.36 / sqrt(DRAWS)


@pytest.mark.parametrize("round_at", ["leaf", "total"])
def test_an_error_stays_within_nothing_and_the_maximum(round_at):
    points = {"u": {"L1": "9.5", "L2": "0"}, "w": {"L1": "1", "L2": "10"}, "v": {"L1": "3"}}

    found = noise_of(points, gaps={"L1": Fraction(2), "L2": Fraction(1)}, round_at=round_at)

    assert set(found) == {(code, unit) for code in ("L1", "L2") for unit in "uw"} | {("L1", "v")}  # v's L2 is missing
    ranges = {place: (round(values.min(), 2), round(values.max(), 2)) for place, values in found.items()}
    assert ranges["L1", "u"] == (6.5, 10)
    assert ranges["L1", "w"] == (0, 4)
    assert ranges["L2", "u"] == (0, 1.5)
    assert ranges["L2", "w"] == (8.5, 10)
    hundredths = found["L1", "u"] * 100
    assert np.allclose(hundredths, np.rint(hundredths), atol=1e-9) == (round_at == "leaf")


def test_an_appraiser_errs_around_the_drawn_point_of_a_disputed_line():
    points, claimed = {"u": {"L1": "4", "L2": "1"}}, {"u": {"L1": "8", "L2": "1"}}

    both = noise_of(points, claimed, {"L1": Fraction(1)})["L1", "u"]

    spread = sqrt(4**2 / 12 + 3**2 / 12)
    assert abs(both.mean() - 6) < SIGMAS * spread / sqrt(DRAWS)
    assert abs(both.std() - spread) < 0.02 * spread


def test_a_dispute_decides_the_place_as_often_as_its_length_says():
    """u claims 8 and got 4; w stands still at 5: u is above in three quarters of the way."""
    points = {"u": {"L1": "4", "L2": "0"}, "w": {"L1": "5", "L2": "0"}}
    claimed = {"u": {"L1": "8", "L2": "0"}, "w": {"L1": "5", "L2": "0"}}
    scoring = {"grades": [{"code": "A", "title": {"vi": "A"}, "from": "5"}]}
    criteria_set = loaded(document(node("R", leaf("L1"), leaf("L2")), places=3, round_at="leaf", **scoring))

    found = studied(criteria_set, points, claimed=claimed, draws=DRAWS, spread=0).by_unit["u"]

    assert abs(float(found.grades["A"]) - 0.75) < SIGMAS * sqrt(0.75 * 0.25 / DRAWS)
    assert (found.rank, found.rank_p05, found.rank_median, found.rank_p95) == (2, 1, 1, 2)
    assert found.shares == {"weights": 0, "disputed": 1, "gaps": 0}
