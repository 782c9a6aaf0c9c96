"""Many writers, one chain."""

import pytest
from django.db import transaction

from core.audit.models import AuditEntry
from core.audit.services import faults, record
from tests.races import all_at_once


@pytest.mark.race
def test_parallel_acts_append_one_unbroken_chain(real_database):
    def act():
        with transaction.atomic():
            record(actor=None, action="test.parallel")

    results = all_at_once([act] * 16)

    assert results == [None] * 16
    assert AuditEntry.objects.count() == 16
    assert list(faults()) == []
