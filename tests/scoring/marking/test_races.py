"""Both marks at the same moment, and two third persons at once."""

from decimal import Decimal

import pytest

from accounts.enums import Role
from core import clock
from core.audit.services import faults
from core.errors import Conflict, WrongState
from scoring.appraisal.services import accept_line
from scoring.marking.services import settle_gap
from scoring.models import Answer, Assessment, MarkingDraw, SecondMark
from tests.factories.people import make_user
from tests.factories.year import make_year
from tests.races import all_at_once
from tests.scoring.marking.conftest import mark_second
from tests.stages import APPRAISING


@pytest.fixture
def year(real_database):
    year = make_year().to_appraisal()
    with year.on(APPRAISING):
        yield year


def acting(act, *args, **given):
    """The act as a thread does it: the clock of the test holds there too."""
    now = clock.now()

    def run():
        with clock.set_to(now):
            return act(*args, **given)

    return run


def test_marks_given_at_once_are_compared_and_one_third_person_decides(year):
    lead, second = year.people["lead"], year.people["appraiser2"]
    other = make_user("lead2", (Role.APPRAISAL_LEAD, year.office))
    draw = MarkingDraw.objects.create(
        cycle=year.cycle, agency=year.agency, share_percent=10, gap_percent=20, seed=1, lines=3, left=0, made_by=lead,
        made_at=APPRAISING,
    )  # fmt: skip
    for index in range(3):
        line = year.answer("B.1", index)
        SecondMark.objects.create(answer=line, draw=draw, marker=second)
        points = Decimal(0) if index < 2 else Decimal(3)

        first, marked = all_at_once(
            [
                acting(accept_line, answer=line, version=line.version, actor=year.people["appraiser"]),
                acting(mark_second, year, "points", points=points, index=index),
            ]
        )

        assert isinstance(first, Answer), first
        assert isinstance(marked, SecondMark), marked
        assert SecondMark.objects.get(answer=line).disputed

        line = year.answer("B.1", index)
        line.assessment = Assessment.objects.get(pk=line.assessment_id)
        given = {"answer": line, "points": None, "reason": "Theo hồ sơ.", "version": line.version}
        done = all_at_once([acting(settle_gap, choice="second", actor=one, **given) for one in (lead, other)])

        assert sorted(isinstance(one, SecondMark) for one in done) == [False, True], done
        assert isinstance(next(one for one in done if not isinstance(one, SecondMark)), (WrongState, Conflict))
        assert year.answer("B.1", index).appraised_points == points
    assert list(faults()) == []
