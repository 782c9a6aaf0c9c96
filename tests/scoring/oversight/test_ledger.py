"""Every point between claimed and counted has a cause, and they add up."""

from decimal import Decimal

import pytest

from scoring.appraisal.explanations import decide_explanation, file_explanation
from scoring.appraisal.services import grant_not_applicable
from scoring.enums import ExplanationAction
from scoring.models import Answer, CycleGroup, RankingRow
from scoring.oversight.ledger import UnitLedger
from scoring.oversight.selectors import group_ledger
from tests.factories.year import Year
from tests.stages import APPRAISING, EXPLAINING, correct, decide_rest

pytestmark = pytest.mark.django_db
PARTLY, UPHOLD, REJECT = ExplanationAction.UPHOLD_PARTLY, ExplanationAction.UPHOLD, ExplanationAction.REJECT


def ledgers(year: Year) -> list[UnitLedger]:
    """In the order of the year's units."""
    one = CycleGroup.objects.select_related("group", "criteria_set").get(cycle=year.cycle)
    found = {ledger.assessment.unit_id: ledger for ledger in group_ledger(one)}
    return [found[unit.pk] for unit in year.units if unit.pk in found]


def moves(ledger: UnitLedger, code: str) -> list[tuple[str, str]]:
    return [(move.cause, f"{move.points:+}") for line in ledger.lines if line.leaf.code == code for move in line.moves]


def heard(year: Year, action: ExplanationAction, **raw: str) -> None:
    """Unit 0 contests its corrected B.1, and the second appraiser decides."""
    explanation = file_explanation(answer=year.answer("B.1"), grounds="Đã gửi bổ sung.", actor=year.head())
    decide_explanation(
        explanation=explanation, action=action, raw=raw, reason="Có văn bản.", actor=year.people["appraiser2"]
    )


def test_a_correction_takes_and_the_agencys_own_figure_gives(explaining):
    first = ledgers(explaining)[0]

    assert moves(first, "B.1") == [("TL-04", "-0.75")]
    assert moves(first, "B.3") == [("TL-04", "+0.50")]
    assert (first.claimed, first.final, first.rest) == (Decimal("9.00"), Decimal("8.75"), 0)
    assert [line.leaf.code for line in first.lines] == ["B.1", "B.3"]


@pytest.mark.parametrize(
    ("action", "raw", "given_back"),
    [(PARTLY, {"a": "70", "b": "100"}, [("GT-01", "+0.38")]), (UPHOLD, {}, [("GT-01", "+0.75")]), (REJECT, {}, [])],
)
def test_what_an_explanation_gives_back_stands_beside_what_was_taken(explaining, action, raw, given_back):
    with explaining.on(EXPLAINING):
        heard(explaining, action, **raw)

    assert moves(ledgers(explaining)[0], "B.1") == [("TL-04", "-0.75"), *given_back]


def test_what_the_set_makes_of_a_line_that_does_not_apply_is_its_own_cause(year):
    year.to_appraisal()
    with year.on(APPRAISING):
        answer = year.answer("B.2")
        Answer.objects.filter(pk=answer.pk).update(asks_not_applicable=True)
        grant_not_applicable(
            answer=answer, reason="Không có đối tượng.", version=answer.version, actor=year.people["appraiser"]
        )
        decide_rest(year)

    first, *others = ledgers(year)

    assert first.rest > 0
    assert first.by_cause["set"] == first.rest
    assert [one.rest for one in others] == [0, 0]
    assert all(one.claimed + sum(one.by_cause.values()) == one.final for one in (first, *others))


def test_a_deduction_is_negative(year):
    year.to_appraisal()
    with year.on(APPRAISING):
        correct(year, "P.1", value="2")
        decide_rest(year)

    first = ledgers(year)[0]

    assert moves(first, "P.1") == [("TL-04", "-0.50")]
    assert first.claimed + sum(first.by_cause.values()) == first.final


def test_the_ledger_ends_at_the_published_total_and_leaves_out_who_handed_nothing_in(year):
    year.all_the_way(0, 1)

    published = dict(RankingRow.objects.filter(run__state="published").values_list("unit", "total"))
    found = ledgers(year)

    assert [one.assessment.unit_id for one in found] == [unit.pk for unit in year.units[:2]]
    for one in found:
        assert one.final == published[one.assessment.unit_id]
        assert one.claimed + sum(one.by_cause.values()) == one.final
