"""What is final is final in the database too, and a lost trigger is noticed."""

import pytest
from django.core.management import call_command
from django.db import connection

from core import protections

pytestmark = pytest.mark.django_db


def test_all_protections_are_installed():
    assert protections.check_installed(databases=["default"]) == []
    assert len(protections.installed_names(connection)) >= 14


def test_a_lost_trigger_is_reported_until_migrating_installs_it_again():
    name, table = next(iter(protections.installed_names(connection).items()))
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "{name}"' + ("" if connection.vendor == "sqlite" else f' ON "{table}"'))

    assert [found.id for found in protections.check_installed(databases=["default"])] == ["core.W001"]

    # `migrate` begins with the checks of the database: what it mends must not stop it.
    call_command("migrate", verbosity=0, skip_checks=False)

    assert protections.check_installed(databases=["default"]) == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL changes a table where it stands")
def test_a_migration_remakes_tables_without_triggers_in_its_way():
    before = protections.installed_names(connection)

    protections.lift_before_migrate(None, plan=[])
    assert protections.installed_names(connection) == before

    protections.lift_before_migrate(None, plan=["a migration"])
    assert protections.installed_names(connection) == {}
