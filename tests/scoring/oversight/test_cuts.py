"""How far claims and marks lie apart, by criterion and by appraiser."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.urls import reverse

from scoring.appraisal.explanations import decide_explanation, file_explanation
from scoring.conflicts.services import declare_conflict
from scoring.enums import ExplanationAction
from scoring.models import CycleGroup
from scoring.oversight.cuts import Cut, Of, cuts
from tests.factories.year import Year
from tests.stages import correct, decide_rest

pytestmark = pytest.mark.django_db


@pytest.fixture
def cut(appraising) -> Year:
    """B.1 of unit 0 from 3.00 to 2.25 of 3, of unit 1 up to 2.63; P.1 of unit 0 from no deduction to 0.50 by `appraiser2`."""
    correct(appraising, "B.1", a="60", b="100")
    correct(appraising, "B.1", 1, a="70", b="100")
    correct(appraising, "P.1", value="2", by="appraiser2")
    decide_rest(appraising)
    return appraising


def rows(year: Year, of: Of = Of.CRITERION, who: str = "lead") -> list[Cut]:
    one = CycleGroup.objects.select_related("group", "criteria_set", "cycle").get(cycle=year.cycle)
    return cuts(year.people[who], one, of)


def test_counts_sum_mean_and_reasons_of_a_criterion(cut):
    one = next(row for row in rows(cut) if row.code == "B.1")

    assert (one.accepted, one.corrected, one.not_applicable) == (1, 2, 0)
    assert [str(points) for points in one.differences] == ["-0.75", "0.38"]
    assert (one.sum, one.mean) == (Decimal("-0.37"), Decimal("-0.19"))  # -0.185, half away from zero
    assert one.spread_percent == Fraction(113, 9)  # (0.75 + 0.38 + 0) of 3 points, over three lines
    assert one.reasons == [("TL-04", 2)]


def test_a_deduction_is_a_loss_and_what_the_agency_enters_is_left_out(cut):
    found = {row.code: row for row in rows(cut)}

    assert found["P.1"].sum == Decimal("-0.50")
    assert "B.3" not in found


def test_the_farthest_apart_stands_first(cut):
    spreads = [row.spread_percent for row in rows(cut)]

    assert spreads == sorted(spreads, reverse=True)
    assert spreads[0] > 0


def test_the_first_mark_counts_also_after_an_explanation_was_heard(explaining):
    contest = file_explanation(answer=explaining.answer("B.1"), grounds="Đã gửi bổ sung.", actor=explaining.head())
    before = next(row for row in rows(explaining) if row.code == "B.1").differences
    decide_explanation(
        explanation=contest,
        action=ExplanationAction.UPHOLD,
        raw={},
        reason="Có.",
        actor=explaining.people["appraiser2"],
    )

    assert next(row for row in rows(explaining) if row.code == "B.1").differences == before == [Decimal("-0.75")]


@pytest.mark.parametrize(("who", "named"), [("lead", True), ("secretary", True), ("auditor", False)])
def test_names_of_appraisers_are_for_lead_and_secretary(cut, client, who, named):
    client.force_login(cut.people[who])

    page = client.get(reverse("cuts", args=[cut.cycle.year]), {"of": "appraiser"}).content.decode()

    assert (str(cut.people["appraiser2"]) in page) == named
    assert sorted(row.sum for row in rows(cut, Of.APPRAISER, who)) == [Decimal("-0.50"), Decimal("-0.37")]


def test_the_page_plots_the_corrected_lines_and_tells_them_in_figures(cut, client):
    client.force_login(cut.people["lead"])

    response = client.get(reverse("cuts", args=[cut.cycle.year]))

    assert response.context["plotted"] == [(row.code, row.sizes) for row in rows(cut) if row.sizes]
    assert response.content.decode().count('class="strip-table"') == 1


def test_no_unit_of_a_conflict_is_counted(cut):
    lead = cut.people["lead"]
    declare_conflict(person=lead, unit=cut.units[0], kind="family", reason="Người thân.", actor=lead)
    lead.forget_roles()

    assert next(row for row in rows(cut) if row.code == "B.1").differences == [Decimal("0.38")]
