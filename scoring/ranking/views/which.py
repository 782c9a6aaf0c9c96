"""Which run a public address means."""

from django.http import Http404, HttpRequest

from core.forms import read_query
from scoring.enums import RunState
from scoring.models import RankingRun
from scoring.ranking.forms import OldRun
from scoring.ranking.selectors import public_runs


def run_asked_for(request: HttpRequest, year: int, group: str) -> tuple[RankingRun, RankingRun | None]:
    """The run in force, or the one `?run=` names; and the run that replaced it, if one did. Http404 without any."""
    number = int(read_query(OldRun(request.GET))["run"] or 0)
    runs = list(public_runs(year, group))
    run = next((one for one in runs if one.number == number or (not number and one.state == RunState.PUBLISHED)), None)
    if run is None:
        raise Http404
    newest = next((one for one in runs if one.state == RunState.PUBLISHED), None)
    return run, newest if newest and newest.pk != run.pk else None
