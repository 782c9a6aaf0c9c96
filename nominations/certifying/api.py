"""Awards in force: everybody reads whom the decisions commend."""

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from core.api.serializers import list_of, paged
from core.api.views import Endpoint
from nominations.certifying.public_list import awards_in_force
from nominations.certifying.serializers import AwardOut, AwardQuery


class Awards(Endpoint):
    permission_classes = [AllowAny]
    query_class = AwardQuery

    @extend_schema(operation_id="awards", summary="Awards in force, the newest year first", responses=list_of(AwardOut))
    def get(self, request) -> Response:
        found = awards_in_force(year=self.query["year"], form=self.query["form"])
        return Response(paged(found, self.query, AwardOut))
