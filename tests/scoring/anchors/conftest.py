"""Reference answers of the small year."""

from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest

from scoring.anchors.services import take_anchor
from scoring.appraisal.services import accept_line
from scoring.models import Anchor
from tests.factories.year import Year
from tests.stages import FILING_AGAIN

Take = Callable[..., Anchor]


def decide(year: Year, code: str = "B.1", index: int = 1, by: str = "appraiser2") -> None:
    line = year.answer(code, index)
    if line.line_state == "open":
        accept_line(answer=line, version=line.version, actor=year.people[by])


@pytest.fixture
def next_filing(year) -> Iterator[Year]:
    """The year after a published one, ten days into its filing; the clock stands there."""
    with year.on(FILING_AGAIN):
        yield year


@pytest.fixture
def take(appraising) -> Take:
    """The line is accepted by `appraiser2` first, then taken by the lead; B.1 of unit 1 is 60 of 100, of at most 3 points."""

    def taken(code: str = "B.1", index: int = 1, points: str = "1.75", by: str = "lead", **more) -> Anchor:
        decide(appraising, code, index)
        answer = appraising.answer(code, index)
        given = {"criterion": answer.criterion, "reason": "Số liệu khớp thống kê."} | more
        return take_anchor(
            cycle=appraising.cycle, answer=answer, points=Decimal(points), actor=appraising.people[by], **given
        )

    return taken
