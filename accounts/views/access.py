"""The two doors of this desk: who may look, and who may change."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from accounts.permissions import can_administer, can_see_people

View = Callable[..., HttpResponse]


def for_readers(view: View) -> View:
    """Administrators and auditors; for others the page does not exist (404)."""

    @login_required
    @wraps(view)
    def inner(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        can_see_people(request.user).require()
        return view(request, *args, **kwargs)

    return inner


def for_administrators(view: View) -> View:
    """As above, and who only reads is refused with the reason (403)."""

    @for_readers
    @wraps(view)
    def inner(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        can_administer(request.user).require()
        return view(request, *args, **kwargs)

    return inner
