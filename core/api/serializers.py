"""Strict reading of bodies and addresses, and the fields that answers are made of."""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from core.api.refusals import pointer_step
from core.errors import Malformed
from core.fields import plain
from core.paging import PER_PAGE, page_of

MOST_PER_PAGE = 100
_WHOLE = re.compile(r"0|[1-9][0-9]{0,8}")
# By DRF's code of the fault.
_SENTENCES = {
    "required": gettext_lazy("This value is missing."),
    "null": gettext_lazy("This value must not be null."),
    "unknown": gettext_lazy("There is no such key here."),
    "unknown_parameter": gettext_lazy("There is no such parameter here."),
    "repeated": gettext_lazy("The parameter stands twice."),
    "max_length": gettext_lazy("The text is too long."),
    "invalid_choice": gettext_lazy("This is none of the values offered."),
}


class Strict(serializers.Serializer):
    """Unknown keys are refused by name; nothing is turned from one type into another."""

    unknown_code = "unknown"

    def to_internal_value(self, data):
        unknown = sorted(set(data) - set(self.fields)) if isinstance(data, Mapping) else []
        faults = {name: [serializers.ErrorDetail("", code=self.unknown_code)] for name in unknown}
        try:
            values = super().to_internal_value(data)
        except serializers.ValidationError as error:
            raise serializers.ValidationError(faults | error.detail) from error
        if faults:
            raise serializers.ValidationError(faults)
        return values


class Query(Strict):
    """The parameters of an address; none, unless a subclass offers some."""

    unknown_code = "unknown_parameter"


class Nothing(Strict):
    """The body of an act that needs none: left out, or {}."""


class TextIn(serializers.CharField):
    """JSON text, kept as it was sent; cleaning is the service's."""

    def __init__(self, **kwargs):
        super().__init__(**({"allow_blank": True, "trim_whitespace": False} | kwargs))

    def to_internal_value(self, data):
        if not isinstance(data, str):
            self.fail("invalid")
        return data


class FlagIn(serializers.BooleanField):
    """true or false; "true", 1 and "on" are something else."""

    def to_internal_value(self, data):
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class WholeIn(serializers.IntegerField):
    """A whole number in the address, in plain digits."""

    def to_internal_value(self, data):
        if not _WHOLE.fullmatch(str(data)):
            self.fail("invalid")
        return int(data)


class PageQuery(Query):
    page = WholeIn(min_value=1, max_value=999_999, default=1)
    page_size = WholeIn(min_value=1, max_value=MOST_PER_PAGE, default=PER_PAGE)


@extend_schema_field({"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$", "example": "87.25"})
class Points(serializers.Field):
    """Exact points as text; a number would become a binary fraction on the way."""

    def to_representation(self, value: Any) -> str:
        return plain(Decimal(value))


def read_body(request: Request, kind: type[Strict]) -> dict[str, Any]:
    """What was sent, or Malformed with a JSON pointer for every fault."""
    reading = kind(data=request.data)
    if not reading.is_valid():
        faults = dict(_pointed(reading.errors))
        raise Malformed(_("The body does not fit: see “fields”."), fields=faults)
    return reading.validated_data


def read_query(request: Request, kind: type[Query]) -> dict[str, Any]:
    """The parameters of the address, or Malformed naming each that is unknown, repeated or unreadable."""
    given = request.query_params
    faults = {f"?{name[:80]}": _SENTENCES["repeated"] for name, values in given.lists() if len(values) > 1}
    reading = kind(data=given.dict())
    if not reading.is_valid():
        faults |= {f"?{place.removeprefix('/')}": sentence for place, sentence in _pointed(reading.errors)}
    if faults:
        names = ", ".join(place.removeprefix("?") for place in faults)
        raise Malformed(
            _("The address asks for something that does not exist: {names}.").format(names=names), fields=faults
        )
    return reading.validated_data


def refuse_unknown(given: Mapping[str, Any], known: Iterable[str], at: str) -> None:
    """Malformed for keys of an inner object that only the service can know."""
    if unknown := sorted(set(given) - set(known)):
        faults = {f"{at}/{pointer_step(name)}": str(_SENTENCES["unknown"]) for name in unknown}
        raise Malformed(_("The body does not fit: see “fields”."), fields=faults)


def _pointed(errors: Any, pointer: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(errors, Mapping):
        for name, inner in errors.items():
            step = "" if name == "non_field_errors" else f"/{pointer_step(name)}"
            yield from _pointed(inner, pointer + step)
    elif errors:
        yield pointer, _SENTENCES.get(errors[0].code) or _("This value has the wrong form.")


@cache
def list_of(row: type[serializers.Serializer]) -> type[serializers.Serializer]:
    """The envelope of a list, for the description."""
    fields = {
        "count": serializers.IntegerField(help_text="How many there are on all pages."),
        "page": serializers.IntegerField(),
        "page_size": serializers.IntegerField(),
        "results": row(many=True),
    }
    return type(f"{row.__name__}List", (serializers.Serializer,), fields)


def paged(rows, query: dict[str, Any], row: type[serializers.Serializer], **more: Any) -> dict[str, Any]:
    """One page of `rows` under the envelope; `more` goes to the serializer."""
    page = page_of(rows, str(query["page"]), per_page=query["page_size"])
    return {
        "count": page.paginator.count,
        "page": page.number,
        "page_size": query["page_size"],
        "results": row(page.object_list, many=True, **more).data,
    }
