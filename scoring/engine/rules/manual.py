"""manual: points given by a person.

Field: `points`, 0..max_points. Points: as given (rounded later like any line).
Units: points, absolute.
Edge cases: what is above the maximum is refused, never cut.
Source: contract, Rules, `manual`; criteria that an appraiser judges, with a note.
"""

from dataclasses import dataclass
from typing import ClassVar

from .base import GivenPoints, register


@register
@dataclass(frozen=True, kw_only=True)
class Manual(GivenPoints):
    kind: ClassVar[str] = "manual"
    cell_name: ClassVar[tuple[str, str]] = ("Chấm tay", "Points by judgement")

    def say(self, answer, leaf, outcome, words, figures):
        points, maximum = words.points(outcome.points), words.points(leaf.max_points)
        return words.pick(
            f"Được chấm {points} trên mức tối đa {maximum}", f"Given by judgement: {points} out of {maximum}"
        )
