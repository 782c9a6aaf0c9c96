"""The two doors of this desk: who may look, and who may change."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import can_administer, can_read_trail, can_see_people

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


def tabs(user: User, current: str) -> list[dict]:
    """The lists of this desk that the person may open; `current` is the name of the address shown."""
    offered = [
        ("people", _("Accounts"), can_see_people(user)),
        ("units", _("Units"), True),
        ("audit_trail", _("Audit trail"), can_read_trail(user)),
    ]
    return [{"label": label, "url": reverse(name), "current": name == current} for name, label, may in offered if may]
