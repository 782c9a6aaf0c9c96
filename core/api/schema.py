"""How the views are described (OpenAPI): their parameters, and every refusal that they can give."""

from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema

from core.api.problem import MEDIA_TYPE
from core.api.versions import HEADER
from core.errors import CODES

PROBLEM = {
    "type": "object",
    "description": "A refusal. Programs rely on `code`; `message` is a sentence for people, in the language asked for.",
    "properties": {
        "status": {"type": "integer"},
        "code": {"type": "string", "enum": sorted(CODES)},
        "message": {"type": "string"},
        "fields": {
            "type": "object",
            "additionalProperties": {"type": "string"},
            "description": "JSON pointer into the body, ?parameter or header → sentence.",
        },
    },
    "required": ["status", "code", "message", "fields"],
    "additionalProperties": False,
}
_MEANINGS = {
    400: "The request cannot be read.",
    401: "Nobody is signed in, or the token is unknown, expired or revoked.",
    403: "The right is missing.",
    404: "There is no such thing, or it may not be seen.",
    405: "The address does not know this method.",
    409: "Done already, not possible in this state, or out of time.",
    412: "It changed since the version named by If-Match.",
    413: "The body is too large.",
    415: "The body is not application/json.",
    422: "Readable, but the meaning is wrong.",
    428: "If-Match is missing.",
    429: "Too many requests; `Retry-After` says how many seconds to wait.",
}


class Schema(AutoSchema):
    """Adds the parameters that the view reads itself."""

    def get_override_parameters(self) -> list:
        return [self.view.query_class] if self.view.query_class().fields else []


def add_refusals(result: dict[str, Any], generator: SchemaGenerator, request, public: bool) -> dict[str, Any]:
    """Every operation with the refusals that it can give."""
    result.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM
    for path, operations in result["paths"].items():
        for method, operation in operations.items():
            for status in sorted(_refusals(path, method, operation)):
                operation["responses"][str(status)] = _refusal(status)
    return result


def _refusals(path: str, method: str, operation: dict[str, Any]) -> set[int]:
    named_by_the_view = {int(status) for status in operation["responses"] if int(status) >= 400}
    statuses = {400, 401, 403, 405, 429} | named_by_the_view
    parameters = {parameter["name"] for parameter in operation.get("parameters", ())}
    if "{" in path or "page" in parameters:
        statuses |= {404}
    if method != "get":
        statuses |= {409, 413, 415, 422}
    if HEADER in parameters:
        statuses |= {412, 428}
    return statuses


def _refusal(status: int) -> dict[str, Any]:
    said = {
        "description": _MEANINGS[status],
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if status == 429:
        said["headers"] = {"Retry-After": {"required": True, "schema": {"type": "integer", "minimum": 1}}}
    return said
