"""The door of a desk: signed in, and let in by one predicate of its permissions, before a page looks at anything."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from core.verdict import Verdict

View = Callable[..., HttpResponse]


def door(*may_enter: Callable[..., Verdict]) -> Callable[[View], View]:
    """The first predicate that says no to the person decides the refusal: 404 where the desk is not theirs to know."""

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def inner(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            for may in may_enter:
                may(request.user).require()
            return view(request, *args, **kwargs)

        return inner

    return decorate
