"""Fixtures of all tests."""

from collections.abc import Callable, Iterator

import pytest
from django.test.utils import setup_databases, teardown_databases

from tests.factories.year import Year, make_year
from tests.once import made_once
from tests.races import own_database


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """pytest-django's own makes no database where only `real_database` is asked for."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="module")
def open_year(django_db_setup, django_db_blocker) -> Iterator[Callable[[], Year]]:
    with made_once(django_db_blocker, make_year) as of_one_test:
        yield of_one_test


@pytest.fixture
def year(open_year, db) -> Year:
    """A small year, open for filing (see `tests.factories.year`)."""
    return open_year()


@pytest.fixture
def real_database(django_db_setup, django_db_blocker, tmp_path):
    """A database that commits for real, for threads and servers (see `tests.races`)."""
    with django_db_blocker.unblock(), own_database(tmp_path):
        yield
