"""The two doors of this desk: the committee reads, the scoring secretary acts."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from scoring.cycles.permissions import can_run_cycle, can_see_calendar
from scoring.cycles.selectors import cycles_for
from scoring.models import Cycle

View = Callable[..., HttpResponse]


def for_committee(view: View) -> View:
    """Secretary, appraisal lead, auditor; for others the page does not exist (404)."""

    @login_required
    @wraps(view)
    def inner(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        can_see_calendar(request.user).require()
        return view(request, *args, **kwargs)

    return inner


def for_secretary(view: View) -> View:
    """As above, and who only reads is refused with the reason (403)."""

    @for_committee
    @wraps(view)
    def inner(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        can_run_cycle(request.user).require()
        return view(request, *args, **kwargs)

    return inner


def cycle_or_404(request: HttpRequest, year: int) -> Cycle:
    return get_object_or_404(cycles_for(request.user), year=year)
