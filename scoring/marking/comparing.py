"""Whether two marks of one line lie too far apart, said once both are there."""

from collections.abc import Iterable
from fractions import Fraction

from scoring.enums import LineState
from scoring.marking.agreement import pair_of
from scoring.marking.blind import second_mark_of
from scoring.models import Answer


def has_both(answer: Answer) -> bool:
    """Whether the line is decided and has its second mark. Needs `second_mark` at hand."""
    second = second_mark_of(answer)
    return second is not None and second.saved_at is not None and answer.line_state != LineState.OPEN


def compare(answers: Iterable[Answer]) -> None:
    """For whoever decides on lines or saves a second mark, under the lock of their assessments: keep whether the marks are
    too far apart. Needs `second_mark__draw` at hand; one query a line with both marks."""
    for answer in answers:
        if not has_both(answer) or answer.second_mark.first_by_id:  # a third person decides, or has decided
            continue
        second = answer.second_mark
        pair = pair_of(answer.appraised_points, second.points, answer.criterion.max_points)
        disputed = pair.gap > Fraction(second.draw.gap_percent, 100)
        if disputed != second.disputed:
            second.disputed = disputed
            second.save(update_fields=["disputed"])
