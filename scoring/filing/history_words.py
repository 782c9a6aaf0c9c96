"""The acts of a form's history as an official reads them: field titles, not codes, and values as they were typed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.numbers import format_number
from scoring import engine
from scoring.appraisal.value_words import shown
from scoring.filing.changes import IMPORT, SAVE, UNDO
from scoring.inputs import inputs_of, is_complete
from scoring.models import Criterion

# An explanation may have 4000 characters; the line itself holds all of it.
_MOST = 240
_SHORT = 12


@dataclass(frozen=True)
class Told:
    """One field before and after; an empty text says that nothing stood there."""

    field: str
    before: str
    after: str


def said_change(criterion: Criterion, kept: dict[str, Any]) -> list[Told]:
    """What one save changed: the rule's fields first, then explanation and «not applicable», then the points they give."""
    before, after = kept["before"], kept["after"]
    told = []
    if "values" in after:
        told += _values(criterion, before["values"], after["values"])
    if "explanation" in after:
        told.append(Told(_("Explanation of this line"), _cut(before["explanation"]), _cut(after["explanation"])))
    if "asks_not_applicable" in after:
        asked = (_("yes") if side["asks_not_applicable"] else _("no") for side in (before, after))
        told.append(Told(_("Asks for “not applicable”"), *asked))
    return told


def _values(criterion: Criterion, before: dict[str, str], after: dict[str, str]) -> list[Told]:
    told = []
    for one in inputs_of(criterion.leaf):
        sides = [shown(one, side[one.name]) if one.name in side else "" for side in (before, after)]
        if sides[0] != sides[1]:
            told.append(Told(one.title, *sides))
    points = [_points(criterion, side) for side in (before, after)]
    if points[0] != points[1]:
        told.append(Told(_("Claimed points"), *points))
    return told


def _points(criterion: Criterion, values: dict[str, str]) -> str:
    """Nothing where no points can be known: half filled in, or the rule compares units."""
    if not is_complete(criterion.leaf, values):
        return ""
    points = engine.score_line(criterion.criteria_set.definition, criterion.code, values).points
    return "" if points is None else format_number(points, 2)


def _cut(text: str) -> str:
    return text if len(text) <= _MOST else text[: _MOST - 1] + "…"


def _prepared(kept: dict[str, Any]) -> str:
    if not kept.get("sha256"):
        return _("Put the form before the head.")
    return _("Put the form before the head, fingerprint {sha}…").format(sha=kept["sha256"][:_SHORT])


def _reopened(kept: dict[str, Any]) -> str:
    if not kept.get("voided"):
        return _("Took the form back from the head.")
    return _("Took the form back from the head; what stood there, fingerprint {sha}…, is void.").format(
        sha=kept["voided"][:_SHORT]
    )


def _received(kept: dict[str, Any]) -> str:
    on_time = _("on time") if kept.get("on_time") else _("late")
    return _("Signed and submitted: receipt {code}, {on_time}, fingerprint {sha}…").format(
        code=kept["receipt"], on_time=on_time, sha=kept["sha256"][:_SHORT]
    )


def _imported(kept: dict[str, Any]) -> str:
    changed = len(kept["changed"])
    sentence = ngettext(
        "Saved the form at once: {n} line changed.", "Saved the form at once: {n} lines changed.", changed
    )
    return sentence.format(n=changed)


SAID: dict[str, Callable[[dict[str, Any]], str]] = {
    SAVE: lambda kept: _("Saved the line."),
    UNDO: lambda kept: _("Took back the own last change of the line."),
    IMPORT: _imported,
    "assessment.prepare": _prepared,
    "assessment.reopen": _reopened,
    "assessment.receipt": _received,
    "assessment.return": lambda kept: _("Returned the form to the unit: {reason}").format(reason=_cut(kept["reason"])),
    "evidence.attach": lambda kept: _("Attached “{title}” to {codes}.").format(**kept),
    "evidence.attach_again": lambda kept: _("Put “{title}” behind {codes} as well.").format(**kept),
    "evidence.remove": lambda kept: _("Took “{title}” away from {codes}.").format(**kept),
}
