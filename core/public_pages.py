"""Pages that anybody may read, and any cache may keep for a minute."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import conditional_page, require_safe

SECONDS = 60


def public_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """GET and HEAD; an ETag of the content; for visitors «public» for a minute (signed-in pages stay private)."""

    @require_safe
    @conditional_page
    @wraps(view)
    def answered(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if not request.user.is_authenticated:
            patch_cache_control(response, public=True, max_age=SECONDS)
        patch_vary_headers(response, ["HX-Request"])
        return response

    return answered


def render_public(request: HttpRequest, template: str, context: dict) -> HttpResponse:
    """A page without a token for visitors: it is the same for all of them, and sets no cookie."""
    if not request.user.is_authenticated:
        context = context | {"csrf_token": ""}
    return render(request, template, context)
