"""Fixtures of all tests."""

import pytest

from tests.factories.year import Year, make_year
from tests.races import own_database


@pytest.fixture
def year(db) -> Year:
    """A small year, open for filing (see `tests.factories.year`)."""
    return make_year()


@pytest.fixture
def real_database(django_db_setup, django_db_blocker, tmp_path):
    """A database that commits for real, for threads and servers (see `tests.races`)."""
    with django_db_blocker.unblock(), own_database(tmp_path):
        yield
