"""A web worker holds in memory only what every page needs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

HEAVY = ["numpy", "openpyxl", "typst", "rensa", "scipy", "pandas"]


@pytest.mark.slow
def test_pages_do_not_load_what_only_an_export_or_a_run_needs():
    code = (
        "import sys, django; django.setup(); import sonla_awards.urls; "
        f"print(*[name for name in {HEAVY} if name in sys.modules])"
    )
    settings = {"DJANGO_SETTINGS_MODULE": "sonla_awards.settings.test"}

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=os.environ | settings, capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == []
