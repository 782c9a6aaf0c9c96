"""Whose pages these are."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from core.errors import NotAllowed
from core.verdict import Verdict
from scoring.appraisal.permissions import DESK


def require_right(verdict: Verdict) -> None:
    """Refuse at once what the person may never do here; a wrong state is for the service, and is shown in the form."""
    if not verdict and verdict.error is NotAllowed:
        verdict.require()


def desk_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For the committee, the secretary and the auditor; to everybody else the page is not there (404)."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.has_role(*DESK):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
