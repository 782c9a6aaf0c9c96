"""Where a workbook's faults stand: the set's objects by JSON pointer, a unit's figures by line and column of the file."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..faults import Fault
from ..model import CriteriaSet, Leaf, Node
from ..records import Spot
from ..tables import Groups, Values


@dataclass
class Finder:
    """Collects faults. `values` and `groups` are what was scored; read from files, they know their places."""

    criteria_set: CriteriaSet
    values: Mapping
    groups: Mapping | None
    set_place: str
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self):
        root = Spot(self.set_place, self.faults)
        self._spots = dict(_spots(self.criteria_set.root, root / "root"))
        for place, leaf in enumerate(self.criteria_set.adjustments):
            self._spots[leaf.code] = root / "adjustments" / place
        self._spots[""] = root

    def of_set(self, code: str, step: str, vi: str, en: str) -> None:
        """`code` of a node or line, "" for the set; `step` is the key below it."""
        spot = self._spots[code]
        for key in step.split("/") if step else ():
            spot = spot / key
        spot.fault(vi, en)

    def of_value(self, unit: str, code: str, name: str, vi: str, en: str) -> None:
        if isinstance(self.values, Values) and unit in self.values:
            place = self.values.place_of(unit, code, name, 3 if name else 1)
        else:
            place = f"{unit}/{code}/{name}".rstrip("/")
        self.faults.append(Fault(place, en, vi, name))

    def of_submission(self, unit: str, vi: str, en: str) -> None:
        place = self.groups.place_of(unit, 2) if isinstance(self.groups, Groups) else f"{unit}/submitted_at"
        self.faults.append(Fault(place, en, vi))

    def of_file(self, vi: str, en: str) -> None:
        place = self.values.place if isinstance(self.values, Values) else "values"
        self.faults.append(Fault(f"{place}:1:1", en, vi))


def _spots(item: Node | Leaf, spot: Spot):
    yield item.code, spot
    if isinstance(item, Node):
        for place, child in enumerate(item.children):
            yield from _spots(child, spot / "children" / place)
