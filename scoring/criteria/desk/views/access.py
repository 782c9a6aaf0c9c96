"""The doors of the builder: the committee reads every set, the scoring secretary builds."""

from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from core.doors import door
from core.errors import Malformed
from scoring.criteria.services import can_build_sets
from scoring.cycles.permissions import can_see_calendar
from scoring.enums import SetState
from scoring.models import CriteriaSet

for_readers = door(can_see_calendar)
# As above, and who only reads is refused with the reason (403).
for_builders = door(can_see_calendar, can_build_sets)


def set_or_404(pk: int) -> CriteriaSet:
    return get_object_or_404(CriteriaSet, pk=pk)


def is_open(shown: CriteriaSet, request: HttpRequest) -> bool:
    """Whether this person may change this set now."""
    return shown.state == SetState.DRAFT and bool(can_build_sets(request.user))


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: nothing unless it was sent."""
    return request.POST if request.method == "POST" else None


def version_in(request: HttpRequest) -> int:
    """The version that the posted page was made from."""
    text = request.POST.get("version", "")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Malformed(_("The page is incomplete. Load it again."))
    return int(text)


def row_url(pk: int, code: str) -> str:
    """The set's tree at the row of that code."""
    return f"{reverse('set_build', args=[pk])}#row-{code}"


def new_line_url(pk: int, under: str) -> str:
    """The form of a new criterion under that group, or beside the tree."""
    return reverse("set_line_new", args=[pk]) + (f"?{urlencode({'under': under})}" if under else "")
