"""carried: points taken over from another set's result.

Field: `points`, 0..max_points. Points: as the other result gave them. `set` and `node` say which set and which of its nodes.
Units: points of this leaf, absolute; nothing is rescaled.
Edge cases: the engine does not look the other result up; what is above the maximum is refused, never cut.
Source: contract, Rules, `carried`; indices made of other published indices.
"""

from dataclasses import dataclass
from typing import ClassVar

from ..jsontypes import Code
from ..records import json_key
from .base import GivenPoints, register


@register
@dataclass(frozen=True, kw_only=True)
class Carried(GivenPoints):
    kind: ClassVar[str] = "carried"
    set: str = json_key(Code())
    node: str = json_key(Code())

    @property
    def cell_name(self):
        return f"Chuyển sang từ mục {self.node} của bộ {self.set}", f"Taken from {self.node} of the set {self.set}"

    def say(self, answer, leaf, outcome, words, figures):
        points = words.points(outcome.points)
        return words.pick(
            f"Lấy kết quả mục {self.node} của bộ tiêu chí {self.set}: {points}",
            f"Taken from {self.node} of the set {self.set}: {points}",
        )
