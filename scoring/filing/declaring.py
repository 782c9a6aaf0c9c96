"""What was typed for one line, read by the rule and put into the answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.cleaning import clean_text
from core.errors import Invalid
from scoring import engine
from scoring.enums import LineState
from scoring.inputs import is_complete, parse, require_valid
from scoring.models import Answer

EXPLANATION_LIMIT = 4000
# What `put` may change: for `store`.
SAVED_FIELDS = [
    *("values", "explanation", "asks_not_applicable", "claimed_points", "version", "updated_at", "updated_by"),
    *("line_state", "correction", "appraised_points", "appraised_by", "appraised_at", "carried"),
]


@dataclass(frozen=True)
class AnswerInput:
    """What was typed for one line. `raw` maps the rule's fields to text as typed; empty text is «not declared»."""

    raw: Mapping[str, str] = field(default_factory=dict)
    explanation: str = ""
    asks_not_applicable: bool = False


@dataclass(frozen=True)
class Declared:
    """The same, read: values as the engine takes them, and the points they give by the rule.

    `claimed_points` is None while the line is half filled in, and where no points can be known: a line that compares
    units, or one that asks for «not applicable».
    """

    values: dict[str, str]
    explanation: str
    asks_not_applicable: bool
    claimed_points: Decimal | None

    def equals(self, answer: Answer) -> bool:
        return self.facts() == facts_of(answer)

    def facts(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in _FACTS}


_FACTS = ("values", "explanation", "asks_not_applicable")


def facts_of(answer: Answer) -> dict[str, Any]:
    """What the unit has declared for the line as it stands."""
    return {name: getattr(answer, name) for name in _FACTS}


def difference(before: dict[str, Any], answer: Answer) -> dict[str, Any]:
    """What the save changed, both ways: the trail shows the history of a line."""
    after = facts_of(answer)
    changed = [name for name in after if after[name] != before[name]]
    return {
        "before": {name: before[name] for name in changed},
        "after": {name: after[name] for name in changed},
        "version": answer.version,
    }


def read(answer: Answer, given: AnswerInput) -> Declared:
    """Check what was typed against the rule. Invalid names the field; a line may be half filled in."""
    criterion = answer.criterion
    if not criterion.declared_by_unit:
        raise Invalid(_("This line is entered by the appraising agency."))
    definition, leaf = criterion.criteria_set.definition, criterion.leaf
    values, errors = parse(leaf, given.raw)
    if errors:
        raise Invalid(" ".join(errors.values()), fields=errors)
    if values:
        require_valid(definition, leaf.code, values)
    if given.asks_not_applicable and not leaf.rule.na_allowed:
        raise Invalid(_("This criterion applies to every unit of the group."))
    explanation = clean_text(given.explanation, limit=EXPLANATION_LIMIT)
    return declared_as(answer, values, explanation, given.asks_not_applicable)


def declared_as(answer: Answer, values: dict[str, str], explanation: str, asks_not_applicable: bool) -> Declared:
    """Sound facts of a line (see `facts_of`), with the points that they give."""
    criterion, points = answer.criterion, None
    if is_complete(criterion.leaf, values) and not asks_not_applicable:
        points = engine.score_line(criterion.criteria_set.definition, criterion.leaf.code, values).points
    return Declared(values, explanation, asks_not_applicable, points)


def put(answer: Answer, declared: Declared, actor: User) -> None:
    """Put what was read into the (unsaved) answer. A decision on what stood there before is asked for again.

    Other figures than those carried over from last year are no longer carried over.
    """
    if declared.values != answer.values or declared.asks_not_applicable:
        answer.carried = None
    answer.values, answer.explanation = declared.values, declared.explanation
    answer.asks_not_applicable, answer.claimed_points = declared.asks_not_applicable, declared.claimed_points
    answer.version += 1
    answer.updated_at, answer.updated_by = clock.now(), actor
    forget_decision(answer)


def forget_decision(answer: Answer) -> None:
    """The (unsaved) line is open again: what the appraiser decided on has changed in a returned form."""
    answer.line_state, answer.correction, answer.appraised_points = LineState.OPEN, None, None
    answer.appraised_by = answer.appraised_at = None
