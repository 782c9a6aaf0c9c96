"""A unit's score sheet as a file, as anybody downloads it."""

from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from core.downloads import MEDIA_TYPES, attachment
from core.errors import TooMany
from core.official.paper import as_file
from core.public_pages import public_page
from core.throttle import address_of, may_ask
from scoring.models import RankingRun
from scoring.ranking.reading import read_run
from scoring.ranking.score_sheet import score_sheet
from scoring.ranking.views.which import run_asked_for

MOST_A_MINUTE = 30


@public_page
def unit_sheet(request: HttpRequest, year: int, group: str, unit: str, kind: str) -> HttpResponse:
    run, newest = run_asked_for(request, year, group)
    if kind not in MEDIA_TYPES or unit not in read_run(run).results.by_unit:
        raise Http404
    if not may_ask(f"sheet:{address_of(request)}", MOST_A_MINUTE):
        raise TooMany(_("Each address may fetch 30 score sheets a minute. Wait a minute and try again."))
    old = f"-lan-{run.number}" if newest else ""
    return attachment(_made(run.pk, run.sha256, run.state, unit, kind), f"phieu-diem-{unit.lower()}-{year}{old}.{kind}")


@lru_cache(maxsize=200)
def _made(pk: int, sha256: str, state: str, unit: str, kind: str) -> bytes:
    """Kept in memory: half a second of work, and the same until the run is replaced."""
    run = RankingRun.objects.light().get(pk=pk)
    reading = read_run(run)
    return as_file(score_sheet(run, reading, reading.results.by_unit[unit]), kind)
