"""Fixtures of the year's second half."""

from collections.abc import Callable, Iterator

import pytest

from tests.nominations.thin import Awards, make_awards
from tests.once import made_once


@pytest.fixture(scope="module")
def year_of_awards(django_db_setup, django_db_blocker) -> Iterator[Callable[[], Awards]]:
    with made_once(django_db_blocker, make_awards) as of_one_test:
        yield of_one_test


@pytest.fixture
def awards(year_of_awards, db) -> Awards:
    """The ranking is published and nobody is nominated yet (see `tests.nominations.thin`)."""
    return year_of_awards()
