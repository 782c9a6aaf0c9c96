"""The column evaluator gives what the readable one gives, to the last digit, on sets and provinces of every form.

`CASES=10000 pytest tests/scoring/engine/batch` tries more of them.
"""

import os

import pytest

from scoring.engine import Refused, batch, score, write_results

from .generated import case

CASES = int(os.environ.get("CASES", "320"))
PARTS = 8


def outcome(scorer, one):
    """(results table, (points, status) of each line of each row), or the refusals."""
    try:
        results = scorer(one.criteria_set, one.values, one.groups)
    except Refused as refused:
        return refused.faults
    lines = [{code: (line.points, line.status) for code, line in row.lines.items()} for row in results.rows]
    return write_results(results), lines


@pytest.mark.parametrize("part", range(PARTS))
def test_both_evaluators_give_the_same_bytes_and_lines(part):
    for seed in range(part, CASES, PARTS):
        one = case(seed)
        assert outcome(batch.score, one) == outcome(score, one), f"seed {seed}"


def test_generated_cases_reach_columns_the_readable_evaluator_and_refusals():
    ways = [0, 0, 0]
    for seed in range(120):
        one = case(seed)
        try:
            ways[isinstance(batch.score(one.criteria_set, one.values, one.groups), batch.Scores)] += 1
        except Refused:
            ways[2] += 1

    assert ways[1] > 80
    assert min(ways) > 0
