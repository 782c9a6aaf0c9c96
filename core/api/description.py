"""The description of the API, drawn from the views themselves."""

from functools import cache
from typing import Any

from django.utils.translation import override
from drf_spectacular.generators import SchemaGenerator
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from core.api.views import Endpoint


class SchemaView(Endpoint):
    """GET /api/v1/schema/"""

    permission_classes = [AllowAny]
    schema = None

    def get(self, request) -> Response:
        return Response(description())


@cache
def description() -> dict[str, Any]:
    """Made once; in English, as the rest of what developers read."""
    with override("en"):
        return SchemaGenerator(api_version="v1").get_schema(public=True)
