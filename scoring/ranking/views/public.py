"""What everybody reads: the years, the league table, one unit line by line. All of it from the snapshots."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.districts import district_label
from core.forms import read_query
from core.public_pages import public_page, render_public
from scoring.criteria.continuity import earlier_codes
from scoring.models import RankingRun
from scoring.ranking.forms import LeagueFilter
from scoring.ranking.league import place_of, places
from scoring.ranking.league_page import bands, heads, tie_notes
from scoring.ranking.reading import Reading, read_run, summary
from scoring.ranking.selectors import contest_counts, earlier_run, published_list
from scoring.ranking.table import grade_levels, in_order, lines, narrowed
from scoring.ranking.unit_page import YearBefore, unit_page
from scoring.ranking.views.files import links_of
from scoring.ranking.views.which import run_asked_for


@public_page
def rankings(request: HttpRequest) -> HttpResponse:
    years = [(year, list(runs)) for year, runs in groupby(published_list(), key=lambda run: run.cycle.year)]
    return render_public(request, "ranking/rankings.html", {"years": years})


@public_page
def league(request: HttpRequest, year: int, group: str) -> HttpResponse:
    run, newest = run_asked_for(request, year, group)
    before = earlier_run(run)
    reading, earlier = read_run(run), read_run(before) if before else None
    form = LeagueFilter(request.GET, reading=reading, with_moves=bool(earlier))
    chosen = read_query(form)
    with_points = bool(earlier) and earlier.maximum == reading.maximum
    shown = in_order(narrowed(places(reading, earlier), chosen), chosen["sort"])
    context = {
        "run": run, "newest": newest, "reading": reading, "form": form, "lines": lines(reading, shown),
        "count": len(shown), "summary": summary(reading), "columns": heads(reading), "before": before,
        "with_points": with_points, "span": 4 + len(reading.columns) + bool(before) + with_points,
        "old": f"?run={run.number}" if newest else "", "active": _active(request, form),
    }  # fmt: skip
    if request.htmx:
        return render_public(request, "ranking/_league.html", context)
    context |= _around(reading, run, newest)
    return render_public(request, "ranking/league.html", context)


def _around(reading: Reading, run: RankingRun, newest: RankingRun | None) -> dict:
    """What stands above and below the table: other groups and years, grades, files, notes."""
    others = list(published_list())
    return {
        "tabs": [one for one in others if one.cycle_id == run.cycle_id],
        "years": [one for one in others if one.group_id == run.group_id],
        "bands": bands(reading),
        "ties": tie_notes(reading),
        "contests": contest_counts(run),
        "links": links_of(run, bool(newest)),
        "newest_url": reverse("public_ranking", args=[run.cycle.year, run.group.code]),
    }


def _active(request: HttpRequest, form: LeagueFilter) -> list[dict[str, str]]:
    """The filters in force, each with the address that leaves it out."""
    active = []
    for name in ("q", "kind", "district", "grade"):
        value = form.cleaned_data.get(name)
        if not value:
            continue
        query = request.GET.copy()
        del query[name]
        label = f"“{value}”" if name == "q" else dict(form.fields[name].choices)[value]
        active.append({"label": label, "url": f"?{query.urlencode()}"})
    return active


@public_page
def unit(request: HttpRequest, year: int, group: str, unit: str) -> HttpResponse:
    run, newest = run_asked_for(request, year, group)
    before = earlier_run(run)
    reading, earlier = read_run(run), read_run(before) if before else None
    row = reading.results.by_unit.get(unit)
    if row is None:
        raise Http404
    old = f"?run={run.number}" if newest else ""
    year_before = YearBefore(earlier, unit, earlier_codes(run.criteria_set, before.criteria_set_id)) if before else None
    context = {
        "run": run, "newest": newest, "newest_url": _unit_url(newest, unit) if newest else "", "reading": reading,
        "place": place_of(reading, row, earlier), "page": unit_page(reading, row, year_before), "before": before, "old": old,
        "summary": summary(reading), "name": reading.name(unit), "level": grade_levels(reading).get(row.grade, 0),
        "title": _("{unit}, ranking {year}").format(unit=reading.name(unit), year=year),
        "district": district_label(reading.opened.units[unit]["former_district"]),
        "zip_name": f"ranking-{run.group.code}-{year}.zip",
    }  # fmt: skip
    return render_public(request, "ranking/unit.html", context)


def _unit_url(run: RankingRun, unit: str) -> str:
    return reverse("public_unit", args=[run.cycle.year, run.group.code, unit])
