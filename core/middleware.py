"""What happens around every request, in one place each."""

from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django_htmx.http import reswap, retarget

from core.api.problem import asks_api, problem
from core.errors import DomainError


class RefuseMalformedInput:
    """NUL and broken UTF-8 are refused at the door: PostgreSQL raises on them, and no honest browser sends them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        raw = unquote(request.META.get("QUERY_STRING", ""), errors="replace")
        if "\x00" in request.path or "\x00" in raw or "\ufffd" in request.path:
            return _malformed(request)
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        # The API reads its bodies itself (core.api.parsing), and would find this one read already.
        if (
            request.method == "POST"
            and not asks_api(request)
            and any("\x00" in value for values in request.POST.lists() for value in [values[0], *values[1]])
        ):
            return _malformed(request)
        return None


def _malformed(request: HttpRequest) -> HttpResponse:
    if asks_api(request):
        return problem("ERR-MALFORMED", _("The address has a character that is not allowed."))
    return render(request, "errors/400.html", status=400)


class KeepPrivate:
    """A signed-in page stays out of every cache: laptops are shared."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and "Cache-Control" not in response:
            add_never_cache_headers(response)
        return response


class AnswerDomainErrors:
    """A refusal that no form has shown becomes a page (or a fragment) with its own status and sentence."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DomainError):
            return None
        if not request.htmx:
            return render(request, "errors/refused.html", {"error": error}, status=error.status)
        response = render(request, "errors/_refused.html", {"error": error}, status=error.status)
        # 409 and 422 would replace the form that was typed into: the sentence goes above it, the form stays.
        return reswap(retarget(response, "#messages"), "innerHTML")
