"""Versions of what is changed: sent as ETag, named by If-Match, so that nobody overwrites what was not read."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from core.errors import Conflict, Malformed, VersionChanged, VersionNeeded

HEADER = "If-Match"
# A proxy that compresses an answer marks its ETag as weak; the number is the same.
_TAG = re.compile(r'(?:W/)?"([0-9]{1,9})"')
IF_MATCH = OpenApiParameter(
    HEADER,
    {"type": "string", "pattern": r'^"[0-9]{1,9}"$', "example": '"3"'},
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag of what was read. Left out: 428. Changed since: 412.",
)


def etag(version: int) -> dict[str, str]:
    return {"ETag": f'"{version}"'}


def version_named(request: Request) -> int:
    """The version that the request was made for."""
    if HEADER not in request.headers:
        sentence = _("Read it first and send its ETag as If-Match.")
        raise VersionNeeded(sentence, fields={HEADER: sentence})
    found = _TAG.fullmatch(request.headers[HEADER])
    if not found:
        sentence = _('If-Match is one ETag such as "3".')
        raise Malformed(sentence, fields={HEADER: sentence})
    return int(found.group(1))


@contextmanager
def stale_as_precondition() -> Iterator[None]:
    """A stale version is 412 here, where the request has named it; other conflicts stay 409."""
    try:
        yield
    except Conflict as error:
        if error.code != Conflict.code:
            raise
        raise VersionChanged(error.message, fields={HEADER: str(error.message)}) from error
