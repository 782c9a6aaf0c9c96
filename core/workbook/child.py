"""The process behind `guard`: limits itself, reads one workbook from its standard input, writes the sheets as JSON.

Started without the product's settings: it needs neither database nor secrets, and a hostile file finds none.
"""

import json
import resource
import sys
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Any

MOST_BYTES = 32 * 1024 * 1024  # of the answer
# What a cell may hold beside what JSON knows, by the mark under which it travels.
_KINDS = {"datetime": datetime, "date": date, "time": time}


def to_json(value: Any) -> dict[str, str | float]:
    for mark, kind in _KINDS.items():  # a datetime is a date too, so it comes first
        if isinstance(value, kind):
            return {mark: value.isoformat()}
    if isinstance(value, timedelta):
        return {"seconds": value.total_seconds()}
    raise TypeError(type(value).__name__)


def from_json(found: dict) -> Any:
    if len(found) == 1:
        ((mark, text),) = found.items()
        if mark in _KINDS:
            return _KINDS[mark].fromisoformat(text)
        if mark == "seconds":
            return timedelta(seconds=text)
    return found


def main() -> int:
    """0 with an answer; 1 where memory did not suffice (killed by a signal where time or the reader's own memory did)."""
    order = json.loads(sys.stdin.buffer.readline())
    _limit(order["memory"], order["seconds"])
    try:
        _speak(order["language"], order["locale"])
        answer = json.dumps(_read(sys.stdin.buffer.read(), order), default=to_json, separators=(",", ":"))
        if len(answer) > MOST_BYTES:
            return 1
        sys.stdout.write(answer)
    except MemoryError:
        return 1
    return 0


def _limit(memory: int, seconds: float) -> None:
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, int(seconds) or 1),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def _speak(language: str, paths: list[str]) -> None:
    """The refusals in the reader's language, from the catalogues alone."""
    from django.apps import apps  # noqa: PLC0415 - only the child is without settings
    from django.conf import settings  # noqa: PLC0415 - as above
    from django.utils import translation  # noqa: PLC0415 - as above

    settings.configure(USE_I18N=True, LOCALE_PATHS=paths, LANGUAGE_CODE=language)
    apps.populate([])
    translation.activate(language)


def _read(data: bytes, order: dict) -> dict:
    from core.errors import DomainError  # noqa: PLC0415 - after the limits
    from core.workbook.reading import Limits, read_workbook  # noqa: PLC0415 - after the limits

    try:
        sheets = read_workbook(data, limits=Limits(**order["limits"]), with_hidden=order["with_hidden"])
    except DomainError as refused:
        return {
            "refused": {"kind": type(refused).__name__, "message": str(refused.message), "code": refused.code},
        }
    return {"sheets": [asdict(sheet) for sheet in sheets]}


if __name__ == "__main__":
    sys.exit(main())
