"""A temporary password opens one page only: the one to choose an own password."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from core.api.problem import asks_api

ALWAYS_OPEN = {"account_change_password", "account_logout", "set_language"}


class OwnPasswordFirst:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        user = request.user
        # A program is told so by its own sign-in (accounts.authentication), not sent to a page.
        is_open = asks_api(request) or request.resolver_match.url_name in ALWAYS_OPEN
        if user.is_authenticated and user.must_change_password and not is_open:
            return redirect("account_change_password")
        return None
