"""The catalogue of checks: what a check is, how one is registered, and what it finds.

A check is one small function with a stable id. `of_line` checks look at one line and return a sentence, or nothing;
`of_form` checks look at the whole form and yield (line or None, sentence). A sentence says what is wrong and how to mend
it; where is the line's code, and a place on the line that the link jumps to: a field, the evidence, the explanation.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from scoring.filing.checks.facts import Facts, Line
from scoring.models import Answer


class Severity(models.TextChoices):
    """What a finding does: stops the submission, must be read before it, or helps."""

    ERROR = "error", _("Blocks the submission")
    WARNING = "warning", _("To be read before signing")
    HINT = "hint", _("Worth a look")


class Kind(models.TextChoices):
    """What a finding is about; the home page and the pillars count those that block by it."""

    EMPTY = "empty"
    HALF = "half"
    VALUE = "value"
    EVIDENCE = "evidence"
    REASON = "reason"
    CHANGE = "change"
    FORM = "form"


# Places on a line beside the rule's own fields.
EVIDENCE, EXPLANATION = "evidence", "explanation"


@dataclass(frozen=True)
class Check:
    """`id` never changes: audit entries count by it."""

    id: str
    severity: Severity
    kind: Kind
    title: Promise
    at: str
    run: Callable[[Facts], "Iterator[Finding]"]
    run_line: Callable[[Line, Facts | None], "Finding | None"] | None = None


@dataclass(frozen=True)
class Finding:
    """One thing about one line, or about the form as a whole (`answer` None)."""

    check: Check
    sentence: str
    answer: Answer | None = None
    at: str = ""

    @property
    def severity(self) -> Severity:
        return self.check.severity

    @property
    def kind(self) -> Kind:
        return self.check.kind

    @property
    def blocks(self) -> bool:
        return self.severity == Severity.ERROR

    @property
    def answer_id(self) -> int | None:
        return self.answer.pk if self.answer else None

    @property
    def criterion_code(self) -> str:
        return self.answer.criterion.code if self.answer else ""

    @property
    def pillar_code(self) -> str:
        pillar = self.answer.criterion.pillar if self.answer else None
        return pillar.code if pillar else ""

    @property
    def anchor(self) -> str:
        """The id of the place on the pillar's page where it is mended (`LineForm`, `_chips.html`, `_why.html`)."""
        if self.at == EVIDENCE:
            return f"proof-{self.answer_id}"
        if self.at == EXPLANATION:
            return f"why-{self.answer_id}"
        if not self.at:
            return f"line-{self.answer_id}"
        chosen = {spec.name for spec in self.answer.criterion.leaf.rule.specs if spec.type in ("yes_no", "choice")}
        return f"id_l{self.answer_id}-{self.at}" + ("_0" if self.at in chosen else "")


CHECKS: dict[str, Check] = {}
_ORDER = list(Severity)


def of_line(id: str, severity: Severity, kind: Kind, title: Promise, at: str = ""):
    """Registers a check of one line: `(line, facts)` → a sentence, (sentence, place) or None."""

    def register(function: Callable[[Line, Facts], str | tuple[str, str] | None]):
        def run_line(line: Line, facts: Facts | None = None) -> Finding | None:
            said = function(line, facts)
            if not said:
                return None
            sentence, place = said if isinstance(said, tuple) else (said, at)
            return Finding(CHECKS[id], sentence, line.answer, place)

        def run(facts: Facts) -> Iterator[Finding]:
            yield from filter(None, (run_line(line, facts) for line in facts.lines))

        _add(Check(id, severity, kind, title, at, run, run_line))
        return function

    return register


def of_form(id: str, severity: Severity, kind: Kind, title: Promise, at: str = ""):
    """Registers a check of the form as a whole: `(facts)` → (line or None, sentence[, place]), as many as there are."""

    def register(function: Callable[[Facts], Iterator[tuple]]):
        def run(facts: Facts) -> Iterator[Finding]:
            for line, sentence, *place in function(facts):
                where = place[0] if place else at
                yield Finding(CHECKS[id], sentence, line and line.answer, where if line else "")

        _add(Check(id, severity, kind, title, at, run))
        return function

    return register


def _add(check: Check) -> None:
    if check.id in CHECKS:
        raise ValueError(f"There are two checks {check.id}.")
    CHECKS[check.id] = check


def in_order(found: list[Finding], facts: Facts) -> list[Finding]:
    """By line in the order of the form (what concerns no line first), on a line the most important first."""
    place = {line.answer.pk: number for number, line in enumerate(facts.lines)}
    rank = {id: number for number, id in enumerate(CHECKS)}
    return sorted(
        found,
        key=lambda one: (place.get(one.answer_id, -1), _ORDER.index(one.severity), rank[one.check.id]),
    )
