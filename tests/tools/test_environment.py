"""`make` on a machine that is not ready: one sentence that says what to do, exit code not 0."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow  # whole processes

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = ROOT / "tools" / "environment.py"


@pytest.fixture
def checkout(tmp_path):
    """A folder with just what making the environment needs."""
    for name in ("tools/environment.py", "requirements.txt", "requirements-dev.txt", "Makefile"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def run(checkout: Path, *, before: str = "pass", **environment) -> subprocess.CompletedProcess:
    """The script as make runs it, after `before` has changed the interpreter's surroundings."""
    code = f"import runpy, sys; sys.argv = [0]; {before}; runpy.run_path("
    code += "'tools/environment.py', run_name='__main__')"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=checkout,
        env=environment or os.environ,
        capture_output=True,
        text=True,
        check=False,
    )


def sentence(done: subprocess.CompletedProcess) -> str:
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    return done.stderr.strip().splitlines()[-1]


def test_an_old_python_is_told_which_one_is_needed(checkout):
    done = run(checkout, before="sys.version_info = (3, 9, 2, 'final', 0)")

    assert "3.11" in sentence(done)
    assert not (checkout / ".venv").exists()


def test_a_python_without_venv_is_told_which_package_has_it(checkout):
    done = run(checkout, before="sys.executable = '/bin/false'", PATH="/nowhere")

    assert "python3-venv" in sentence(done)


def test_without_network_the_sentence_says_so_and_a_second_try_is_possible(checkout):
    (checkout / ".venv" / "bin").mkdir(parents=True)
    os.symlink(sys.executable, checkout / ".venv" / "bin" / "python")
    (checkout / "requirements.txt").write_text("no-such-package-of-sonla==1 --hash=sha256:" + "0" * 64 + "\n")

    done = run(checkout, PATH="/nowhere", PIP_NO_INDEX="1", PIP_CONFIG_FILE="/dev/null")

    assert "network" in sentence(done)
    assert "no-such-package" not in done.stdout + done.stderr
    assert not list((checkout / ".venv").glob(".installed*"))


def test_the_installer_is_heard_when_asked(checkout):
    (checkout / ".venv" / "bin").mkdir(parents=True)
    os.symlink(sys.executable, checkout / ".venv" / "bin" / "python")
    (checkout / "requirements.txt").write_text("no-such-package-of-sonla==1 --hash=sha256:" + "0" * 64 + "\n")

    done = run(checkout, PATH="/nowhere", PIP_NO_INDEX="1", PIP_CONFIG_FILE="/dev/null", VERBOSE="1")

    assert "no-such-package" in done.stdout + done.stderr


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
@pytest.mark.parametrize(
    ("command", "way_out"), [(["PYTHON=python3.99", "demo"], "make PYTHON="), (["demo-step"], "make demo")]
)
def test_make_says_what_to_do(checkout, command, way_out):
    done = subprocess.run(["make", *command], cwd=checkout, capture_output=True, text=True, check=False)

    assert done.returncode != 0
    assert [line for line in done.stderr.splitlines() if not line.startswith("make")] == [done.stderr.splitlines()[0]]
    assert way_out in done.stderr.splitlines()[0]


def test_the_script_is_readable_by_an_old_python():
    """No f-string, no walrus, no annotation: it must run far enough to say what is needed."""
    source = ENVIRONMENT.read_text()

    compile(source, "environment.py", "exec", dont_inherit=True)
    assert 'f"' not in source
    assert "f'" not in source
    assert ":=" not in source
    assert "->" not in source
