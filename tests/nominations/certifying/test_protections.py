"""By raw SQL: a revoked certificate never comes back, and what a signed revocation says is final."""

import pytest
from django.db import IntegrityError, connection, transaction

from tests.nominations.certifying.revoking import drafted_revocation, revoked

pytestmark = pytest.mark.django_db


def refused(statement: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def done(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.rowcount


def test_a_revoked_certificate_never_comes_back(awards):
    revoked(awards, awards.issued()[0])

    refused("UPDATE nominations_certificate SET state = 'issued'")
    refused("UPDATE nominations_certificate SET version = version + 1, state = 'issued'")
    refused("DELETE FROM nominations_certificate")


def test_rows_of_a_signed_revocation_are_final(awards):
    first = awards.issued()[0]
    decision = drafted_revocation(awards, first)
    assert done("UPDATE nominations_revocation SET ground = 'b'") == 1
    refused("UPDATE nominations_revocation SET ground = 'e'")
    done(f"DELETE FROM nominations_revocation WHERE decision_id = {decision.pk}")  # noqa: S608 - our own number
    done(f"DELETE FROM nominations_decision WHERE id = {decision.pk}")  # noqa: S608 - as above

    signed = revoked(awards, first)

    refused("UPDATE nominations_revocation SET ground = 'b'")
    refused("UPDATE nominations_revocation SET facts = ''")
    refused("DELETE FROM nominations_revocation")
    refused(f"UPDATE nominations_decision SET number = '' WHERE id = {signed.pk}")  # noqa: S608 - as above


def test_bonuses_of_a_signed_list_are_final(awards):
    awards.signed()

    refused("UPDATE nominations_decisionitem SET bonus_vnd = 1")
    refused("UPDATE nominations_decisionitem SET coefficient = '9'")
