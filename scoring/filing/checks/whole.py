"""The form as a whole: late, nearly late, returned and not touched."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from scoring.enums import AssessmentState
from scoring.filing.checks.catalogue import Kind, Severity, of_form
from scoring.filing.checks.facts import Facts

FORM = Kind.FORM
LAST_HOURS = timedelta(hours=6)


@of_form("late", Severity.WARNING, FORM, gettext_lazy("The time limit is over"))
def late(facts: Facts) -> Iterator[tuple[None, str]]:
    """Counts for a first submission only: a returned form has a time of its own."""
    closed = facts.assessment.cycle.filing_closes_at
    if facts.assessment.submitted_at or facts.now < closed:
        return
    lines = facts.assessment.criteria_set.definition.adjustments
    penalty = next((line for line in lines if line.rule.kind == "penalty" and line.source_kind == "measured"), None)
    sentence = _("The time limit was {limit:%H:%M %d/%m/%Y}; the form counts as late.")
    if penalty:
        sentence = _(
            "The time limit was {limit:%H:%M %d/%m/%Y}; the form counts as late, and {code} takes points away."
        )
    yield None, sentence.format(limit=localtime(closed), code=penalty.code if penalty else "")


@of_form("last-hours", Severity.HINT, FORM, gettext_lazy("The last hours"))
def last_hours(facts: Facts) -> Iterator[tuple[None, str]]:
    left = facts.assessment.cycle.filing_closes_at - facts.now
    if facts.assessment.submitted_at or not timedelta() < left <= LAST_HOURS:
        return
    hours = int(left / timedelta(hours=1))
    sentence = ngettext(
        "Less than {n} hour is left, and the head has to sign: put the form forward now.",
        "Less than {n} hours are left, and the head has to sign: put the form forward now.",
        hours + 1,
    )
    yield None, sentence.format(n=hours + 1)


@of_form("returned-untouched", Severity.WARNING, FORM, gettext_lazy("Returned, and nothing was changed"))
def returned_untouched(facts: Facts) -> Iterator[tuple[None, str]]:
    sent = facts.assessment.submitted_at
    if facts.assessment.state not in (AssessmentState.RETURNED, AssessmentState.PREPARED) or sent is None:
        return
    saved = [line.answer.updated_at for line in facts.lines if line.answer.updated_at]
    attached = [file.uploaded_at for file in facts.by_file]
    if not any(moment > sent for moment in (*saved, *attached)):
        yield None, _("The form was returned, and nothing was changed since. Mend what the return asks for first.")
