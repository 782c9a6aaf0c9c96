"""The one-file engine scores and verifies with nothing but Python, and is the same bytes every time."""

import os
import subprocess
import sys
import zipapp
import zipfile

import pytest

from tests.scoring.engine.builders import GOLDEN
from tools.verifier import ENGINE, INTERPRETER, build

pytestmark = pytest.mark.slow  # whole processes

NAMES = ["index", "commune", "random/00", "random/07"]


@pytest.fixture(scope="module")
def pyz(tmp_path_factory):
    return build(tmp_path_factory.mktemp("built") / "var" / "sonla-engine.pyz")


def run(pyz, where, *arguments: str) -> subprocess.CompletedProcess:
    """Isolated: no site-packages, no environment, no project in sight."""
    command = [sys.executable, "-I", "-S", str(pyz), *arguments]
    return subprocess.run(command, cwd=where, env={}, capture_output=True, check=False)


def golden(name: str) -> list[str]:
    return [str(GOLDEN / f"{name}.{end}") for end in ("set.json", "values.csv")]


@pytest.mark.parametrize("name", NAMES)
def test_it_scores_and_verifies_the_golden_files(pyz, tmp_path, name):
    groups, results = ("--groups", str(GOLDEN / f"{name}.groups.csv")), GOLDEN / f"{name}.results.csv"

    scored = run(pyz, tmp_path, "score", *golden(name), *groups)
    verified = run(pyz, tmp_path, "verify", *golden(name), str(results), *groups, "--lang", "en")

    assert (scored.returncode, scored.stdout, scored.stderr) == (0, results.read_bytes(), b"")
    assert (verified.returncode, verified.stderr) == (0, b"")
    assert verified.stdout.startswith(b"They agree: ")
    assert list(tmp_path.iterdir()) == []


def test_it_names_one_changed_byte(pyz, tmp_path):
    data = (GOLDEN / "index.results.csv").read_bytes()
    (tmp_path / "published.csv").write_bytes(data.replace(b"0.875", b"0.876", 1))

    done = run(pyz, tmp_path, "verify", *golden("index"), "published.csv", "--groups", str(GOLDEN / "index.groups.csv"))

    assert done.returncode == 1
    assert "published.csv:2:87: đơn vị C, cột E: công bố “0.876”, tính lại “0.875”." in done.stdout.decode()


def test_it_refuses_with_exit_code_2_and_speaks_of_itself_by_its_name(pyz, tmp_path):
    refused = run(pyz, tmp_path, "verify", "none.json", "none.csv", "none.csv")
    usage = run(pyz, tmp_path, "--help")

    assert (refused.returncode, refused.stdout, len(refused.stderr.splitlines())) == (2, b"", 3)
    assert usage.stdout.startswith(b"usage: sonla-engine.pyz ")


def test_two_builds_are_the_same_bytes_whatever_the_machine_is_set_to(pyz, tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Ho_Chi_Minh")
    monkeypatch.chdir(tmp_path)
    before = os.umask(0o077)
    try:
        again = build(tmp_path / "again.pyz")
    finally:
        os.umask(before)

    assert again.read_bytes() == pyz.read_bytes()
    assert zipapp.get_interpreter(str(again)) == INTERPRETER


def test_it_holds_the_engine_whole_and_nothing_else_of_the_product(pyz):
    with zipfile.ZipFile(pyz) as archive:
        names = archive.namelist()

    sources = [f"scoring/engine/{p.relative_to(ENGINE).as_posix()}" for p in ENGINE.rglob("*.py")]
    own = ["LICENSE", "__main__.py", "scoring/__init__.py", "scoring/engine/criteria-set.schema.json"]
    assert names == sorted([*own, *sources])


def test_it_asks_for_a_newer_python_in_a_sentence(pyz, tmp_path):
    code = "import runpy, sys; sys.version_info = (3, 9); runpy.run_path(sys.argv[1], run_name='__main__')"

    done = subprocess.run([sys.executable, "-c", code, str(pyz)], cwd=tmp_path, capture_output=True, check=False)

    assert done.returncode == 1
    assert done.stderr.decode().strip() == "Python 3.11 or newer is needed. Cần Python 3.11 trở lên."
