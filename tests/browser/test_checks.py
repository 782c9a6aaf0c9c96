"""From the check page to the field, and last year's figures with the script: taken over and given back."""

import pytest

from scoring.models import Answer, Assessment, Cycle
from tests.browser.walker import Walker
from tests.factories.year import CLAIMS

pytestmark = pytest.mark.browser


def _year_before(year) -> None:
    """A published year in which the first unit declared what it declares in other tests."""
    cycle = Cycle.objects.get(pk=year.cycle.pk)
    cycle.pk, cycle.year, cycle.state = None, cycle.year - 1, "published"
    cycle.save(force_insert=True)
    now = year.assessment(0)
    form = Assessment.objects.create(
        cycle=cycle, unit=now.unit, group=now.group, criteria_set=now.criteria_set, state="settled"
    )
    claims = CLAIMS[now.unit.code]
    Answer.objects.bulk_create(
        Answer(assessment=form, criterion=one, values=claims.get(one.code, {}), claimed_points=1)
        for one in now.criteria_set.criteria.all()
    )


def test_a_link_leads_into_the_field_also_where_it_is_folded_away(running_year, site, browser):
    year, walker = running_year, Walker(browser, site)
    line = year.answer("B.2")
    line.asks_not_applicable = True
    line.save()
    walker.sign_in("officer0")

    focused = []
    for code in ("A.3", "B.1", "B.2"):
        walker.go(f"/filing/{year.assessment(0).pk}/check/")
        walker.page.click(f"main .finding-error a:has-text('{code}')")
        walker.page.wait_for_load_state()
        focused.append(walker.page.evaluate("document.activeElement.id"))

    ids = [year.answer(code).pk for code in ("A.3", "B.1", "B.2")]
    assert focused == [f"id_l{ids[0]}-value", f"id_l{ids[1]}-a", f"id_l{ids[2]}-explanation"]
    assert walker.complaints == []


def test_last_years_figures_take_the_place_of_refused_text_and_go_again(running_year, site, browser):
    year, walker = running_year, Walker(browser, site)
    _year_before(year)
    walker.sign_in("officer0")
    walker.go(f"/filing/{year.assessment(0).pk}/pillars/A/")
    line = walker.page.locator(f"#line-{year.answer('A.3').pk}")
    field = line.locator("input[name$='value']")
    field.fill("12x")
    with walker.page.expect_response(lambda answer: answer.status == 422):
        field.press("Tab")
    line.locator(".field-error").wait_for()

    walker.page.click("#guide .last-repeat")
    line.locator(".line-carried").wait_for()

    assert (field.input_value(), year.answer("A.3").values) == ("5", {"value": "5"})
    walker.look()

    walker.page.click("[data-toast] .toast-undo")
    line.locator(".line-carried").wait_for(state="detached")

    assert (field.input_value(), year.answer("A.3").values) == ("", {})
    refused = "the server responded with a status of 422"
    assert [one for one in walker.complaints if refused not in one] == []
