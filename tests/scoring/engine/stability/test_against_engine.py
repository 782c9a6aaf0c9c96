"""A draw's weights given to the engine as the set's own: the engine reckons the same total."""

import dataclasses
from decimal import ROUND_DOWN, Context, Decimal
from fractions import Fraction

import pytest

from scoring.engine import Leaf, load_set, score
from scoring.engine.stability import LEVELS, Options
from scoring.engine.stability.draws import Draws
from scoring.engine.stability.matrix import matrix_of
from scoring.engine.stability.noise import Noise, doubtful_lines
from scoring.engine.stability.rounding import compared
from tests.scoring.engine.builders import PROJECT, document, leaf, loaded, node

from .builders import random_results

COMMUNE = (PROJECT / "data/criteria/dti-commune.json").read_bytes()
DRAWS = 5
DIGITS = Context(prec=28, rounding=ROUND_DOWN)  # as many as the engine reads; a cut there moves no rounded total


def decimal(value: Fraction) -> Decimal:
    return DIGITS.divide(Decimal(value.numerator), Decimal(value.denominator))


def reweighed(item, factors, passed: Fraction = Fraction(1), under: str = ""):
    """The tree with each drawn factor in its place: on the maxima under a sum, on the weight under a mean."""
    own = factors.get(item.code, Fraction(1))
    keys = {"weight": decimal(Fraction(item.weight) * own)} if under == "weighted_mean" else {}
    passed *= own if under == "sum" else 1
    if isinstance(item, Leaf):
        return dataclasses.replace(item, max_points=decimal(Fraction(item.max_points) * passed), **keys)
    children = tuple(reweighed(child, factors, passed, item.aggregate) for child in item.children)
    drawn = dataclasses.replace(item, children=children, max_points=None, **keys)
    return _with_maximum(drawn, maximum(item)) if item.aggregate == "sum" != under else drawn


def maximum(item) -> Fraction:
    return Fraction(item.max_points) if isinstance(item, Leaf) else sum(map(maximum, item.children))


def _with_maximum(chain, full: Fraction):
    """A chain of sums brought back to the maximum that it has in the set."""
    ratio = full / maximum(chain)

    def scaled(item):
        if isinstance(item, Leaf):
            return dataclasses.replace(item, max_points=decimal(Fraction(item.max_points) * ratio))
        return dataclasses.replace(item, children=tuple(map(scaled, item.children)))

    return scaled(chain)


def engine_totals(criteria_set, results, factors, drawn_points) -> list[int]:
    """Totals in printed units by the engine alone: the same shares of other maxima, nothing rounded at the leaf.
    `drawn_points` {(code, unit): points} stand in place of the results'."""
    drawn = dataclasses.replace(
        criteria_set,
        root=reweighed(criteria_set.root, factors),
        scoring=dataclasses.replace(criteria_set.scoring, round_at="total", tie_break=()),
    )
    values = {
        row.unit: {
            one.code: _fields(row.lines[one.code], drawn_points.get((one.code, row.unit)), one.max_points)
            for one in drawn.lines
        }
        for row in results.rows
    }
    again = score(drawn, values).by_unit
    return [int(again[row.unit].total * 10**criteria_set.scoring.places) for row in results.rows]


def _fields(line, drawn: Fraction | None, most: Decimal) -> dict[str, str]:
    if line.dropped:
        return {"na": "approved"}
    points = decimal((line.exact if drawn is None else drawn) * Fraction(most) / Fraction(line.max_points))
    return {"appraised_points": format(points.quantize(Decimal("1E-25"), ROUND_DOWN, DIGITS), "f")}


def check(criteria_set, level: str, spread: str, exact: bool, doubts: bool = False):
    results = random_results(criteria_set, units=12, groups=1)
    matrix = matrix_of(criteria_set, results)
    claimed = random_results(criteria_set, units=12, groups=1, seed=6) if doubts else None
    gaps = {one.code: Fraction(one.max_points) / 8 for one in criteria_set.leaves[::2]} if doubts else {}
    lines = doubtful_lines(matrix, claimed, gaps)
    draws = Draws(matrix, lines, Options(draws=DRAWS, spread=Decimal(spread), level=level))
    assert draws.reckoning.exact is exact
    [totals] = draws.totals(draws.causes)
    found = compared(totals, criteria_set.scoring).tolist()
    points = drawn_points(draws)
    assert (len(points[0]) > 30) is doubts
    codes, bits = draws.weights.codes, draws.reckoning.bits
    for number, drawn in enumerate(draws.weights.factors(0, DRAWS).tolist()):
        factors = {code: Fraction(int(factor), 2**bits) for code, factor in zip(codes, drawn, strict=True)}
        assert found[number] == engine_totals(criteria_set, results, factors, points[number])
    assert len({tuple(row) for row in found}) == DRAWS


def drawn_points(draws) -> list[dict[tuple[str, str], Fraction]]:
    """For each draw the points of every doubtful cell."""
    matrix, found = draws.matrix, [{} for _draw in range(DRAWS)]
    for line, drawn in Noise(matrix, draws.lines, draws.options.seed, draws.causes).points(0, DRAWS):
        code = matrix.criteria_set.leaves[line.leaf].code
        for points, row in zip(found, drawn.tolist(), strict=True):
            cells = zip(line.columns, row, strict=True)
            points |= {(code, matrix.units[column]): Fraction(value) / matrix.scale for column, value in cells}
    return found


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("spread", ["0.02", "0.5"])
def test_a_draw_of_sums_is_the_engine_s_total_with_lines_not_applicable(level, spread):
    criteria_set = load_set(COMMUNE)
    assert any(one.rule.na_allowed for one in criteria_set.leaves)

    check(criteria_set, level, spread, exact=True)


@pytest.mark.parametrize("level", LEVELS)
def test_a_draw_of_weights_disputes_and_errors_is_the_engine_s_total(level):
    check(load_set(COMMUNE), level, "0.1", exact=True, doubts=True)


@pytest.mark.parametrize("round_at", ["leaf", "total"])
def test_a_draw_with_bonus_penalty_and_cap_is_the_engine_s_total(round_at):
    top = node("R", *(leaf(f"L{number}", rule={"na_allowed": True}) for number in range(4)))
    adjusted = [leaf("P1", "bonus", "5"), leaf("P2", "penalty", "5")]
    criteria_set = loaded(document(top, *adjusted, places=2, round_at=round_at, cap="26.555"))

    check(criteria_set, "leaves", "0.3", exact=round_at == "leaf")


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("round_at", ["leaf", "total"])
def test_a_draw_of_weighted_means_is_the_engine_s_total(level, round_at):
    allowed = {"na_allowed": True}
    sums = node("S", leaf("S1", rule=allowed), node("T", leaf("T1", rule=allowed), leaf("T2")), weight="2")
    mean = node("B", leaf("B1", rule=allowed, weight="3"), leaf("B2"), aggregate="weighted_mean")
    criteria_set = loaded(
        document(
            node("R", sums, mean, leaf("Z", max_points="20"), aggregate="weighted_mean"), places=3, round_at=round_at
        )
    )

    check(criteria_set, level, "0.2", exact=False, doubts=True)
