"""S1: `manage.py check` as a whole process, and what is in memory after set-up that only a few pages need."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.anchors.plain_project import make
from benchmarks.measure import Figure, Goal, compare, timed

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = {"DJANGO_SETTINGS_MODULE": "sonla_awards.settings.test"}
HEAVY = ["numpy", "pandas", "polars", "scipy", "openpyxl", "weasyprint", "typst", "pyhanko"]
LOADED = f"""
import sys, django
django.setup()
print(*[name for name in {HEAVY} if name in sys.modules])
"""


def measure(rounds: int) -> Iterator[Figure | str]:
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder))
        product = timed(lambda: _python(ROOT, "manage.py", "check"))
        anchor = timed(lambda: _python(Path(folder), "manage.py", "check", DJANGO_SETTINGS_MODULE="plain.settings"))
        yield compare(Goal("S1", 1.3), "manage.py check, whole process", product, anchor, rounds)
    loaded = _python(ROOT, "-c", LOADED)
    yield f"S1: in memory after set-up, of {', '.join(HEAVY)}: {loaded or 'none'}."


def _python(folder: Path, *arguments: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=os.environ | SETTINGS | environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()
