"""The form without the network: the service worker, what it may keep, and whose typing a request brings."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from core import clock
from core.errors import NotAllowed
from core.verdict import Verdict

TYPED_BY, KEEP_FOR, REFUSED = "X-Typed-By", "X-Keep-For", "X-Refused"
OTHER_PERSON = "other-person"


@cache_control(no_cache=True, public=True)
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker; its address decides that it governs this desk only. The same for everybody."""
    return render(request, "filing/worker.js", content_type="text/javascript; charset=utf-8")


@never_cache
@login_required
@require_safe
def server_clock(request: HttpRequest) -> JsonResponse:
    """The database's time in milliseconds: a countdown asks for it when a machine has slept."""
    return JsonResponse({"now": int(clock.now().timestamp() * 1000)})


def kept_for(response: HttpResponse, user: User, can_edit: Verdict) -> HttpResponse:
    """Let the browser keep the page for whoever files with it. Who only reads has no need of a copy without the network."""
    if can_edit:
        response[KEEP_FOR] = str(user.pk)
    return response


def only_what_this_person_typed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse a script's request whose text was typed by another account: on a shared machine the session may have changed.

    An ordinary form needs no header: its token is from the session in which it was shown.
    """

    @wraps(view)
    def checked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        own = str(request.user.pk)
        if request.headers.get(TYPED_BY, own) == own:
            return view(request, *args, **kwargs)
        error = NotAllowed(_("This was typed by somebody else on this machine. It is kept for that person."))
        response = render(request, "errors/_refused.html", {"error": error}, status=error.status)
        response[REFUSED] = OTHER_PERSON
        return response

    return checked
