"""The home page: what waits, until when, where to click."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render


def home(request: HttpRequest) -> HttpResponse:
    """A visitor is shown to the sign-in page, which also leads to everything public."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    return render(request, "home.html")
