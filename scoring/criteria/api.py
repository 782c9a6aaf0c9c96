"""Criteria sets: everybody reads what was published."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from core.api.serializers import PageQuery, list_of, paged
from core.api.views import Endpoint
from scoring.criteria.comparing.selectors import comparison_or_404
from scoring.criteria.comparing.serializers import ComparisonOut
from scoring.criteria.selectors import listed_sets
from scoring.criteria.serializers import SetDocumentOut, SetOut


class CriteriaSets(Endpoint):
    permission_classes = [AllowAny]
    query_class = PageQuery

    @extend_schema(
        operation_id="criteria_sets", summary="Published criteria sets, the newest first", responses=list_of(SetOut)
    )
    def get(self, request) -> Response:
        return Response(paged(listed_sets(), self.query, SetOut))


class OneCriteriaSet(Endpoint):
    permission_classes = [AllowAny]

    @extend_schema(operation_id="criteria_set", summary="One criteria set with its document", responses=SetDocumentOut)
    def get(self, request, code: str, year: int) -> Response:
        one = get_object_or_404(listed_sets().defer(None), code=code, year=year)
        return Response(SetDocumentOut(one).data)


class CriteriaSetDifference(Endpoint):
    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="criteria_set_difference",
        summary="What changed from an earlier version to this one, in words",
        responses=ComparisonOut,
    )
    def get(self, request, code: str, year: int, earlier: int) -> Response:
        compared = comparison_or_404(request.user, code, year, earlier)
        found = {"moved_dates": compared.found.moved_dates, "sections": compared.sections}
        return Response(ComparisonOut({"before": compared.before, "after": compared.after} | found).data)
