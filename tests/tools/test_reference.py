"""docs/reference says what the code says."""

from pathlib import Path

import pytest

from tools.reference import FOLDER, pages


@pytest.mark.parametrize("name", ["lifecycles.md", "roles-and-rights.md", "errors.md", "api-addresses.md"])
def test_the_page_is_what_the_code_says(name):
    text = pages()[name]

    assert Path(FOLDER, name).read_text(encoding="utf-8") == text, "out of date: run make reference"
