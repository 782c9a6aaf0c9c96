"""The command: table and facts, refusals in both languages, and what happens without numpy."""

import json
import subprocess
import sys

import pytest

from scoring.engine.commands import main
from tests.scoring.engine.builders import PROJECT, document, leaf, node

VALUES = "unit,criterion,field,value\nu,L,points,5\nu,M,points,5\nw,L,points,7\nw,M,points,4\n"
CLAIMED = "unit,criterion,field,value\nu,L,points,9\nw,L,points,7\n"
GAPS = "criterion,gap_points\nL,0.5\n"
GEOMETRIC = json.dumps(document(node("R", leaf("L"), leaf("M"), aggregate="geometric_mean")))
HUGE = json.dumps(document(node("R", leaf("L"), leaf("M")), places=20))


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "set.json").write_text(json.dumps(document(node("R", leaf("L"), leaf("M")), round_at="leaf")), "utf-8")
    for name, text in (("values", VALUES), ("claimed", CLAIMED), ("gaps", GAPS)):
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    return tmp_path


def run(*more: str) -> int:
    return main(["stability", "set.json", "values.csv", "--claimed", "claimed.csv", "--gaps", "gaps.csv", *more])


def test_table_to_standard_output_or_to_files(files, capfdbinary):
    assert run("--draws", "50") == 0
    table, said = capfdbinary.readouterr()
    assert said == b""
    assert [line.split(b",")[:4] for line in table.splitlines()[1:]] == [
        [b"w", b"", b"11.00", b"1"],
        [b"u", b"", b"10.00", b"2"],
    ]

    assert run("--draws", "50", "--chunk", "3", "--out", "out.csv", "--meta", "facts.json") == 0

    assert capfdbinary.readouterr() == (b"", b"")
    assert (files / "out.csv").read_bytes() == table
    facts = json.loads((files / "facts.json").read_bytes())
    assert (facts["causes"], facts["disputed_cells"]) == (["weights", "disputed", "gaps"], 1)


def test_defaults_are_those_of_the_library(files, capfdbinary):
    run("--meta", "facts.json", "--out", "a.csv")
    run("--draws", "10000", "--seed", "2025", "--spread", "0.10", "--level", "leaves", "--out", "b.csv")

    assert (files / "a.csv").read_bytes() == (files / "b.csv").read_bytes()


REFUSED = {
    "gaps header": ({"gaps.csv": "code,gap\n"}, [], ["gaps.csv:1:1"]),
    "gaps": (
        {"gaps.csv": "criterion,gap_points\nL,-1\nM,1\nM,2\nM\nX,x\n"},
        [],
        ["gaps.csv:2:3", "gaps.csv:4:1", "gaps.csv:5:1", "gaps.csv:6:3"],
    ),
    "unknown line and wide gap": (
        {"gaps.csv": "criterion,gap_points\nX,1\nL,10.5\nR,1\n"},
        [],
        ["gaps.csv:2:1", "gaps.csv:3:3", "gaps.csv:4:1"],
    ),
    "claim": ({"claimed.csv": CLAIMED + "u,M,points,11\n"}, [], ["claimed.csv:4:12"]),
    "several files": (
        {"claimed.csv": "x\n", "gaps.csv": "y\n", "values.csv": "z\n"},
        [],
        ["values.csv:1:1", "claimed.csv:1:1", "gaps.csv:1:1"],
    ),
    "values and gaps judged together": (
        {"values.csv": VALUES + "u,X,points,1\n", "gaps.csv": "criterion,gap_points\nX,1\n"},
        [],
        ["gaps.csv:2:1", "values.csv:6:3"],
    ),
    "numbers": ({}, ["--draws", "many", "--spread", "1e-1"], ["--draws", "--spread"]),
    "no whole number": ({}, ["--draws", "1.5"], ["--draws"]),
    "out of range": (
        {},
        ["--draws", "0", "--seed", "-1", "--spread", "0.6", "--level", "roots", "--chunk", "-1"],
        ["--draws", "--seed", "--spread", "--level", "--chunk"],
    ),
    "geometric mean": ({"set.json": GEOMETRIC}, [], ["set.json:/root"]),
    "geometric mean that stays": ({"set.json": GEOMETRIC}, ["--spread", "0"], ["set.json:/root"]),
    "places": ({"set.json": HUGE}, [], ["set.json:/scoring/places"]),
    "missing file": ({}, ["--groups", "none.csv"], ["none.csv:1:1"]),
}


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", REFUSED)
def test_refusals_name_the_place_and_write_nothing(files, capfdbinary, name, lang):
    contents, options, places = REFUSED[name]
    for file, text in contents.items():
        (files / file).write_text(text, "utf-8")

    code = run("--out", "out.csv", "--meta", "facts.json", "--lang", lang, *options)

    printed, said = capfdbinary.readouterr()
    lines = said.decode("utf-8").splitlines()
    assert (code, printed) == (2, b"")
    assert [line.split(": ")[0] for line in lines] == places
    assert not any(word in said.decode("utf-8") for word in ("Traceback", "Error"))
    assert not (files / "out.csv").exists()
    assert not (files / "facts.json").exists()


def test_the_two_languages_differ(files, capfdbinary):
    said = []
    for lang in ("vi", "en"):
        run("--draws", "0", "--lang", lang)
        said.append(capfdbinary.readouterr()[1].decode("utf-8"))
    assert said == [
        "--draws: Giá trị phải trong khoảng 1..1000000.\n",
        "--draws: The value must be within 1..1000000.\n",
    ]


WITHOUT_NUMPY = """
import sys
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "numpy":
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Blocked())
from scoring.engine.commands import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize(("lang", "words"), [("vi", "hãy cài bằng lệnh"), ("en", "install it with")])
def test_without_numpy_one_sentence_says_what_to_do(files, lang, words):
    arguments = ["stability", "set.json", "values.csv", "--lang", lang]
    command = [sys.executable, "-c", WITHOUT_NUMPY, *arguments]

    done = subprocess.run(command, capture_output=True, check=False, env={"PYTHONPATH": str(PROJECT)})

    [sentence] = done.stderr.decode("utf-8").splitlines()
    assert (done.returncode, done.stdout) == (2, b"")
    assert sentence.startswith("numpy: ")
    assert words in sentence
    assert sentence.endswith("python -m pip install numpy.")
