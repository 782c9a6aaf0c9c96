"""penalty: points taken away beside the tree, so much per event.

Field: `value`, not negative (default 0). Points: min(max_points, `per_item_points` x value), given as a positive
number that the total takes away.
Units: points per event, absolute, not a share.
Edge cases: no value is 0, never missing, never not applicable;
the set's `max_penalty` limits the sum of all penalties afterwards.
Source: contract, Rules, `penalty`, Arithmetic 6.
"""

from dataclasses import dataclass
from typing import ClassVar

from .base import register
from .bonus import Adjustment


@register
@dataclass(frozen=True, kw_only=True)
class Penalty(Adjustment):
    kind: ClassVar[str] = "penalty"
    cell_name: ClassVar[tuple[str, str]] = ("Điểm trừ theo lượt", "Penalty per item")

    def say(self, answer, leaf, outcome, words, figures):
        if "value" not in answer:
            return words.pick("Không kê khai nên không bị trừ: 0", "Nothing declared, so nothing is taken away: 0")
        said, points = self.said(answer, leaf, outcome, words), words.points(outcome.points)
        return words.pick(f"{said}; bị trừ {points}", f"{said}; takes away {points}")
