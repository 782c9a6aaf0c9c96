"""The engine stands alone: standard library only, no floats, no clock, and copied out it still runs."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import scoring.engine

from .builders import GOLDEN

ENGINE = Path(scoring.engine.__file__).parent
MODULES = sorted(ENGINE.rglob("*.py"))
# Parts that reckon on arrays: numpy is theirs alone, loaded when they are used, never by `import scoring.engine`.
ON_ARRAYS = {"stability", "batch"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ENGINE)))
def test_module_imports_only_the_engine_and_the_standard_library(path):
    for found in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(found, ast.Import):
            names = [alias.name for alias in found.names]
        elif isinstance(found, ast.ImportFrom) and found.level == 0:
            names = [found.module]
        else:
            continue
        for name in names:
            if name == "numpy" and path.relative_to(ENGINE).parts[0] in ON_ARRAYS:
                continue
            assert name.partition(".")[0] in sys.stdlib_module_names, f"{path.name} imports {name}"
            assert name not in ("time", "random", "secrets", "locale"), f"{path.name} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ENGINE)))
def test_module_holds_no_float_and_reads_no_clock(path):
    for found in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(found, ast.Constant):
            assert not isinstance(found.value, float), f"{path.name}:{found.lineno}"
        if isinstance(found, ast.Name):
            assert found.id != "float", f"{path.name}:{found.lineno}"
        if isinstance(found, ast.Attribute):
            assert found.attr not in ("now", "today", "utcnow"), f"{path.name}:{found.lineno}"


def test_numpy_is_loaded_only_where_it_is_used():
    code = (
        "import sys, scoring.engine, scoring.engine.commands, scoring.engine.stability; print('numpy' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=ENGINE.parents[1])

    assert done.stdout == b"False\n"


def test_engine_copied_out_runs_isolated_without_site_packages(tmp_path):
    shutil.copytree(ENGINE, tmp_path / "verifier")
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from verifier.commands import main; sys.exit(main(sys.argv[1:]))"
    files = [str(GOLDEN / f"index.{end}") for end in ("set.json", "values.csv", "groups.csv")]
    command = [sys.executable, "-I", "-S", "-c", code, "score", files[0], files[1], "--groups", files[2]]

    done = subprocess.run(command, capture_output=True, check=False)

    assert (done.returncode, done.stdout) == (0, (GOLDEN / "index.results.csv").read_bytes())


def test_the_thread_s_decimal_context_does_not_matter():
    code = (
        "import decimal, sys; decimal.getcontext().prec = 3; decimal.getcontext().rounding = decimal.ROUND_UP\n"
        "from scoring.engine.commands import main; sys.exit(main(sys.argv[1:]))"
    )
    files = [str(GOLDEN / f"index.{end}") for end in ("set.json", "values.csv", "groups.csv")]
    command = [sys.executable, "-c", code, "score", files[0], files[1], "--groups", files[2]]

    done = subprocess.run(command, capture_output=True, check=False, cwd=ENGINE.parents[1])

    assert done.stdout == (GOLDEN / "index.results.csv").read_bytes()
