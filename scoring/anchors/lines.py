"""A reference answer as a line: the same checks, words and arithmetic as any line of a unit."""

from decimal import Decimal
from fractions import Fraction

from scoring.appraisal.lines import points_of, points_values
from scoring.models import Anchor, Answer, Criterion


def as_line(criterion: Criterion, values: dict[str, str], explanation: str = "") -> Answer:
    """An answer that stands in no table. Needs the criterion with its set."""
    return Answer(criterion=criterion, values=values, explanation=explanation)


def line_of(anchor: Anchor) -> Answer:
    return as_line(anchor.criterion, anchor.values, anchor.explanation)


def checked_points(line: Answer, points: Decimal) -> Decimal:
    """Points typed for the line, as a correction of it would store them. Invalid out of range or too long."""
    return points_of(line, points_values(line, points))


def cut_of(criterion: Criterion, before: Decimal, after: Decimal) -> Decimal:
    """What `after` takes from `before`; of a deduction more is stricter."""
    return after - before if criterion.leaf.rule.kind == "penalty" else before - after


def gap_share(criterion: Criterion, agreed: Decimal, given: Decimal) -> Fraction:
    """Above 0: stricter than agreed, as a share of the line's maximum."""
    return Fraction(cut_of(criterion, agreed, given)) / Fraction(criterion.max_points)
