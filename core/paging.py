"""One page of a list, as the address asks for it."""

import re
from collections.abc import Sequence

from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.errors import Malformed, NotFound

PER_PAGE = 50


def page_of(rows: QuerySet | Sequence, asked: str | None, *, per_page: int = PER_PAGE) -> Page:
    """Page `asked` (text of `?page=`; none is 1). Malformed for what is no page number, NotFound behind the last."""
    if not re.fullmatch(r"[1-9][0-9]{0,5}", asked or "1"):
        raise Malformed(_("The address asks for something that does not exist: {names}.").format(names="page"))
    try:
        return Paginator(rows, per_page).page(int(asked or 1))
    except EmptyPage as error:
        raise NotFound(_("The list has fewer pages.")) from error


def without(query, name: str) -> str:
    """The address of the same list with one filter taken away, on its first page. `query` is `request.GET`."""
    rest = query.copy()
    for key in (name, "page"):
        rest.pop(key, None)
    return f"?{rest.urlencode()}"
