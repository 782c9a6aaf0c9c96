"""A checked file between its dry run and its confirmation: apart for each person and form, gone after an hour.

Kept is what was read, not the file: what is confirmed is then what was shown, and nothing is parsed a second time.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext as _

from accounts.models import User
from scoring.filing.declaring import AnswerInput
from scoring.filing.excel.checking import Change, Check, Stale
from scoring.filing.excel.services import Typed

KEPT_SECONDS = 60 * 60


def _key(kind: str, user: User, assessment_id: int, sha256: str) -> str:
    return f"filing-excel-{kind}-{user.pk}-{assessment_id}-{sha256}"


def keep(check: Check, user: User, assessment_id: int) -> None:
    """The report always; what was typed only where it may be confirmed."""
    cache.set(_key("report", user, assessment_id, check.sha256), report_rows(check), KEPT_SECONDS)
    if check.lines:
        typed = {
            code: {
                "raw": line.raw,
                "explanation": line.explanation,
                "asks": line.asks_not_applicable,
                "version": line.version,
            }
            for code, line in check.lines.items()
        }
        cache.set(_key("typed", user, assessment_id, check.sha256), typed, KEPT_SECONDS)


def take(user: User, assessment_id: int, sha256: str) -> dict[str, Typed] | None:
    """Once: whoever comes second, and whoever checked another file, gets None."""
    key = _key("typed", user, assessment_id, sha256)
    kept: dict[str, Any] | None = cache.get(key)
    if kept is None or not cache.delete(key):
        return None
    return {
        code: Typed(AnswerInput(one["raw"], one["explanation"], one["asks"]), one["version"])
        for code, one in kept.items()
    }


def kept_report(user: User, assessment_id: int, sha256: str) -> list[tuple[str, ...]] | None:
    return cache.get(_key("report", user, assessment_id, sha256))


def report_rows(check: Check) -> list[tuple[str, ...]]:
    """Sheet, cell, criterion, what it is, in the system, in the file, what becomes of it."""
    return [
        *((one.sheet, one.cell, "", "", "", "", one.sentence) for one in check.faults),
        *_compared(check.stale, _("Left as it is: saved in the system meanwhile")),
        *_compared(check.changes, _("Will be written")),
    ]


def _compared(lines: Sequence[Stale | Change], outcome: str) -> Iterator[tuple[str, ...]]:
    for line in lines:
        for cell in line.cells:
            yield line.sheet, cell.cell, line.answer.criterion.code, cell.label, cell.old, cell.new, outcome
