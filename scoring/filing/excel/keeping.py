"""A checked form between its dry run and its confirmation.

Kept is what was read, not the file: what is confirmed is then what was shown, and nothing is parsed a second time.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from core import kept
from scoring.filing.declaring import AnswerInput
from scoring.filing.excel.checking import Change, Check, Stale
from scoring.filing.excel.services import Typed

REPORT, TYPED = "filing-report", "filing-typed"


def keep(check: Check, user: User, assessment_id: int) -> None:
    """The report always; what was typed only where it may be confirmed."""
    kept.keep(report_rows(check), user, REPORT, assessment_id, check.sha256)
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
        kept.keep(typed, user, TYPED, assessment_id, check.sha256)


def take(user: User, assessment_id: int, sha256: str) -> dict[str, Typed]:
    """Once: Conflict for whoever comes second, and for whoever checked another file."""
    typed: dict[str, Any] = kept.take(user, TYPED, assessment_id, sha256)
    return {
        code: Typed(AnswerInput(one["raw"], one["explanation"], one["asks"]), one["version"])
        for code, one in typed.items()
    }


def kept_report(user: User, assessment_id: int, sha256: str) -> list[tuple[str, ...]] | None:
    return kept.look(user, REPORT, assessment_id, sha256)


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
