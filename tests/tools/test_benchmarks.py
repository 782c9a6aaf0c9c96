"""`python -m benchmarks`: what it answers, and that its anchor reckons what the engine reckons."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import GROUPS
from benchmarks.anchors.arrays import Arrays
from benchmarks.measure import Figure, Goal, compare
from benchmarks.province import Province
from scoring import engine

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "benchmarks", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("arguments", [(), ("--list",)])
def test_the_groups_are_listed(arguments):
    done = run(*arguments)

    assert (done.returncode, [line.split()[0] for line in done.stdout.splitlines()]) == (0, list(GROUPS))


def test_an_unknown_group_is_named_with_those_there_are():
    done = run("engine", "typing")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"No group is called typing. There are: {', '.join(GROUPS)}.\n"


def test_every_group_has_its_file():
    files = {path.stem for path in (ROOT / "benchmarks" / "groups").glob("*.py")} - {"__init__"}

    assert files == set(GROUPS)


def test_the_anchor_gives_the_engines_totals_and_ranks():
    province = Province(units=60, groups=2)
    values = province.values()
    groups = {name: engine.GroupEntry(str(one), "") for name, one in zip(values, province.group_of, strict=True)}

    results = engine.score(engine.load_set(province.document()), values, groups)

    totals, ranks = Arrays(province).score()
    ours = {row.unit: (int(row.total * 100), row.rank) for row in results.rows}
    assert ours == dict(zip(values, zip(totals.tolist(), ranks.tolist(), strict=True), strict=True))


def test_a_figure_is_the_median_of_the_pairs():
    ours, theirs = iter([9, 2.0, 6.0, 4.0]), iter([9, 1.0, 1.0, 1.0])

    figure = compare(Goal("X", 3), "thing", lambda: next(ours), lambda: next(theirs), rounds=3)

    assert figure == Figure(Goal("X", 3), "thing", 4.0, 1.0, [2.0, 6.0, 4.0])
    assert figure.cells() == ["X", "thing", "4 s", "1 s", "4 (2-6, n=3)", "≤ 3", "short"]
