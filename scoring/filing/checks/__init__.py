"""Checks before submission: the catalogue, and how it is run over a form."""

from collections.abc import Iterable
from datetime import datetime

from scoring.filing.checks.catalogue import CHECKS, Check, Finding, Kind, Severity, in_order
from scoring.filing.checks.facts import Facts, Line
from scoring.filing.checks.reading import facts_of, lines_of, lines_shown
from scoring.filing.selectors import last_year
from scoring.models import Answer, Assessment

# Importing a module registers its checks; of two equally severe ones on a line the earlier is the more important.
# isort: off
from scoring.filing.checks import gaps, whole, figures, against_last_year, proof, words  # noqa: F401 - as above
# isort: on

__all__ = [
    "CHECKS", "Check", "Finding", "Kind", "Severity",
    "blocking_findings", "by_line", "carried_in", "errors_in", "facts_of", "findings", "lines_of",
    "lines_shown", "lint", "lint_line",
]  # fmt: skip


def lint(facts: Facts) -> list[Finding]:
    """Everything that the catalogue has to say about a form, in the order of the form: no query."""
    return in_order([found for check in CHECKS.values() for found in check.run(facts)], facts)


def lint_line(facts: Facts, answer: Answer) -> list[Finding]:
    """The same of one line only, the most important first: what a save answers with."""
    line = next((one for one in facts.lines if one.answer.pk == answer.pk), None)
    if line is None:  # not the unit's to declare
        return []
    own = [check.run_line(line, facts) if check.run_line else None for check in CHECKS.values()]
    of_form = [found for check in CHECKS.values() if not check.run_line for found in check.run(facts)]
    said = [found for found in (*own, *of_form) if found and found.answer_id == answer.pk]
    return in_order(said, facts)


def findings(assessment: Assessment, now: datetime) -> list[Finding]:
    """The same for a form that nothing was read of: nine queries at the most, whatever the number of lines."""
    return lint(facts_of(assessment, lines_of([assessment]), last_year(assessment), now))


def errors_in(answers: Iterable[Answer]) -> list[Finding]:
    """The most important thing that blocks on each line read with `lines_of`, of one form or of several.

    No query, no last year, no clock: pages that only count ask for no more.
    """
    declared = (Line(answer) for answer in answers if answer.criterion.declared_by_unit)
    first = (next(filter(None, (check.run_line(line) for check in _ERRORS)), None) for line in declared)
    return [found for found in first if found]


def carried_in(answers: Iterable[Answer]) -> list[Finding]:
    """What waits for evidence of this year, in lines read with `lines_of`: no query."""
    declared = (Line(answer) for answer in answers if answer.criterion.declared_by_unit)
    return [found for line in declared if (found := CHECKS["carried-over"].run_line(line))]


def blocking_findings(assessment: Assessment) -> list[Finding]:
    return errors_in(lines_of([assessment]))


def by_line(found: Iterable[Finding]) -> dict[int, list[Finding]]:
    """The findings of each line, the most important first."""
    lines: dict[int, list[Finding]] = {}
    for one in found:
        if one.answer_id:
            lines.setdefault(one.answer_id, []).append(one)
    return lines


_ERRORS = [check for check in CHECKS.values() if check.severity == Severity.ERROR]
