"""The mark of a line whose figures were carried over from last year, and which of last year's figures may be.

`Answer.carried` is {"year", "former", "files"}: the year they come from, what stood there before (for undo), and the
hashes of the files that stood behind them then. Editing the figures takes the mark away (`declaring.put`).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from core.errors import DomainError, Invalid
from scoring.enums import CorrectionKind
from scoring.inputs import is_complete, require_valid
from scoring.models import Answer, Evidence


def mark_of(before: Answer, former: Mapping[str, Any]) -> dict[str, Any]:
    """The mark of what is taken from `before`, whose evidence is at hand."""
    files = sorted(file.sha256 for file in before.evidence.all())
    return {"year": before.assessment.cycle.year, "former": dict(former), "files": files}


def is_any_fresh(answer: Answer, files: Iterable[Evidence]) -> bool:
    """Whether one of the files did not stand behind last year's figures."""
    return any(file.sha256 not in answer.carried["files"] for file in files)


def has_fresh_evidence(answer: Answer) -> bool:
    """The same of the evidence in force, or a document of this year that is cited; all of it must be at hand."""
    cited = (one.dated_on for one in answer.citations.all() if one.dated_on)
    this_year = answer.assessment.cycle.year
    return is_any_fresh(answer, answer.evidence.all()) or any(day.year == this_year for day in cited)


def waits_for_fresh_evidence(answer: Answer) -> bool:
    """Carried over, with nothing of this year behind it and no word why the figures still hold: not done yet."""
    return bool(answer.carried) and not answer.explanation and not has_fresh_evidence(answer)


def repeatable_values(answer: Answer, before: Answer | None) -> dict[str, str]:
    """Last year's figures as they may be declared again: those that were recognised, where this year's rule takes them.

    Invalid says why there are none. Needs the criterion's set at hand on both.
    """
    if before is None:
        raise Invalid(_("There is no published line of last year to carry over."))
    correction = before.correction
    if correction and correction.kind != CorrectionKind.INPUTS:
        raise Invalid(_("The appraiser did not take last year's figures. Declare the line anew."))
    values = dict(correction.values if correction else before.values)
    leaf = answer.criterion.leaf
    if leaf.rule.kind == "deadline":
        raise Invalid(_("A date belongs to its year. Declare this year's."))
    if before.asks_not_applicable or not values:
        raise Invalid(_("Nothing was declared on this line last year."))
    if set(values) != set(leaf.rule.fields) or not is_complete(leaf, values):
        raise Invalid(_("The criterion asks for other figures than last year. Declare the line anew."))
    require_valid(answer.criterion.criteria_set.definition, leaf.code, values)
    return values


def may_repeat(answer: Answer, before: Answer | None) -> dict[str, str] | None:
    """The same for a page that only offers it: None where it would be refused or would change nothing."""
    try:
        values = repeatable_values(answer, before)
    except DomainError:
        return None
    return values if values != answer.values else None
