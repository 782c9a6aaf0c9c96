"""The secretary at the builder, and a draft to build on."""

import pytest

from scoring.criteria.services import clone_set


@pytest.fixture
def secretary(year):
    return year.people["secretary"]


@pytest.fixture
def desk(client, secretary):
    client.force_login(secretary)
    return client


@pytest.fixture
def draft(year, secretary):
    """Next year's draft of the small set; the clock stands at the filing."""
    with year.filing():
        yield clone_set(source=year.criteria_set, year=2027, actor=secretary)
