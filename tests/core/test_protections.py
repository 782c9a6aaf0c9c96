"""What is final is final in the database too, and a lost trigger is noticed."""

import pytest
from django.db import connection

from core import protections

pytestmark = pytest.mark.django_db


def test_all_protections_are_installed():
    assert protections.check_installed(databases=["default"]) == []
    assert len(protections.installed_names(connection)) >= 14


def test_a_lost_trigger_is_a_system_error_until_it_is_installed_again():
    name, table = next(iter(protections.installed_names(connection).items()))
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "{name}"' + ("" if connection.vendor == "sqlite" else f' ON "{table}"'))

    assert [error.id for error in protections.check_installed(databases=["default"])] == ["core.E001"]

    protections.install(connection)

    assert protections.check_installed(databases=["default"]) == []
