"""The command line: exit codes, what is written, what is said on stderr."""

import json
import os
import subprocess
import sys

import pytest

from scoring.engine import identity, load_set

from .builders import PROJECT, document, leaf, node

VALUES = "unit,criterion,field,value\nu,L,points,5\nw,L,points,7\n"


@pytest.fixture
def files(tmp_path):
    (tmp_path / "set.json").write_text(json.dumps(document(node("R", leaf("L")))), "utf-8")
    (tmp_path / "values.csv").write_text(VALUES, "utf-8")
    return tmp_path


def run(where, *arguments: str, **environment: str):
    command = [sys.executable, "-m", "scoring.engine", *arguments]
    variables = {**os.environ, "PYTHONPATH": str(PROJECT), **environment}
    return subprocess.run(command, cwd=where, capture_output=True, check=False, env=variables)


def listing(where) -> list[str]:
    return sorted(path.name for path in where.iterdir())


def test_score_writes_results_and_trace_and_nothing_else(files):
    done = run(files, "score", "set.json", "values.csv", "--out", "results.csv", "--trace", "trace.json")

    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert listing(files) == ["results.csv", "set.json", "trace.json", "values.csv"]
    assert (files / "results.csv").read_text("utf-8").splitlines()[1] == "w,,7,7,7.00,1,,,,,0.00,0.00,7.00"
    trace = json.loads((files / "trace.json").read_bytes())
    assert trace["set"]["sha256"] == identity(load_set((files / "set.json").read_bytes()))
    assert [unit["unit"] for unit in trace["units"]] == ["w", "u"]
    assert trace["units"][1]["lines"][0]["inputs"] == {"points": "5"}


def test_score_replaces_an_older_result(files):
    (files / "results.csv").write_text("old", "utf-8")

    run(files, "score", "set.json", "values.csv", "--out", "results.csv")

    assert (files / "results.csv").read_text("utf-8").startswith("unit,group,")


REFUSALS = {
    "values": ({"values.csv": VALUES + "u,L,value,1\nx,L,points,99\n"}, ["values.csv:4:5", "values.csv:5:12"]),
    "set": ({"set.json": '{"format": "x"}'}, ["set.json:/format"]),
    "set and values": ({"set.json": "{", "values.csv": "x\n"}, ["set.json:1:2", "values.csv:1:1"]),
    "groups": ({"groups.csv": "unit,group,submitted_at\nu,a,now\n"}, ["groups.csv:2:5"]),
    "unit not in groups": ({"groups.csv": "unit,group,submitted_at\nu,a,\n"}, ["values.csv:3:1"]),
}


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", REFUSALS)
def test_refusal_names_places_exits_2_and_writes_nothing(files, name, lang):
    contents, places = REFUSALS[name]
    (files / "results.csv").write_text("old", "utf-8")
    (files / "groups.csv").write_text("unit,group,submitted_at\nu,a,\nw,a,\nx,a,\n", "utf-8")
    for file, text in contents.items():
        (files / file).write_text(text, "utf-8")
    before = listing(files)
    outputs = ("--out", "results.csv", "--trace", "trace.json")

    done = run(files, "score", "set.json", "values.csv", "--groups", "groups.csv", *outputs, "--lang", lang)

    said = done.stderr.decode("utf-8").splitlines()
    assert (done.returncode, done.stdout) == (2, b"")
    assert [line.split(": ")[0] for line in said][: len(places)] == places
    assert listing(files) == before
    assert (files / "results.csv").read_text("utf-8") == "old"


@pytest.mark.parametrize("command", [("score", "none.json", "values.csv"), ("validate", "none.json")])
def test_file_that_is_not_there_is_refused_in_a_sentence(files, command):
    done = run(files, *command)

    assert done.returncode == 2
    assert done.stderr.decode("utf-8").startswith("none.json:1:1: ")


def test_result_that_cannot_be_written_is_refused_and_leaves_nothing(files):
    done = run(files, "score", "set.json", "values.csv", "--out", "results.csv", "--trace", "no/such/trace.json")

    assert done.returncode == 2
    assert done.stderr.decode("utf-8").startswith("no/such/trace.json:1:1: ")
    assert listing(files) == ["set.json", "values.csv"]


def test_validate_prints_the_identity(files):
    done = run(files, "validate", "set.json")

    expected = identity(load_set((files / "set.json").read_bytes()))
    assert (done.returncode, done.stdout.decode()) == (0, f"test 2025 {expected}\n")


def test_explain_says_every_line_node_and_total_or_only_the_one_asked(files):
    whole = run(files, "explain", "set.json", "values.csv", "u", "--lang", "en")
    line = run(files, "explain", "set.json", "values.csv", "u", "L", "--lang", "en")
    root = run(files, "explain", "set.json", "values.csv", "u", "R", "--lang", "en")

    assert line.stdout.decode() == "L: Given by judgement: 5.00 out of 10.00 points.\n"
    assert root.stdout.decode() == "R: R: 5.00 points.\n"
    assert whole.stdout.decode().splitlines() == [
        "L: Given by judgement: 5.00 out of 10.00 points.",
        "R: R: 5.00 points.",
        "Criteria points 5.00; total 5.00 points. Rank 2.",
    ]


@pytest.mark.parametrize(("unit", "criterion"), [("nobody", "L"), ("u", "X")])
def test_explain_refuses_what_is_not_there(files, unit, criterion):
    done = run(files, "explain", "set.json", "values.csv", unit, criterion)

    assert (done.returncode, done.stdout) == (2, b"")
    assert len(done.stderr.decode("utf-8").splitlines()) == 1


def test_sentences_are_utf8_whatever_the_locale(files):
    done = run(files, "explain", "set.json", "values.csv", "u", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")

    assert "điểm" in done.stdout.decode("utf-8")


def test_unknown_command_exits_2(files):
    assert run(files, "guess").returncode == 2
    assert run(files).returncode == 2
