"""Cycles: the committee's calendar; for others it does not exist, as on the web pages."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.api.permissions import SignedIn
from core.api.serializers import PageQuery, list_of, paged
from core.api.views import Endpoint
from scoring.cycles.permissions import can_see_calendar
from scoring.cycles.selectors import cycles_for
from scoring.cycles.serializers import CycleOut

_GROUPS = ("groups__group", "groups__criteria_set")


class Cycles(Endpoint):
    permission_classes = [SignedIn]
    query_class = PageQuery

    @extend_schema(operation_id="cycles", summary="Yearly cycles, the newest first", responses=list_of(CycleOut))
    def get(self, request) -> Response:
        can_see_calendar(request.user).require()
        return Response(paged(cycles_for(request.user).prefetch_related(*_GROUPS), self.query, CycleOut))


class OneCycle(Endpoint):
    permission_classes = [SignedIn]

    @extend_schema(operation_id="cycle", summary="One cycle", responses=CycleOut)
    def get(self, request, year: int) -> Response:
        can_see_calendar(request.user).require()
        return Response(CycleOut(get_object_or_404(cycles_for(request.user), year=year)).data)
