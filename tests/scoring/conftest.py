"""Years that stand where the committee works."""

from collections.abc import Iterator

import pytest

from tests.factories.year import Year
from tests.stages import APPRAISING, EXPLAINING


@pytest.fixture
def appraising(year) -> Iterator[Year]:
    """Three forms handed in, nothing decided; the clock stands two days into the appraisal."""
    with year.on(APPRAISING):
        yield year


@pytest.fixture
def explaining(year) -> Iterator[Year]:
    """B.1 of unit 0 corrected from 90 to 60 of 100 by `appraiser`; released, the explanation phase is open."""
    with year.on(EXPLAINING):
        yield year
