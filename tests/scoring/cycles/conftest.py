"""The secretary at the desk, and a second year in preparation."""

import pytest

from scoring.criteria.services import clone_set
from scoring.cycles.services import create_cycle
from tests.factories.year import CALENDAR, Year


@pytest.fixture
def secretary(year):
    return year.people["secretary"]


@pytest.fixture
def desk(client, secretary):
    client.force_login(secretary)
    return client


def later_year(at: Year, **changes):
    """A cycle for 2027 with a draft set; call it with the clock set."""
    given = {
        "movement": "Chuyển đổi số trên địa bàn tỉnh Sơn La",
        "founding_decision": "253/QĐ-UBND",
        "year": 2027,
        "calendar": CALENDAR,
        "legal_basis": "",
        "is_sample": True,
        "actor": at.people["secretary"],
    }
    if "sets" not in changes:
        given["sets"] = [(at.group, clone_set(source=at.criteria_set, year=2027, actor=at.people["secretary"]))]
    return create_cycle(**given | changes)
