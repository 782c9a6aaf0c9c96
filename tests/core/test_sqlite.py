"""Writers of SQLite stand in a queue; none is told that the database is locked."""

import threading

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection, transaction

pytestmark = pytest.mark.race


@pytest.fixture
def impatient(real_database):
    """SQLite that tries once: who gets through does so because of the queue."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has a queue of its own.")
    options = connection.settings_dict["OPTIONS"]
    patience, options["timeout"] = options["timeout"], 0
    yield
    options["timeout"] = patience


def written_by_another(name: str) -> threading.Thread:
    def write() -> None:
        with transaction.atomic():
            Group.objects.create(name=name)
        connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    return thread


def test_a_writer_waits_until_it_is_let_in(impatient):
    with transaction.atomic():
        Group.objects.create(name="first")
        second = written_by_another("second")
        second.join(timeout=0.5)
        assert second.is_alive()
    second.join(timeout=30)
    assert set(Group.objects.values_list("name", flat=True)) == {"first", "second"}


def test_a_transaction_that_fails_lets_the_next_one_in(impatient):
    Group.objects.create(name="first")
    with pytest.raises(IntegrityError), transaction.atomic():
        Group.objects.create(name="first")
    written_by_another("second").join(timeout=30)
    assert set(Group.objects.values_list("name", flat=True)) == {"first", "second"}
