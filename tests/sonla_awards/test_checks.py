"""The check of the spreadsheet library says what the library itself says."""

import os
import subprocess
import sys

import pytest

BOTH = """
import openpyxl
from sonla_awards.checks import spreadsheets_are_read_safely
print(openpyxl.DEFUSEDXML, [fault.id for fault in spreadsheets_are_read_safely(None)])
"""


@pytest.mark.parametrize(("value", "said"), [("True", "True []"), ("False", "False ['core.E003']")])
def test_unsafe_reading_is_told(value, said):
    environment = os.environ | {"OPENPYXL_DEFUSEDXML": value, "DJANGO_SETTINGS_MODULE": "sonla_awards.settings.test"}
    done = subprocess.run([sys.executable, "-c", BOTH], env=environment, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == said
