"""Every exception of an API view as a problem (see `core.api.problem`)."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response

from core.api.problem import MEDIA_TYPE, problem_body
from core.errors import DomainError


def answer(error: Exception, context: dict) -> Response | None:
    """DRF's exception handler. None for what nobody foresaw: that is a failure of ours."""
    body = _body_of(error)
    if body is None:
        return None
    return Response(body, status=body["status"], headers=_headers_of(error), content_type=MEDIA_TYPE)


def _body_of(error: Exception) -> dict | None:
    if isinstance(error, DomainError):
        return problem_body(error.code, error.message, error.fields)
    for kinds, code, sentence in _SAID:
        if isinstance(error, kinds):
            return problem_body(code, sentence(error))
    return None


_SAID = [
    (Http404, "ERR-NOT-FOUND", lambda error: _("There is no such thing, or you may not see it.")),
    (exceptions.AuthenticationFailed, "ERR-SIGN-IN", lambda error: error.detail),
    (exceptions.NotAuthenticated, "ERR-SIGN-IN", lambda error: _("Sign in, or send a token.")),
    (exceptions.PermissionDenied, "ERR-NOT-ALLOWED", lambda error: error.detail),
    (PermissionDenied, "ERR-NOT-ALLOWED", lambda error: _("You may not do this.")),
    (exceptions.MethodNotAllowed, "ERR-METHOD", lambda error: _("This address does not know the method.")),
    (exceptions.UnsupportedMediaType, "ERR-MEDIA-TYPE", lambda error: _("Send the body as application/json.")),
    (
        exceptions.Throttled,
        "ERR-TOO-MANY",
        lambda error: _("Too many requests. Ask again in {n} seconds.").format(n=error.wait),
    ),
]


def _headers_of(error: Exception) -> dict[str, str]:
    headers = {}
    if auth := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = auth
    if isinstance(error, exceptions.Throttled):
        headers["Retry-After"] = str(error.wait)
    return headers


@contextmanager
def fields_at(place: str) -> Iterator[None]:
    """Refusals raised inside name their fields by JSON pointers below `place`."""
    try:
        yield
    except DomainError as error:
        error.fields = {f"{place}/{pointer_step(name)}": sentence for name, sentence in error.fields.items()}
        raise


def pointer_step(name: str | int) -> str:
    """One step of a JSON pointer (RFC 6901), cut to what a reader needs."""
    return str(name)[:80].replace("~", "~0").replace("/", "~1")
