"""The four journeys as people do them: file, appraise, rank and publish, commend; axe and the console on each page."""

import re

import pytest

from core import clock
from core.jobs.runner import sweep
from scoring.cycles.services import close_filing, settle
from scoring.enums import AssessmentState, LineState, RunState
from scoring.filing.services import prepare
from scoring.models import RankingRun
from tests.browser.commendation import commend
from tests.browser.walker import Walker
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.browser


def test_a_year_in_the_browser(running_year, site, browser):
    walker, year = Walker(browser, site), running_year

    _file(walker, year)
    _to_appraisal(year)
    _appraise(walker, year)
    _rank(walker, year)
    _read_as_a_citizen(walker, year)
    commend(walker, year)

    assert walker.complaints == []


def _file(walker: Walker, year) -> None:
    """Journey 1: the officer types, the line saves itself; the rest is filled in; the head submits."""
    assessment = year.assessment(0)
    walker.sign_in("officer0")
    walker.go(f"/filing/{assessment.pk}/")
    walker.go(f"/filing/{assessment.pk}/pillars/A/")
    typed = walker.page.locator(f"#line-{year.answer('A.3').pk} input[name$='value']")
    typed.fill("5")
    with walker.page.expect_response(lambda answer: answer.request.method == "POST") as saved:
        typed.press("Tab")
    assert saved.value.status == 200
    assert year.answer("A.3").values == {"value": "5"}

    year.fill(0)
    walker.go(f"/filing/{assessment.pk}/check/")
    walker.page.locator("main form button.btn-primary").click()
    walker.page.wait_for_load_state()
    assert year.assessment(0).state == AssessmentState.PREPARED

    walker.sign_in("head0")
    walker.go(f"/filing/{assessment.pk}/submit/")
    walker.page.locator("main form input[name=password]").fill(PASSWORD)
    walker.page.locator("main form button[type=submit]").last.click()
    walker.page.wait_for_load_state()
    walker.look()
    assert year.assessment(0).state == AssessmentState.SUBMITTED


def _to_appraisal(year) -> None:
    """The other units file, and the day on which the filing ends comes."""
    for index in (1, 2):
        prepare(assessment=year.fill(index), actor=year.officer(index))
        year.sign(index)
    with year.on(year.cycle.filing_closes_at):
        close_filing(cycle=year.cycle, actor=year.people["secretary"])


def _appraise(walker: Walker, year) -> None:
    """Journey 2: the appraiser accepts a line on the desk; the rest through the services; the lead closes."""
    walker.sign_in("appraiser")
    walker.go("/appraisal/")
    line = year.answer("A.3")
    walker.go(f"/appraisal/lines/{line.pk}/")
    with walker.page.expect_response(lambda answer: answer.request.method == "POST") as decided:
        walker.page.keyboard.press("Control+Enter")
    assert decided.value.status == 302
    assert year.answer("A.3").line_state == LineState.ACCEPTED
    year.appraise_now()
    year.cycle.refresh_from_db()
    assert year.assessment(0).state == AssessmentState.APPRAISED


def _rank(walker: Walker, year) -> None:
    """Journey 3: compute, show, settle, publish under a decision."""
    walker.sign_in("secretary")
    for path in ("/cycles/", "/cycles/2026/", "/runs/"):
        walker.go(path)
    year.release_now()
    with year.on(year.cycle.explanation_closes_at):
        settle(cycle=year.cycle, actor=year.people["secretary"])
    walker.go("/runs/")
    walker.page.locator("form[action*='start'] button").first.click()
    walker.page.wait_for_load_state()
    sweep()
    run = RankingRun.objects.filter(state=RunState.COMPUTED).order_by("-number").first()
    walker.go(f"/runs/{run.pk}/")
    walker.go(f"/runs/{run.pk}/publish/")
    walker.page.fill("[name=decision_number]", "312/QĐ-UBND")
    walker.page.fill("[name=decision_on]", f"{clock.today():%d/%m/%Y}")
    walker.page.locator("form.irreversible button[type=submit]").click()
    walker.page.wait_for_load_state()
    run.refresh_from_db()
    assert run.state == RunState.PUBLISHED


def _read_as_a_citizen(walker: Walker, year) -> None:
    walker.page.context.clear_cookies()
    for path in (
        "/ranking/",
        "/ranking/2026/commune/",
        "/ranking/2026/commune/11111/",
        "/criteria/",
        "/criteria/small/2026/",
    ):
        walker.go(path)
    walker.go("/ranking/2026/commune/")
    assert re.search(r"9,50", walker.page.content())
