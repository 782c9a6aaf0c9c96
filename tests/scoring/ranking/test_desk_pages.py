"""The secretary's pages: start, progress without and with script, compare, publish."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext

from core.jobs.models import Job
from core.jobs.runner import run as run_job
from scoring.cycles.services import close_filing
from scoring.enums import RunState
from scoring.models import Assessment, RankingRow, RankingRun
from scoring.ranking.selectors import compared_rows
from tests.factories.year import APPRAISED, EXPLAINED, LOCKS, OPENS
from tests.scoring.ranking.conftest import replace_published

pytestmark = pytest.mark.django_db
RUNS = reverse("runs")
START = reverse("start_run", args=[2026, "commune"])


@pytest.fixture
def desk(client, year):
    """Signed in as the secretary."""
    client.force_login(year.people["secretary"])
    return client


def test_start_leads_to_the_run_and_its_progress(desk, year):
    year.to_appraisal()
    with year.on(LOCKS):
        response = desk.post(START)
        run = RankingRun.objects.get()
        waiting = desk.get(response.url).content.decode()

    assert response.url == reverse("run", args=[run.pk])
    assert f'hx-get="{reverse("run_progress", args=[run.pk])}"' in waiting
    assert 'hx-trigger="every 2s"' in waiting
    # Without script the page is simply loaded again.
    assert 'href=""' in waiting


def test_progress_ends_by_loading_the_page_again(desk, year):
    year.to_appraisal()
    with year.on(LOCKS):
        desk.post(START)
        run = RankingRun.objects.get()
        url = reverse("run_progress", args=[run.pk])
        before = desk.get(url)
        run_job(run.job_id)
        after = desk.get(url)

    assert ("HX-Refresh" in before, after["HX-Refresh"]) == (False, "true")
    assert b"<html" not in before.content
    assert b"hx-get" not in after.content


def test_a_failed_run_says_so_and_offers_a_new_one(desk, year):
    year.to_appraisal()
    with year.on(LOCKS):
        desk.post(START)
        run = RankingRun.objects.get()
        Job.objects.filter(pk=run.job_id).update(state=Job.State.FAILED)
        page = desk.get(reverse("run", args=[run.pk])).content.decode()
        listed = desk.get(RUNS).content.decode()

    assert f'action="{START}"' in page
    assert 'class="text-bad"' in listed
    assert f'action="{START}"' in listed


def test_while_a_run_is_computed_no_second_is_offered(desk, year):
    year.to_appraisal()
    with year.on(LOCKS):
        desk.post(START)
        page = desk.get(RUNS).content.decode()
        again = desk.post(START)

    assert f'action="{START}"' not in page
    assert again.status_code == 409


def test_before_the_appraisal_the_button_is_locked_with_its_reason(desk, year):
    with year.on(OPENS):
        page = desk.get(RUNS).content.decode()

    assert f'action="{START}"' not in page
    assert 'class="btn-locked"' in page


@pytest.mark.parametrize(("query", "status"), [("", 200), ("year=2026", 200), ("year=1999", 400), ("year=x", 400)])
def test_years_are_those_there_are(desk, year, query, status):
    with year.on(OPENS):
        assert desk.get(f"{RUNS}?{query}").status_code == status


def test_a_run_is_compared_with_the_one_before(desk, year):
    year.to_appraisal().appraise()
    with year.on(APPRAISED):
        first = year.compute()
        row = RankingRow.objects.get(run=first, unit__code="22222")
        row.lines["A.3"]["points"], row.total, row.rank = "0.00", "6.15", 3
        row.save()
        second = year.compute()
        page = desk.get(reverse("run", args=[second.pk])).content.decode()

    rows = {one.row.unit.code: one for one in compared_rows(second, first, None)}
    moved = rows["22222"]
    assert (moved.since_before.rank, str(moved.since_before.points)) == (1, "0.50")
    assert [(line.code, str(line.before), str(line.after)) for line in moved.lines] == [("A.3", "0.00", "0.50")]
    assert not rows["11111"].since_before.is_move
    assert page.count('<tr class="wait">') == 1


def test_who_never_handed_in_has_no_grade_and_no_change(desk, year):
    for index in (0, 1):
        year.hand_in(index)
    with year.on(LOCKS):
        year.cycle = close_filing(cycle=year.cycle, actor=year.people["secretary"])
        first, second = year.compute(), year.compute()
        page = desk.get(reverse("run", args=[second.pk])).content.decode()

    submitted = {one.row.unit.code: one.has_filed for one in compared_rows(second, first, None)}
    assert submitted == {"11111": True, "22222": True, "33333": False}
    assert page.count(f"{gettext('did not file')}</span>") == 1
    assert page.count('class="league-apart"') == 1


def test_who_handed_nothing_in_is_read_from_the_run_not_from_today(desk, year):
    run = year.all_the_way(0, 1)
    Assessment.objects.filter(unit=year.units[2]).update(submitted_at=LOCKS)

    rows = {one.row.unit.code: one for one in compared_rows(run, run, run)}
    assert {code: one.has_filed for code, one in rows.items()} == {"11111": True, "22222": True, "33333": False}
    absent = rows["33333"]
    assert (absent.grade, absent.since_before, absent.since_last_year) == ("", None, None)
    assert rows["11111"].since_last_year.rank == 0


def test_a_year_without_a_self_assessment_is_nothing_to_compare_with(desk, year):
    """As last year it gives no step; as the run before it does: the unit handed in between the two."""
    year.hand_in(0)
    with year.on(LOCKS):
        year.cycle = close_filing(cycle=year.cycle, actor=year.people["secretary"])
        run = year.compute()
        Assessment.objects.filter(unit=year.units[1]).update(submitted_at=LOCKS, state="under_appraisal")
        later = year.compute()

    row = {one.row.unit.code: one for one in compared_rows(later, run, run)}["22222"]
    assert row.has_filed
    assert row.since_before is not None
    assert row.since_last_year is None


def test_open_lines_are_a_warning_and_lock_the_publication(desk, year):
    year.to_appraisal()
    with year.on(LOCKS):
        run = year.compute()
        page = desk.get(reverse("run", args=[run.pk])).content.decode()

    assert "notice-wait" in page
    assert reverse("publish_run", args=[run.pk]) not in page


def publish_url(run: RankingRun) -> str:
    return reverse("publish_run", args=[run.pk])


DECISION = {"decision_number": "312/QĐ-UBND", "decision_on": "01/02/2027"}


def test_publish_by_typing_the_decision(desk, settled):
    with settled.on(EXPLAINED):
        run = settled.compute()
        form = desk.get(publish_url(run)).content.decode()
        response = desk.post(publish_url(run), DECISION)

    run.refresh_from_db()
    assert "autofocus" in form.split("actions-end")[1].split("</a>")[0]
    assert 'name="reason"' not in form
    assert (response.status_code, response.url) == (302, reverse("run", args=[run.pk]))
    assert (run.state, run.decision_number) == (RunState.PUBLISHED, "312/QĐ-UBND")


@pytest.mark.parametrize(
    "change",
    [
        {"decision_number": ""}, {"decision_number": "3\u202e12"}, {"decision_number": "x" * 61}, {"decision_on": ""},
        {"decision_on": "2/31/2027"}, {"decision_on": "01/01/2099"}, {"decision_on": "01/02/1999"},
    ],
)  # fmt: skip
def test_what_was_typed_wrong_is_kept_and_named(desk, settled, change):
    with settled.on(EXPLAINED):
        run = settled.compute()
        response = desk.post(publish_url(run), DECISION | change)

    run.refresh_from_db()
    assert response.status_code == 422
    assert run.state == RunState.COMPUTED
    ((name, typed),) = change.items()
    html = response.content.decode()
    assert f'id="id_{name}_error"' in html
    assert not typed or f'value="{typed}"' in html


def test_superseding_asks_for_the_reason(desk, published, year):
    with year.on(EXPLAINED):
        run = year.compute()
        missing = desk.post(publish_url(run), DECISION)
        done = desk.post(publish_url(run), DECISION | {"reason": "Đính chính."})

    published.refresh_from_db()
    assert (missing.status_code, done.status_code) == (422, 302)
    assert 'id="id_reason_error"' in missing.content.decode()
    assert published.state == RunState.SUPERSEDED


def test_a_stale_run_is_refused_in_the_form(desk, settled):
    with settled.on(EXPLAINED):
        run = settled.compute()
        settled.units[0].name = "Xã Tên Mới"
        settled.units[0].save()
        response = desk.post(publish_url(run), DECISION)

    assert response.status_code == 409
    assert 'value="312/QĐ-UBND"' in response.content.decode()


def test_the_second_of_two_publications_is_refused(desk, settled):
    with settled.on(EXPLAINED):
        run = settled.compute()
        codes = [desk.post(publish_url(run), DECISION).status_code for _ in range(2)]

    assert codes == [302, 409]


def test_the_draft_workbook_is_for_the_office(desk, settled, client):
    with settled.on(EXPLAINED):
        run = settled.compute()
        url = reverse("run_workbook", args=[run.pk])
        office = desk.get(url)
        client.force_login(settled.people["officer0"])
        officer = client.get(url)

    assert office["Content-Disposition"] == f'attachment; filename="ranking-commune-2026-run-{run.number}.xlsx"'
    assert officer.status_code == 404


def test_queries_of_the_list_and_of_a_run_do_not_grow(desk, published, year):
    with year.on(EXPLAINED):
        counts = []
        for _round in range(2):
            newest = RankingRun.objects.order_by("-number").first()
            for url in (RUNS, reverse("run", args=[newest.pk])):
                with CaptureQueriesContext(connection) as queries:
                    desk.get(url)
                counts.append(len(queries))
            replace_published(year)
            replace_published(year)
    assert counts[:2] == counts[2:]
    assert max(counts) <= 14
