"""What visitors see: facts, state in the address, refusals, caching, weight."""

import dataclasses
import re
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext

from scoring import engine
from scoring.appraisal.explanations import decide_explanation, file_explanation
from scoring.enums import ExplanationAction
from scoring.models import RankingRun
from scoring.ranking.exports import bundle_files
from scoring.ranking.league import SHARED, Tie, TiedUnit, places
from scoring.ranking.league_page import _parts
from scoring.ranking.reading import Reading, read_run, summary
from scoring.ranking.snapshot import open_snapshot
from scoring.ranking.views import public
from tests.factories import year as factory
from tests.factories.people import make_unit
from tests.factories.year import LOCKS
from tests.scoring.ranking.conftest import replace_published

pytestmark = pytest.mark.django_db
LEAGUE = reverse("public_ranking", args=[2026, "commune"])
LIST = reverse("public_rankings")
TOKEN = b"csrfmiddlewaretoken"


def unit_url(code: str = "11111") -> str:
    return reverse("public_unit", args=[2026, "commune", code])


def file_url(name: str) -> str:
    return reverse("ranking_file", args=[2026, "commune", name])


def table_rows(response) -> list[list[str]]:
    """The cells of the league table as plain text."""
    body = re.search(r"<tbody>(.*)</tbody>", response.content.decode().split('class="data league', 1)[1], re.S)[1]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.S)
    return [
        [re.sub(r"<[^>]+>", " ", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)] for row in rows
    ]


def test_the_table_says_what_the_rows_say(client, published):
    response = client.get(LEAGUE)

    shown = [(row[0], row[1], row[2].replace(",", ".")) for row in table_rows(response)]
    stored = [(str(row.rank), row.unit.name, f"{row.total:.2f}") for row in published.rows.select_related("unit")]
    assert response.status_code == 200
    assert shown == stored


def test_the_list_names_what_is_published(client, published):
    assert f'href="{LEAGUE}"' in client.get(LIST).content.decode()


def test_before_the_publication_there_is_nothing_to_see(client, year):
    year.to_appraisal()
    with year.on(LOCKS):
        run = year.compute()

    assert client.get(LIST).status_code == 200
    for url in (LEAGUE, unit_url(), file_url("results-commune-2026.csv"), f"{LEAGUE}?run={run.number}"):
        assert client.get(url).status_code == 404, url


@pytest.mark.parametrize(
    "url",
    [
        "/ranking/2025/commune/", "/ranking/2026/nobody/", "/ranking/2026/commune/99999/", "/ranking/2026/commune/files/",
        "/ranking/2026/commune/files/..%2Fsettings", "/ranking/2026/commune/files/values-commune-2025.csv",
        "/ranking/99999999999999999999/commune/", "/ranking/-1/commune/", f"{LEAGUE}?run=9",
    ],
)  # fmt: skip
def test_what_is_not_there_is_404(client, published, url):
    assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "sort=foo", "sort=p.Z", "sort=--rank", "sort=change", "grade=best", "run=x", "run=0", "run=-1",
        "run=99999999999999999999", "run=１", "q=%07", f"q={'x' * 101}",
    ],
)  # fmt: skip
def test_an_unknown_filter_is_refused_in_words(client, published, query):
    response = client.get(f"{LEAGUE}?{query}")

    assert response.status_code == 400
    assert b"ERR-MALFORMED" in response.content


def test_strange_parameters_of_others_are_ignored(client, published):
    assert len(table_rows(client.get(f"{LEAGUE}?utm_source=x&fbclid=<script>"))) == 3


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{7*7}}", "' OR 1=1--", "%", "\\", "_"])
def test_hostile_searches_find_nothing_and_show_as_text(client, published, text):
    response = client.get(LEAGUE, {"q": text})

    assert response.status_code == 200
    assert b"<script>alert" not in response.content
    assert 'class="data league' not in response.content.decode()


def test_state_of_the_table_is_in_the_address(client, published):
    response = client.get(LEAGUE, {"q": "xa", "sort": "-total"})

    html = response.content.decode()
    assert [row[1] for row in table_rows(response)] == ["Xã Ngọc Chiến", "Xã Đoàn Kết"]
    assert 'aria-sort="descending"' in html
    assert "q=xa&amp;sort=total" in html


def test_htmx_gets_the_table_alone(client, published):
    response = client.get(LEAGUE, {"q": "xa"}, headers={"HX-Request": "true"})

    assert b"<html" not in response.content
    assert len(table_rows(response)) == 2
    assert "HX-Request" in response["Vary"]


def test_a_shared_rank_carries_the_sign(client, year, monkeypatch):
    monkeypatch.setitem(factory.CLAIMS, "22222", factory.CLAIMS["11111"])
    year.all_the_way()

    assert [row[0].replace(" ", "") for row in table_rows(client.get(LEAGUE))] == ["1=", "1=", "3"]


def test_units_that_handed_nothing_in_stand_apart_and_in_no_mean(client, year):
    run = year.all_the_way(0)

    rows, reading = table_rows(client.get(LEAGUE)), read_run(run)
    figures = summary(reading)
    assert [row[0].replace(" ", "") for row in rows] == ["1", "2=", "2="]
    assert [row[3].strip() == str(gettext("did not file")) for row in rows] == [False, True, True]
    assert client.get(LEAGUE).content.decode().count('class="league-apart"') == 1
    assert [place.move is None for place in places(reading, reading)] == [False, True, True]
    assert (figures.units, figures.filed, figures.ranked, figures.mean) == (3, 1, 3, reading.results.rows[0].total)
    assert sum(count for _grade, count in figures.grades) + figures.without_grade == 1
    assert str(gettext("did not file")) in client.get(unit_url("33333")).content.decode()
    assert 'class="league-apart"' not in client.get(f"{LEAGUE}?sort=-name").content.decode()


def test_many_units_of_one_rank_are_counted_not_named(client, year):
    reading = read_run(year.all_the_way())
    tied = [TiedUnit(unit.code, 2, SHARED, None, None) for unit in year.units]

    few, many = Tie(Decimal(0), (*tied,)), Tie(Decimal(0), (*tied, *tied))

    assert [list(map(len, tie.by_rank())) for tie in (few, many)] == [[3], [6]]
    assert len(list(_parts(reading, few))) == 3
    assert list(_parts(reading, many)) == [gettext("{n} units rank {rank}, shared").format(n=6, rank=2)]


def test_an_old_run_says_that_it_is_replaced(client, published, year):
    current = replace_published(year, reason="Đính chính <b>tên</b>.")

    old, new = client.get(f"{LEAGUE}?run={published.number}"), client.get(LEAGUE)
    assert [b'id="superseded"' in response.content for response in (old, new)] == [True, False]
    assert b"&lt;b&gt;t" in old.content
    assert published.sha256.encode() in old.content
    assert current.sha256.encode() in new.content
    assert f"{unit_url()}?run={published.number}".removeprefix(LEAGUE).encode() in old.content
    assert b'id="superseded"' in client.get(f"{unit_url()}?run={published.number}").content


def test_the_unit_page_shows_every_line_with_its_sentence(client, published):
    html = client.get(unit_url()).content.decode()

    assert all(f'id="{line.code}"' in html for line in published.criteria_set.definition.lines)
    assert html.count('class="trace"') == 9 + 2
    assert '<dd class="key-figure" id="unit-total">9,50</dd>' in html
    assert "Theo dõi năm" in html
    assert 'id="rescaled"' not in html


def test_the_unit_page_shows_raw_and_adjusted_points(client, year):
    from scoring.appraisal.services import grant_not_applicable  # noqa: PLC0415 - only this test grants it

    year.to_appraisal()
    with year.on(LOCKS):
        line = year.answer("B.2", 1)
        grant_not_applicable(
            answer=line, reason="Không có <đối tượng>", version=line.version, actor=year.people["appraiser"]
        )
    year.appraise().to_explanation()
    year.publish()

    html = client.get(unit_url("22222")).content.decode()
    rescaled = re.search(r'<p id="rescaled">(.*?)</p>', html, re.S)[1]
    assert all(figure in rescaled for figure in ("5,25", "8,00", "6,56", "10", "B.2"))
    assert "Không có &lt;đối tượng&gt;" in html


def test_names_are_those_of_the_day_of_the_run(client, published, year):
    year.units[0].name = year.units[0].short_name = "Xã Tên Mới"
    year.units[0].save()

    assert "Xã Tên Mới" not in client.get(LEAGUE).content.decode()
    assert "Xã Ngọc Chiến" in client.get(unit_url()).content.decode()


@pytest.mark.parametrize(
    "name",
    [
        "criteria-set-commune-2026.json",
        "values-commune-2026.csv",
        "groups-commune-2026.csv",
        "results-commune-2026.csv",
    ],
)
def test_files_are_those_of_the_bundle(client, published, name):
    response = client.get(file_url(name))

    assert response.content == bundle_files(published)[name]
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("ranking-commune-2026.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("ranking-commune-2026.zip", "application/zip"),
        ("snapshot-commune-2026.json", "application/json"),
    ],
)
def test_workbook_archive_and_record_are_downloads(client, published, name, kind):
    response = client.get(file_url(name))

    assert (response.status_code, response["Content-Type"]) == (200, kind)


def test_visitors_share_one_copy_without_cookie_or_token(client, published):
    for url in (LIST, LEAGUE, unit_url(), file_url("results-commune-2026.csv")):
        response = client.get(url)
        again = Client().get(url, headers={"If-None-Match": response["ETag"]})
        assert (response["Cache-Control"], again.status_code) == ("public, max-age=60", 304), url
        assert (len(response.cookies), TOKEN in response.content) == (0, False), url


def test_whoever_is_signed_in_gets_a_private_page(client, published, year):
    client.force_login(year.people["officer0"])

    response = client.get(LEAGUE)
    assert "private" in response["Cache-Control"]
    assert TOKEN in response.content


def test_visitors_switch_the_language_without_a_token(published):
    client = Client(enforce_csrf_checks=True)

    response = client.post(reverse("set_language"), {"language": "en", "next": LEAGUE})
    assert response.status_code == 302
    assert '<html lang="en">' in client.get(LEAGUE).content.decode()


def test_the_table_says_how_many_lines_were_contested_and_changed(client, explaining):
    for code, action in (("B.1", ExplanationAction.UPHOLD), ("B.3", ExplanationAction.REJECT)):
        explanation = file_explanation(answer=explaining.answer(code), grounds="Đã gửi.", actor=explaining.head())
        decide_explanation(
            explanation=explanation, action=action, raw={}, reason="Đủ căn cứ.", actor=explaining.people["appraiser2"]
        )
    explaining.publish()

    counts = client.get(LEAGUE).context["contests"]

    assert (counts.lines, counts.units, counts.changed) == (2, 1, 1)


@pytest.mark.parametrize("url", [LIST, LEAGUE, unit_url(), file_url("results-commune-2026.csv")])
def test_pages_are_read_only(client, published, url):
    assert client.post(url).status_code == 405


@pytest.mark.parametrize(("url", "most"), [(LIST, 5), (LEAGUE, 6), (unit_url(), 5)])
def test_queries_do_not_grow_with_the_units(client, year, monkeypatch, url, most):
    """Nothing is asked per row: one unit more, the same number of queries; the table also counts the explanations."""
    published = year.all_the_way()
    counts = []
    for _units in (3, 5):
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(url)
        counts.append(len(queries))
        if _units == 3:
            _more_units(published, year)
    assert counts[0] == counts[1] <= most


def _more_units(run: RankingRun, year) -> None:
    """A later run of the same cycle, with two units more in the snapshot."""
    from scoring.models import Assessment  # noqa: PLC0415 - only this helper makes forms by hand

    for code in ("44444", "55555"):
        unit = make_unit(code, f"Xã Thêm {code}", group=year.group)
        Assessment.objects.create(
            cycle=year.cycle, unit=unit, group=year.group, criteria_set=year.criteria_set, state="settled"
        )
    replace_published(year)


def test_a_league_of_75_units_stays_below_120_kb(client, published, monkeypatch):
    """The shipped set with its eight pillars, every column shown, the longest names there are."""
    definition = engine.load_set((settings.ROOT / "data/criteria/dti-commune.json").read_bytes())
    names = {"short_name": "Chiềng Khương Khoa", "name": "Phường Chiềng Khương Khoa", "name_en": "", "name_sort": "x"}
    units = {
        f"{code:05}": names
        | {"kind": "ward" if code % 2 else "commune", "former_district": f"Huyện {code % 12}", "on_time": True}
        for code in range(75)
    }
    groups = {code: engine.GroupEntry("commune", "") for code in units}
    opened = dataclasses.replace(
        open_snapshot(published.snapshot),
        criteria_set=definition,
        values={},
        groups=groups,
        units=units,
        notes={code: {} for code in units},
    )
    monkeypatch.setattr(public, "read_run", lambda run: Reading(opened, opened.recompute()))
    monkeypatch.setattr(public, "earlier_run", lambda run: run)

    response = client.get(LEAGUE)

    assert len(table_rows(response)) == 75
    assert len(table_rows(response)[0]) == 14
    assert len(response.content) < 120_000
