"""The frame of every page: who is signed in, what the header links to, whether the data are a sample."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class NavItem:
    label: str
    url: str
    current: bool


def page_frame(request: HttpRequest) -> dict:
    """Context of `base.html`. Costs no query for a visitor."""
    links = _links(request)
    return {
        "nav_items": [
            NavItem(label, url, request.path.startswith(url) if url != "/" else request.path == "/")
            for label, url in links
        ],
        "is_sample": settings.CLOCK_MAY_BE_SET,
    }


def _links(request: HttpRequest) -> list[tuple[str, str]]:
    return [(_("Home"), reverse("home"))]
