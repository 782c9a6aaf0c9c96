"""Years that stand where the committee works."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from scoring.appraisal.services import accept_lines, close_appraisals, correct_inputs
from scoring.models import Answer
from tests.factories.year import APPRAISED, LOCKS, Year

APPRAISING = LOCKS + timedelta(days=2)
EXPLAINING = APPRAISED + timedelta(days=1)


@pytest.fixture
def appraising(year) -> Iterator[Year]:
    """Three forms handed in, nothing decided; the clock stands two days into the appraisal."""
    year.to_appraisal()
    with year.on(APPRAISING):
        yield year


def correct(year: Year, code: str, index: int = 0, *, by: str = "appraiser", **raw: str):
    """Correct the figures of one line."""
    answer = year.answer(code, index)
    return correct_inputs(
        answer=answer,
        raw=raw,
        reason_code="TL-04",
        reason="Tài liệu không thể hiện số đã khai.",
        version=answer.version,
        actor=year.people[by],
    )


def decide_rest(year: Year) -> None:
    """B.3 entered, everything still open accepted, all forms closed."""
    for index in range(len(year.units)):
        if year.answer("B.3", index).line_state == "open":
            correct(year, "B.3", index, points="0,5")
        answers = Answer.objects.filter(assessment=year.assessment(index))
        accept_lines(assessment=year.assessment(index), answers=answers, actor=year.people["appraiser"])
    close_appraisals(cycle=year.cycle, actor=year.people["lead"])


@pytest.fixture
def explaining(year) -> Iterator[Year]:
    """B.1 of unit 0 corrected from 90 to 60 of 100 by `appraiser`; released, the explanation phase is open."""
    year.to_appraisal()
    with year.on(APPRAISING):
        correct(year, "B.1", a="60", b="100")
        decide_rest(year)
    year.to_explanation()
    with year.on(EXPLAINING):
        yield year
