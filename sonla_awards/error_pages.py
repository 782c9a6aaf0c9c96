"""Pages for what goes wrong before a view can answer. They reflect nothing of the request."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from core.api.problem import asks_api, problem
from sonla_awards.navigation import bare_frame


def malformed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if asks_api(request):
        return problem("ERR-MALFORMED", _("The request cannot be read."))
    return render(request, "errors/400.html", status=400)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """allauth's limits on signing in end here."""
    return render(request, "errors/429.html", status=429)


def failed(request: HttpRequest) -> HttpResponse:
    """The page of last resort: no database, no session, hence no context processor."""
    if asks_api(request):
        return problem("ERR-FAILED", _("The product failed; nothing was done. Tell the administrator."))
    return HttpResponse(render_to_string("errors/500.html", bare_frame()), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is missing or old: sign in again in another tab, go back, send once more."""
    return render(request, "errors/403_csrf.html", status=403)
