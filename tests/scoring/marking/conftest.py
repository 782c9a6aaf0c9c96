"""A year in which B.1 of unit 0 is marked twice: first by `appraiser`, the second time by `appraiser2`."""

import pytest

from scoring.marking.blind import seen_in, token_of
from scoring.marking.services import save_second_mark
from scoring.models import Answer, MarkingDraw, SecondMark
from tests.factories.year import Year
from tests.stages import APPRAISING


@pytest.fixture
def doubled(appraising) -> Year:
    draw = MarkingDraw.objects.create(
        cycle=appraising.cycle, agency=appraising.agency, share_percent=10, gap_percent=20, seed=1, lines=1, left=0,
        made_by=appraising.people["lead"], made_at=APPRAISING,
    )  # fmt: skip
    SecondMark.objects.create(answer=appraising.answer("B.1"), draw=draw, marker=appraising.people["appraiser2"])
    return appraising


def mark_second(
    year: Year, way="accept", raw=None, points=None, by="appraiser2", token=None, index=0, **reason
) -> SecondMark:
    """The second mark of B.1; a correction carries a reason unless given otherwise."""
    answer = Answer.objects.select_related("assessment").get(pk=year.answer("B.1", index).pk)
    given = (
        {"reason_code": "", "reason": ""} if way == "accept" else {"reason_code": "TL-04", "reason": "Thiếu số liệu."}
    )
    return save_second_mark(
        answer=answer,
        way=way,
        raw=raw or {},
        points=points,
        token=token_of(seen_in(answer)) if token is None else token,
        actor=year.people[by],
        **(given | reason),
    )
