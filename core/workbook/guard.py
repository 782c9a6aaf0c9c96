"""A workbook read in a process of its own, which may take so much memory and time and no more (reliability.md E.7, F1).

Whatever a hostile file does to the reader, it does it there: the web worker only waits, and says that it could not be read.
"""

import json
import subprocess
import sys
from dataclasses import asdict

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import errors
from core.workbook.child import from_json
from core.workbook.reading import Limits, Sheet

SECONDS, MEMORY = 30, 300 * 1024 * 1024


def read_guarded(
    data: bytes, *, limits: Limits, with_hidden: bool = False, seconds: float = SECONDS, memory: int = MEMORY
) -> list[Sheet]:
    """As `reading.read_workbook`, with its refusals; TooLarge as well where memory (bytes) or time did not suffice."""
    order = {
        "limits": asdict(limits),
        "with_hidden": with_hidden,
        "seconds": seconds,
        "memory": memory,
        "language": get_language() or settings.LANGUAGE_CODE,
        "locale": [str(path) for path in settings.LOCALE_PATHS],
    }
    if len(data) > limits.bytes:  # not even handed over
        data = data[: limits.bytes + 1]
    answer = _answer(json.dumps(order).encode() + b"\n" + data, seconds)
    if answer is None:
        raise errors.TooLarge(_("The workbook takes too much memory or time to read. Send the form without additions."))
    if refused := answer.get("refused"):
        kind = {"TooLarge": errors.TooLarge, "WrongType": errors.WrongType}.get(refused["kind"], errors.Invalid)
        raise kind(refused["message"], code=refused["code"])
    return [Sheet(**{name: _kept(name, value) for name, value in one.items()}) for one in answer["sheets"]]


def _kept(name: str, value):
    return tuple(value) if isinstance(value, list) and name != "rows" else value


def _answer(sent: bytes, seconds: float) -> dict | None:
    """What the child said; None where it died or was stopped."""
    command = [sys.executable, "-m", "core.workbook.child"]
    try:
        done = subprocess.run(  # noqa: S603 - a module of ours; the file comes in as bytes
            command, input=sent, capture_output=True, timeout=seconds + 1, cwd=settings.ROOT, env={}, check=False
        )
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        return None
    return json.loads(done.stdout, object_hook=from_json)
