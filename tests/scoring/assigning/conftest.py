"""Years in which lines are divided."""

from collections.abc import Iterator

import pytest

from tests.factories.year import Year
from tests.stages import FILING_AGAIN


@pytest.fixture
def next_filing(year) -> Iterator[Year]:
    """The filing of the year after, nothing declared; last year `appraiser` decided every line."""
    with year.on(FILING_AGAIN):
        yield year
