"""Fixtures of all tests."""

import pytest
from django.test.utils import setup_databases, teardown_databases

from tests.factories.year import Year, make_year
from tests.races import own_database


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """pytest-django's own makes no database where only `real_database` is asked for."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture
def year(db) -> Year:
    """A small year, open for filing (see `tests.factories.year`)."""
    return make_year()


@pytest.fixture
def real_database(django_db_setup, django_db_blocker, tmp_path):
    """A database that commits for real, for threads and servers (see `tests.races`)."""
    with django_db_blocker.unblock(), own_database(tmp_path):
        yield
