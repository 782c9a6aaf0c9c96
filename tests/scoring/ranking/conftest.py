"""What the tests of the ranking share."""

from datetime import date

import pytest

from scoring.models import RankingRun
from scoring.ranking import reading
from scoring.ranking.services import publish_run
from scoring.ranking.views import files, sheets
from tests.factories.year import EXPLAINED, Year

DAY = date(2027, 2, 1)


@pytest.fixture(autouse=True)
def empty_memory():
    """Runs are kept in memory by number and hash; a test's database starts its numbers anew."""
    reading._read.cache_clear()
    files._kept_workbook.cache_clear()
    sheets._made.cache_clear()


@pytest.fixture
def published(year: Year) -> RankingRun:
    """The run in force."""
    return RankingRun.objects.get(cycle=year.cycle, state="published")


@pytest.fixture
def settled(year: Year) -> Year:
    """Scores are final, nothing is published; the clock is to be set to EXPLAINED."""
    return year


def replace_published(year: Year, reason: str = "Đính chính tên đơn vị.", decision: str = "341/QĐ-UBND") -> RankingRun:
    """A second run of the published cycle that takes the place of the first."""
    with year.on(EXPLAINED):
        run = year.compute()
        return publish_run(
            run=run, decision_number=decision, decision_on=DAY, reason=reason, actor=year.people["secretary"]
        )
