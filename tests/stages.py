"""Stages of the small year at which many tests begin: each is reached once a module (see `tests.once`)."""

from collections.abc import Callable
from datetime import timedelta

from scoring.appraisal.services import accept_lines, close_appraisals, correct_inputs
from scoring.criteria.services import clone_set, publish_set
from scoring.cycles.services import Calendar, create_cycle, open_filing, settle
from scoring.models import Answer
from tests.factories.year import APPRAISED, CLOSES, EXPLAINED, LOCKS, OPENS, Year

APPRAISING = LOCKS + timedelta(days=2)
EXPLAINING = APPRAISED + timedelta(days=1)
A_YEAR = timedelta(days=365)
FILING_AGAIN = OPENS + A_YEAR + timedelta(days=10)


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


def _appraising(year: Year) -> None:
    year.to_appraisal()


def _explaining(year: Year) -> None:
    _appraising(year)
    with year.on(APPRAISING):
        correct(year, "B.1", a="60", b="100")
        decide_rest(year)
    year.to_explanation()


def _settled(year: Year) -> None:
    year.to_appraisal().appraise().to_explanation()
    with year.on(EXPLAINED):
        year.cycle = settle(cycle=year.cycle, actor=year.people["secretary"])


def _published(year: Year) -> None:
    year.all_the_way()


def _next_filing(year: Year) -> None:
    """The year is published, B.1 of the first unit corrected to 60 of 100; `year.cycle` is the one after it, open."""
    _explaining(year)
    year.publish()
    open_next_filing(year)


def open_next_filing(year: Year) -> None:
    """Of a published year; `year.cycle` is the one after it."""
    secretary = year.people["secretary"]
    calendar = Calendar(*(moment + A_YEAR for moment in (OPENS, CLOSES, LOCKS, APPRAISED, EXPLAINED)))
    with year.on(calendar.filing_opens_at):
        criteria_set = clone_set(source=year.criteria_set, year=year.cycle.year + 1, actor=secretary)
        year.criteria_set = publish_set(criteria_set=criteria_set, actor=secretary)
        cycle = create_cycle(
            movement=year.cycle.movement.title,
            founding_decision=year.cycle.movement.founding_decision,
            year=year.cycle.year + 1,
            calendar=calendar,
            sets=[(year.group, year.criteria_set)],
            legal_basis="Quyết định 253/QĐ-UBND",
            is_sample=True,
            actor=secretary,
        )
        year.cycle = open_filing(cycle=cycle, actor=secretary)


# Named as the fixtures that stand on them.
STAGES: dict[str, Callable[[Year], None]] = {
    "appraising": _appraising,
    "explaining": _explaining,
    "settled": _settled,
    "published": _published,
    "next_filing": _next_filing,
}
