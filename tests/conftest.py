"""Fixtures of all tests."""

import pytest

from tests.factories.year import Year, make_year


@pytest.fixture
def year(db) -> Year:
    """A small year, open for filing (see `tests.factories.year`)."""
    return make_year()
