"""Units and groups: for everybody with an account, as on the web page."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from accounts.models import Unit, UnitGroup
from accounts.selectors import units
from accounts.serializers import GroupOut, UnitOut, UnitQuery
from core.api.permissions import SignedIn
from core.api.serializers import PageQuery, list_of, paged
from core.api.views import Endpoint
from core.cleaning import clean_text


class Groups(Endpoint):
    permission_classes = [SignedIn]
    query_class = PageQuery

    @extend_schema(
        operation_id="groups", summary="Groups of units that are ranked together", responses=list_of(GroupOut)
    )
    def get(self, request) -> Response:
        return Response(paged(UnitGroup.objects.all(), self.query, GroupOut))


class Units(Endpoint):
    permission_classes = [SignedIn]
    query_class = UnitQuery

    @extend_schema(operation_id="units", summary="Units that take part", responses=list_of(UnitOut))
    def get(self, request) -> Response:
        asked = {name: self.query[name] for name in ("kind", "group", "certainty")}
        found = units(q=clean_text(self.query["q"], limit=100), **asked)
        return Response(paged(found, self.query, UnitOut))


class OneUnit(Endpoint):
    permission_classes = [SignedIn]

    @extend_schema(operation_id="unit", summary="One unit", responses=UnitOut)
    def get(self, request, code: str) -> Response:
        return Response(UnitOut(get_object_or_404(Unit.objects.select_related("group"), code=code)).data)
