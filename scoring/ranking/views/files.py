"""The files of a published run, as anybody downloads them."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from core.public_pages import public_page
from scoring.models import RankingRun
from scoring.ranking.exports import bundle_files, bundle_zip, snapshot_file
from scoring.ranking.selectors import earlier_run
from scoring.ranking.views.which import run_asked_for

TYPES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class FileLink:
    name: str
    url: str
    words: str


def names_of(run: RankingRun) -> dict[str, str]:
    """Every file of a run and what it is; nothing else can be asked for."""
    tag = f"{run.group.code}-{run.cycle.year}"
    return {
        f"ranking-{tag}.xlsx": _("Table for printing (Excel)"),
        f"results-{tag}.csv": _("Results (CSV)"),
        f"ranking-{tag}.zip": _("Everything, with instructions (ZIP)"),
        f"criteria-set-{tag}.json": _("Criteria set"),
        f"values-{tag}.csv": _("Values"),
        f"groups-{tag}.csv": _("Groups and times of submission"),
        f"snapshot-{tag}.json": _("Frozen record"),
    }


def links_of(run: RankingRun, is_old: bool) -> list[FileLink]:
    query = f"?run={run.number}" if is_old else ""
    return [
        FileLink(name, reverse("ranking_file", args=[run.cycle.year, run.group.code, name]) + query, words)
        for name, words in names_of(run).items()
    ]


@public_page
def ranking_file(request: HttpRequest, year: int, group: str, name: str) -> HttpResponse:
    run, _newest = run_asked_for(request, year, group)
    if name not in names_of(run):
        raise Http404
    return download(name, _content(run, name))


def download(name: str, data: bytes) -> HttpResponse:
    response = HttpResponse(data, content_type=TYPES[name.rpartition(".")[2]])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-SHA256"] = hashlib.sha256(data).hexdigest()
    return response


def _content(run: RankingRun, name: str) -> bytes:
    if name.endswith(".xlsx"):
        return run_workbook(run)
    if name.endswith(".zip"):
        return bundle_zip(run)
    if name.startswith("snapshot-"):
        return snapshot_file(run)
    return bundle_files(run)[name]


def run_workbook(run: RankingRun) -> bytes:
    """Kept in memory: a second of work for 75 units, and the same until run or comparison change."""
    before = earlier_run(run)
    return _kept_workbook(run.pk, run.sha256, run.state, before.sha256 if before else "")


@lru_cache(maxsize=8)
def _kept_workbook(pk: int, *identity: str) -> bytes:
    from scoring.ranking.exports.workbook import workbook  # noqa: PLC0415 - loads openpyxl, 150 ms

    return workbook(RankingRun.objects.light().select_related("started_by", "criteria_set").get(pk=pk))
