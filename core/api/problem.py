"""The one body of every refusal, as application/problem+json: {"status", "code", "message", "fields"}.

`fields` maps a place to its sentence: a JSON pointer into the body ("/values/a"), "?name" for a parameter of the
address, or the name of a header.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, JsonResponse

from core.errors import CODES

MEDIA_TYPE = "application/problem+json"
PREFIX = "/api/"


def asks_api(request: HttpRequest) -> bool:
    """Whether a program asks: it gets a problem where a person gets a page."""
    return request.path.startswith(PREFIX)


def problem_body(code: str, message: str, fields: Mapping[str, str] | None = None) -> dict[str, Any]:
    said = {place: str(sentence) for place, sentence in (fields or {}).items()}
    return {"status": CODES[code][0], "code": code, "message": str(message), "fields": said}


def problem(code: str, message: str) -> JsonResponse:
    """For what goes wrong before a view can answer."""
    return JsonResponse(problem_body(code, message), status=CODES[code][0], content_type=MEDIA_TYPE)
