"""Fixtures of all tests."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation

from tests.factories.year import Year, make_year
from tests.once import made_once
from tests.races import own_database
from tests.stages import STAGES


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """pytest-django's own makes no database where only `real_database` is asked for."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)
    for connection, _name, _destroy in made:
        Path(f"{connection.settings_dict['TEST']['NAME']}-turn").unlink(missing_ok=True)


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """A request leaves its language to the thread; the next test begins with the product's."""
    yield
    translation.deactivate()


def pytest_generate_tests(metafunc):
    """A test with a small year stands on the stage whose fixture it names, or on the open filing."""
    if "staged_year" in metafunc.fixturenames:
        named = next((name for name in STAGES if name in metafunc.fixturenames), None)
        metafunc.parametrize("staged_year", [named], ids=[pytest.HIDDEN_PARAM], indirect=True)


def pytest_collection_modifyitems(items):
    """Tests of one stage run side by side, so that a module reaches it once.

    Before them those that commit for real: a year made once stays in an open transaction until its module ends.
    """
    modules = {path: at for at, path in enumerate(dict.fromkeys(item.path for item in items))}
    items.sort(key=lambda item: (modules[item.path], "real_database" not in item.fixturenames, _stage_of(item)))


def _stage_of(item) -> str:
    call = getattr(item, "callspec", None)
    return call.params.get("staged_year") or "" if call else ""


@pytest.fixture(scope="module")
def open_year(django_db_setup, django_db_blocker) -> Iterator[Callable[[], Year]]:
    with made_once(django_db_blocker, make_year) as of_one_test:
        yield of_one_test


@pytest.fixture(scope="module")
def staged_year(request, open_year, django_db_blocker) -> Iterator[Callable[[], Year]]:
    def reach() -> Year:
        year = open_year()
        if request.param:
            STAGES[request.param](year)
            year.cycle.refresh_from_db()
        return year

    with made_once(django_db_blocker, reach) as of_one_test:
        yield of_one_test


@pytest.fixture
def year(staged_year, db) -> Year:
    """A small year (see `tests.factories.year`), open for filing or at the stage the test names."""
    return staged_year()


@pytest.fixture
def real_database(django_db_setup, django_db_blocker, tmp_path):
    """A database that commits for real, for threads and servers (see `tests.races`)."""
    with django_db_blocker.unblock(), own_database(tmp_path):
        yield
