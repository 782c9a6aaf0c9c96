"""What an administrator does to an account: a new password, closed, open again. Each asks before it acts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.selectors import sign_in_of
from accounts.services import password_stamp, reset_password, set_active
from accounts.views.access import for_administrators
from accounts.views.people import shown_once
from core import clock


@for_administrators
def person_password(request: HttpRequest, pk: int) -> HttpResponse:
    """The form sent twice gives no second password: it carries the stamp of the state it was made in."""
    shown = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    if request.method == "POST":
        password = reset_password(user=shown, actor=request.user, stamp=request.POST.get("stamp", ""))
        shown.refresh_from_db()
        return shown_once(request, shown, password)
    context = {"person": shown, "stamp": password_stamp(shown), "sign_in": sign_in_of(shown, clock.now())}
    return render(request, "accounts/person_password.html", context)


@for_administrators
def person_close(request: HttpRequest, pk: int) -> HttpResponse:
    return _ask(request, pk, active=False)


@for_administrators
def person_open(request: HttpRequest, pk: int) -> HttpResponse:
    return _ask(request, pk, active=True)


def _ask(request: HttpRequest, pk: int, *, active: bool) -> HttpResponse:
    shown = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    if request.method == "POST":
        set_active(user=shown, active=active, actor=request.user)
        messages.success(request, _("The account is open.") if active else _("The account is closed and signed out."))
        return redirect("person", pk=pk)
    return render(request, "accounts/person_active.html", {"person": shown, "opens": active})
