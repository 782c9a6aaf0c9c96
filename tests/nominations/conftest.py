"""Fixtures of the year's second half."""

import pytest

from tests.nominations.thin import Awards, make_awards


@pytest.fixture
def awards(db) -> Awards:
    """The ranking is published and nobody is nominated yet (see `tests.nominations.thin`)."""
    return make_awards()
