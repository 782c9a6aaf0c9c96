"""The ground of every API view: known methods and parameters only, a limit a minute, one kind of answer."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from rest_framework.exceptions import APIException, Throttled
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.serializers import Query, read_query
from core.errors import DomainError
from core.throttle import address_of, may_ask, seconds_to_wait

# Ids above this overflow SQLite's integers; there is no such row.
_LARGEST_ID = 2**63 - 1


class AlwaysJSON(DefaultContentNegotiation):
    """There is one kind of answer, whatever the Accept header says."""

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type


class Endpoint(APIView):
    """A subclass states `permission_classes`; `query_class` are the parameters it knows, read into `self.query`."""

    content_negotiation_class = AlwaysJSON
    http_method_names = ["get", "head", "post", "put"]
    query_class: type[Query] = Query
    query: dict[str, Any]

    def initial(self, request: Request, *args, **kwargs) -> None:
        super().initial(request, *args, **kwargs)
        self.query = read_query(request, self.query_class)
        for value in kwargs.values():
            if isinstance(value, int) and value > _LARGEST_ID:
                raise Http404

    def perform_authentication(self, request: Request) -> None:
        """Who asks, counted before anything is looked up for them: by token, by person, else by address."""
        try:
            user = request.user
        except (APIException, DomainError):
            self._count(f"address:{address_of(request)}", settings.API_ANONYMOUS_A_MINUTE)
            raise
        if request.auth is not None:
            self._count(f"token:{request.auth.pk}", settings.API_SIGNED_IN_A_MINUTE)
        elif user.is_authenticated:
            self._count(f"user:{user.pk}", settings.API_SIGNED_IN_A_MINUTE)
        else:
            self._count(f"address:{address_of(request)}", settings.API_ANONYMOUS_A_MINUTE)

    def _count(self, who: str, most: int) -> None:
        if not may_ask(f"api:{who}", most):
            raise Throttled(wait=seconds_to_wait())


class NoSuchAddress(Endpoint):
    """Whatever else is asked below /api/."""

    permission_classes = [AllowAny]
    schema = None

    def get(self, request: HttpRequest, **kwargs) -> Response:
        raise Http404

    post = put = get
