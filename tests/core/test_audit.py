"""The trail: append-only, chained, proved."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction

from core import protections
from core.audit.models import AuditEntry
from core.audit.services import GENESIS, faults, head, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def trail(db):
    with transaction.atomic():
        return [record(actor=None, action=f"test.act{number}", details={"number": number}) for number in range(1, 6)]


@pytest.fixture
def unprotected(trail):
    """As a database owner would: the triggers are taken away."""
    with connection.cursor() as cursor:
        for name, table in protections.installed_names(connection).items():
            cursor.execute(f'DROP TRIGGER "{name}"' + ("" if connection.vendor == "sqlite" else f' ON "{table}"'))
    yield trail
    protections.install(connection)


def sql(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_each_entry_follows_from_the_one_before(trail):
    assert [entry.seq for entry in trail] == [1, 2, 3, 4, 5]
    assert trail[0].prev_hash == GENESIS
    assert [entry.prev_hash for entry in trail[1:]] == [entry.hash for entry in trail[:-1]]
    assert list(faults()) == []
    assert head() == (5, trail[-1].hash)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_auditentry SET action = 'x' WHERE seq = 3",
        "DELETE FROM core_auditentry WHERE seq = 5",
        "UPDATE core_auditentry SET seq = 9 WHERE seq = 5",
    ],
)
def test_the_database_refuses_to_change_the_trail(trail, statement):
    with pytest.raises(DatabaseError, match="append-only"):
        sql(statement)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="INSERT OR REPLACE is SQLite's")
def test_insert_or_replace_is_no_way_round(trail):
    with pytest.raises(DatabaseError, match="append-only"):
        sql(
            "INSERT OR REPLACE INTO core_auditentry (seq, at, action, object_type, object_id, details, prev_hash, hash) "
            "VALUES (3, '2026-01-01', 'x', '', '', '{}', '', 'x')"
        )


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE core_auditentry SET details = '{\"number\":4}' WHERE seq = 3", "entry 3"),
        ("UPDATE core_auditentry SET at = '2020-01-01 00:00:00' WHERE seq = 2", "entry 2"),
        ("DELETE FROM core_auditentry WHERE seq = 4", "entry 4 is missing"),
    ],
)
def test_one_changed_byte_is_named(unprotected, statement, named):
    sql(statement)

    with pytest.raises(CommandError, match=named):
        call_command("verify_audit")


def test_an_entry_needs_the_transaction_of_its_act(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(connections["default"], "in_atomic_block", False)
        with pytest.raises(RuntimeError):
            record(actor=None, action="test.alone")

    assert AuditEntry.objects.count() == 0
