"""Reading a leaf's `rule`: the kind decides which dataclass reads the other keys."""

from .faults import quoted
from .records import Record, Spot, expect_object, write_record
from .rules import KINDS
from .rules.base import Rule


class RuleType:
    """The type of `rule`: the tree's kinds, or with `adjustment` bonus and penalty, and only those."""

    def __init__(self, adjustment: bool):
        self.adjustment = adjustment

    def read(self, value, spot: Spot) -> Rule:
        document = expect_object(value, spot)
        if "kind" not in document:
            raise (spot / "kind").fault("Thiếu khóa bắt buộc “kind”.", "The required key “kind” is missing.")
        kind, place = document["kind"], spot / "kind"
        if not isinstance(kind, str) or kind not in KINDS:
            listed = ", ".join(sorted(KINDS))
            shown = quoted(str(kind))
            raise place.fault(
                f"Cách tính “{shown}” không có; chọn một trong: {listed}.",
                f"There is no rule kind “{shown}”; the kinds are: {listed}.",
            )
        if self.adjustment != KINDS[kind].is_adjustment:
            raise place.fault(*_MISPLACED[self.adjustment](kind))
        return Record(KINDS[kind], constants=("kind",)).read(value, spot)

    def write(self, rule: Rule) -> dict:
        return {"kind": rule.kind, **write_record(rule)}


_MISPLACED = {
    True: lambda kind: (
        f"Phần adjustments chỉ chứa bonus và penalty, không chứa “{kind}”.",
        f"adjustments holds only bonus and penalty, not “{kind}”.",
    ),
    False: lambda kind: (
        f"Cách tính “{kind}” chỉ đứng trong adjustments, không đứng trong cây tiêu chí.",
        f"The rule kind “{kind}” stands only in adjustments, never in the tree.",
    ),
}
