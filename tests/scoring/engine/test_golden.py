"""The contract's golden files, byte for byte, through the Python door and the command line."""

import subprocess
import sys

import pytest

from scoring.engine import load_set, read_groups, read_values, score, write_results

from .builders import GOLDEN, PROJECT

NAMES = ["index", "commune", *(f"random/{number:02}" for number in range(16))]


@pytest.mark.parametrize("name", NAMES)
def test_python_door_gives_the_golden_results(name):
    criteria_set = load_set((GOLDEN / f"{name}.set.json").read_bytes())
    values = read_values((GOLDEN / f"{name}.values.csv").read_bytes())
    groups = read_groups((GOLDEN / f"{name}.groups.csv").read_bytes())

    table = write_results(score(criteria_set, values, groups))

    assert table == (GOLDEN / f"{name}.results.csv").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_command_line_gives_the_golden_results(name):
    set_file, values, groups = (str(GOLDEN / f"{name}.{end}") for end in ("set.json", "values.csv", "groups.csv"))
    command = [sys.executable, "-m", "scoring.engine", "score", set_file, values, "--groups", groups]

    done = subprocess.run(command, cwd=PROJECT, capture_output=True, check=False)

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == (GOLDEN / f"{name}.results.csv").read_bytes()
