"""JSON as it is read here: small, flat, UTF-8, every key once, no NaN. What is unclear is refused, never guessed."""

import json
import re
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.parsers import BaseParser

from core.api.refusals import pointer_step
from core.errors import Malformed, TooLarge

MAX_BYTES = 256 * 1024
MAX_DEPTH = 12
# No number of the API is longer; longer ones are a way to keep a server busy. Points travel as text.
MAX_DIGITS = 18
# PostgreSQL keeps no NUL; a lone surrogate is no text at all.
_IMPOSSIBLE = re.compile("[\x00\ud800-\udfff]")


class StrictJSON(BaseParser):
    media_type = "application/json"

    def parse(self, stream, media_type=None, parser_context=None) -> Any:
        data = stream.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise TooLarge(_("The body is larger than {n} kB.").format(n=MAX_BYTES // 1024))
        try:
            value = json.loads(
                data.decode("utf-8"),
                object_pairs_hook=_object,
                parse_constant=_no_constant,
                parse_int=_number,
                parse_float=_number,
            )
        except (ValueError, RecursionError) as error:  # JSONDecodeError and UnicodeDecodeError are ValueErrors
            raise Malformed(_("The body is not JSON (UTF-8, without a byte order mark).")) from error
        _check(value, "", 0)
        return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Malformed(_("The key “{name}” stands twice.").format(name=_IMPOSSIBLE.sub("", twice)[:80]))
    return read


def _no_constant(text: str) -> None:
    raise Malformed(_("{text} is no JSON number.").format(text=text))


def _number(text: str) -> int | float:
    if len(text) > MAX_DIGITS:
        raise Malformed(_("A number has more than {n} digits.").format(n=MAX_DIGITS))
    return float(text) if {".", "e", "E"} & set(text) else int(text)


def _check(value: Any, pointer: str, depth: int) -> None:
    """Depth and characters, also of keys; the parser itself stops far deeper, by its own limit."""
    if depth > MAX_DEPTH:
        raise Malformed(_("The body is nested deeper than {n} levels.").format(n=MAX_DEPTH))
    if isinstance(value, str) and (found := _IMPOSSIBLE.search(value)):
        sentence = _("The text has a character that is not allowed at position {position}.").format(
            position=found.start() + 1
        )
        raise Malformed(sentence, code="ERR-CHARACTER", fields={pointer: sentence})
    if isinstance(value, dict):
        for name, inner in value.items():
            _check(name, pointer, depth)
            _check(inner, f"{pointer}/{pointer_step(name)}", depth + 1)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            _check(inner, f"{pointer}/{index}", depth + 1)
