"""One line: a leaf or adjustment with one unit's fields, its points, its trace and its sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from .answers import APPRAISED_FIELD, NOT_APPLICABLE_FIELD, faults_of, read_fields
from .exact import decimal_from_text, decimal_text, exact_text, rounded
from .faults import Fault, Refused
from .formula import Undefined
from .model import CriteriaSet, Leaf, Scoring
from .rules.base import Answer, Outcome
from .ruletype import RuleType
from .saying import line_sentence

SCORED, MISSING, NOT_APPLICABLE, POINTS_SET, PENDING = "scored", "missing", "not_applicable", "points_set", "pending"


@dataclass(frozen=True)
class Line:
    """`points` are printed, at the set's places; `exact` enters the node (rounded already with `round_at: leaf`).

    Both are None where the line has no value: not applicable and dropped, missing and unranked, or pending (what
    it is compared with or made of is not known). A penalty's points are positive; the total takes them away.
    """

    criterion: str
    status: str
    points: Decimal | None
    exact: Fraction | None
    max_points: Decimal
    unrounded: Fraction | None
    fields: Mapping[str, str]
    figures: Mapping[str, Fraction]
    leaf: Leaf = field(repr=False)
    scoring: Scoring = field(repr=False)
    answer: Answer = field(repr=False)
    outcome: Outcome | None = field(repr=False)

    @property
    def dropped(self) -> bool:
        """Not applicable, and out of the applicable maximum."""
        return self.status == NOT_APPLICABLE and self.exact is None

    @property
    def trace(self) -> dict:
        """How the points came about, as JSON-able data; `recompute` gives the printed points from it."""
        scoring = self.scoring
        return {
            "criterion": self.criterion,
            "status": self.status,
            "rule": RuleType(self.leaf.rule.is_adjustment).write(self.leaf.rule),
            "max_points": decimal_text(self.max_points),
            "inputs": dict(self.fields),
            "group_figures": {name: exact_text(value) for name, value in self.figures.items()},
            "case": self.outcome.case if self.outcome else "",
            "steps": [
                {"step": step.name, "expression": step.expression, "value": exact_text(step.value)}
                for step in (self.outcome.steps if self.outcome else ())
            ],
            "policy": {"missing": missing_policy(self.leaf, scoring), "not_applicable": scoring.not_applicable},
            "rounding": {
                "at": scoring.round_at,
                "mode": scoring.rounding,
                "places": scoring.places,
                "before": None if self.unrounded is None else exact_text(self.unrounded),
            },
            "points": None if self.points is None else decimal_text(self.points),
            "source_kind": self.leaf.source_kind,
            "source": self.leaf.source,
            "provenance": self.leaf.provenance,
        }

    def sentence(self, lang: str) -> str:
        return line_sentence(self, lang)


def missing_policy(leaf: Leaf, scoring: Scoring) -> str:
    return leaf.missing or scoring.missing


def score_fields(
    leaf: Leaf,
    scoring: Scoring,
    fields: Mapping[str, str],
    answer: Answer,
    figures: Mapping[str, Fraction] | None = None,
) -> Line:
    """Score checked fields. `figures` are what the rule must know of the group or of other lines; None leaves it pending."""
    status, unrounded, outcome = _worked(leaf, scoring, answer, figures)
    exact = unrounded
    printed = None if unrounded is None else rounded(unrounded, scoring.places, scoring.rounding)
    if printed is not None and scoring.round_at == "leaf":
        exact = Fraction(printed)
    return Line(
        criterion=leaf.code, status=status, points=printed, exact=exact, max_points=leaf.max_points,
        unrounded=unrounded, fields=dict(fields), figures=dict(figures or {}), leaf=leaf, scoring=scoring,
        answer=answer, outcome=outcome,
    )  # fmt: skip


def _worked(leaf: Leaf, scoring: Scoring, answer: Answer, figures) -> tuple[str, Fraction | None, Outcome | None]:
    """(status, points before rounding, the rule's outcome where the rule spoke)."""
    maximum = Fraction(leaf.max_points)
    dropped = {"renormalise": None, "full": maximum, "zero": Fraction(0)}[scoring.not_applicable]
    if APPRAISED_FIELD in answer:
        return POINTS_SET, answer[APPRAISED_FIELD], None
    if NOT_APPLICABLE_FIELD in answer:
        return NOT_APPLICABLE, dropped, None
    if not answer and leaf.rule.fields and not leaf.rule.is_adjustment:
        return MISSING, None if missing_policy(leaf, scoring) == "unranked" else Fraction(0), None
    if figures is None and (leaf.rule.is_relative or leaf.rule.takes_points_of):
        return PENDING, None, None
    outcome = leaf.rule.work(answer, maximum, figures or {}, scoring.rounding)
    if outcome.points is None:
        return NOT_APPLICABLE, dropped, outcome
    return SCORED, outcome.points, outcome


def score_line(criteria_set: CriteriaSet, code: str, fields: Mapping[str, str] | None) -> Line:
    """One line of one unit alone, as a form needs it; what rests on the group or on other lines is pending."""
    leaf, given = criteria_set.leaf(code), fields or {}
    faults = faults_of(leaf, given, place=code)
    if faults:
        raise Refused(faults)
    try:
        return score_fields(leaf, criteria_set.scoring, given, read_fields(leaf, given).answer)
    except Undefined as undefined:
        raise Refused([Fault(code, undefined.en, undefined.vi)]) from undefined


def recompute(criteria_set: CriteriaSet, trace: dict) -> Decimal | None:
    """The printed points again, from nothing but the set and the trace's inputs and group figures."""
    leaf, fields = criteria_set.leaf(trace["criterion"]), trace["inputs"]
    faults = faults_of(leaf, fields, place=leaf.code)
    if faults:
        raise Refused(faults)
    figures = {name: _number(text) for name, text in trace["group_figures"].items()}
    answer = read_fields(leaf, fields).answer
    return score_fields(leaf, criteria_set.scoring, fields, answer, figures or None).points


def _number(text: str) -> Fraction:
    number = decimal_from_text(text)
    return Fraction(text) if number is None else Fraction(number)
