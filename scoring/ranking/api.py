"""Published rankings: everybody reads them, with the trace of every hundredth of a point."""

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from core.api.serializers import PageQuery, list_of, paged
from core.api.views import Endpoint
from scoring.enums import RunState
from scoring.models import RankingRun
from scoring.ranking.league import place_of, places
from scoring.ranking.reading import read_run
from scoring.ranking.selectors import public_runs, published_list
from scoring.ranking.serializers import PlaceOut, PlaceTraceOut, RankingOut, RowsQuery, RunQuery, trace_of

# Where the frozen record does not prove itself it is not shown (see `scoring.ranking.reading`).
_UNPROVED = {409: None}


def _run(year: int, group: str, number: int) -> RankingRun:
    """The run in force, or the one asked for by number; Http404 without any."""
    for run in public_runs(year, group):
        if run.number == number or (not number and run.state == RunState.PUBLISHED):
            return run
    raise Http404


class Rankings(Endpoint):
    permission_classes = [AllowAny]
    query_class = PageQuery

    @extend_schema(
        operation_id="rankings", summary="Rankings in force, the newest first", responses=list_of(RankingOut)
    )
    def get(self, request) -> Response:
        return Response(paged(published_list(), self.query, RankingOut))


class OneRanking(Endpoint):
    permission_classes = [AllowAny]
    query_class = RunQuery

    @extend_schema(operation_id="ranking", summary="One ranking", responses=RankingOut)
    def get(self, request, year: int, group: str) -> Response:
        return Response(RankingOut(_run(year, group, self.query["run"])).data)


class RankingRows(Endpoint):
    permission_classes = [AllowAny]
    query_class = RowsQuery

    @extend_schema(
        operation_id="ranking_rows",
        summary="Its units in the order of rank, unranked last",
        responses={200: list_of(PlaceOut)} | _UNPROVED,
    )
    def get(self, request, year: int, group: str) -> Response:
        reading = read_run(_run(year, group, self.query["run"]))
        return Response(paged(places(reading), self.query, PlaceOut, context={"reading": reading}))


class RankingRow(Endpoint):
    permission_classes = [AllowAny]
    query_class = RunQuery

    @extend_schema(
        operation_id="ranking_row",
        summary="One unit with the trace of its lines",
        responses={200: PlaceTraceOut} | _UNPROVED,
    )
    def get(self, request, year: int, group: str, unit: str) -> Response:
        reading = read_run(_run(year, group, self.query["run"]))
        row = reading.results.by_unit.get(unit)
        if row is None:
            raise Http404
        place = PlaceOut(place_of(reading, row, None), context={"reading": reading}).data
        trace = PlaceTraceOut().fields
        more = {name: trace[name].to_representation(value) for name, value in trace_of(reading, row).items()}
        return Response(place | more)
