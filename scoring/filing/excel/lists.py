"""What may be chosen in a cell: by the words that people see, kept on a hidden sheet."""

from collections.abc import Sequence

from scoring.engine.spreadsheet.cells import down
from scoring.filing.excel.columns import LISTS_SHEET, plainly
from scoring.inputs import Input, inputs_of
from scoring.models import Answer

YES = "Có"


def labels_of(one: Input) -> dict[str, str]:
    """Words in the cell → the engine's value. Two levels of one title are told apart by their keys."""
    found: dict[str, str] = {}
    seen = [plainly(label) for _key, label in one.choices]
    for key, label in one.choices:
        words = " ".join(label.split())
        found[words if seen.count(plainly(label)) == 1 else f"{words} ({key})"] = key
    return found


class Lists:
    """One column of `texts`, list below list. Lists of levels only: yes and no stand in the cell's own rule."""

    def __init__(self, answers: Sequence[Answer]):
        self._ranges: dict[str, str] = {}
        self.texts: list[str] = []
        for answer in answers:
            leaf = answer.criterion.leaf
            if leaf.rule.kind == "level" and leaf.rule.combine == "one":
                labels = list(labels_of(inputs_of(leaf)[0]))
                first = len(self.texts) + 1
                self.texts += labels
                self._ranges[leaf.code] = down(LISTS_SHEET, 1, first, len(self.texts))

    def range_of(self, code: str) -> str:
        return self._ranges[code]
