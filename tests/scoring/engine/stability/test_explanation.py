"""The page for officials: its command prints what it shows, and its interval holds as often as it says."""

import re
from fractions import Fraction

import numpy as np

from scoring.engine.commands import main
from scoring.engine.stability import Options
from scoring.engine.stability.draws import Draws
from scoring.engine.stability.matrix import LeafMatrix
from scoring.engine.stability.noise import DoubtfulLine
from scoring.engine.stability.studying import quantiles, tallied
from tests.scoring.engine.builders import PROJECT, document, leaf, loaded, node

PAGE = (PROJECT / "docs/explanation/do-vung-thu-hang.md").read_text("utf-8")


def test_the_command_of_the_page_prints_the_lines_of_the_page(monkeypatch, capfdbinary):
    command, shown = re.findall(r"```\n(.*?)```", PAGE, re.DOTALL)
    monkeypatch.chdir(PROJECT)

    assert main(command.split()[3:]) == 0

    printed = capfdbinary.readouterr()[0].decode("utf-8").splitlines()
    assert [line for line in printed if line in shown.splitlines()] == shown.splitlines()


def test_the_interval_holds_the_true_rank_about_as_often_as_the_page_says():
    """Fields whose true points are known, seen through appraisers' errors; the interval is drawn from what is seen."""
    units, lines, error, chance = 40, 30, 150, np.random.default_rng(4)
    root = node("R", *(leaf(f"L{number}") for number in range(lines)))
    criteria_set = loaded(document(root, round_at="leaf"))
    shape, held = (lines, units), []
    for _field in range(30):
        true = np.rint(np.clip(chance.normal(chance.normal(600, 100, units), 150, shape), 200, 800))
        seen = true + np.rint(chance.uniform(-error, error, shape))
        order = np.argsort(-seen.sum(axis=0))
        true, seen = true[:, order], seen[:, order]
        matrix = LeafMatrix(
            criteria_set, tuple(map(str, range(units))), ((0, units),), seen, np.ones(shape, bool), np.ones(shape, bool),
            np.full(lines, 1000.0), Fraction(lines * 1000), np.zeros(units),
        )  # fmt: skip
        nobody = np.zeros(0, int)
        doubtful = [
            DoubtfulLine(number, np.arange(units), nobody, nobody, np.float64(error)) for number in range(lines)
        ]
        tally, _alone = tallied(Draws(matrix, doubtful, Options(draws=400, spread=0)))
        totals = true.sum(axis=0)
        ranks = 1 + (totals[None, :] > totals[:, None]).sum(axis=1)
        low, _middle, high = zip(*(quantiles(counts, 400) for counts in tally.ranks[0]), strict=True)
        held.append(((low <= ranks) & (ranks <= high)).mean())

    assert 0.90 <= np.mean(held) <= 0.97
