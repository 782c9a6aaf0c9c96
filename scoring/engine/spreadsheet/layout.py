"""Where everything stands: rows of units, blocks of groups, columns of fields, lines and nodes; the same row is the
same unit on every sheet."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from ..lines import missing_policy
from ..model import CriteriaSet, Leaf, Node
from ..results import Results, UnitResult
from ..tables import GroupEntry, natural_key
from .marks import Marks

# The rows above are heads, on every sheet with units.
FIRST = 7
MAXIMUM_ROW, WEIGHT_ROW = 5, 6
OVERRIDE = "\0override"


@dataclass(frozen=True)
class Block:
    """The rows of one group, which are neighbours."""

    group: str
    first: int
    last: int


@dataclass(frozen=True)
class Precision:
    """`snap` decimals are kept of a binary number before it is rounded to `places` or compared: enough to tell the
    exact values apart, few enough to lose the errors of binary numbers."""

    places: int
    mode: str
    snap: int


class Layout:
    def __init__(self, results: Results, groups: Mapping[str, GroupEntry] | None, marks: Marks, precision: Precision):
        self.criteria_set: CriteriaSet = results.criteria_set
        self.marks, self.precision = marks, precision
        self.rows: list[UnitResult] = sorted(results.rows, key=lambda row: (row.group, natural_key(row.unit)))
        self.submitted = {unit: entry.submitted_at for unit, entry in (groups or {}).items()}
        self.blocks = list(self._blocks())
        # Column A is the unit.
        self.line_column = {leaf.code: place for place, leaf in enumerate(self.criteria_set.lines, 2)}
        self.field_column: dict[tuple[str, str], int] = {}
        column = 4  # after unit, group and time of submission
        for leaf in self.criteria_set.lines:
            for name in (*leaf.rule.fields, OVERRIDE):
                self.field_column[leaf.code, name] = column
                column += 1
        self.last_row = FIRST + len(self.rows) - 1

    def _blocks(self) -> Iterator[Block]:
        first = FIRST
        for group, rows in groupby(self.rows, key=lambda row: row.group):
            last = first + len(list(rows)) - 1
            yield Block(group, first, last)
            first = last + 1

    def numbered_rows(self) -> Iterator[tuple[int, Block, UnitResult]]:
        rows = iter(self.rows)
        for block in self.blocks:
            for number in range(block.first, block.last + 1):
                yield number, block, next(rows)

    @cached_property
    def drops(self) -> frozenset[str]:
        """Lines and nodes under which something may leave the applicable maximum."""
        may = self.criteria_set.scoring.not_applicable == "renormalise"
        return self._marked(lambda leaf: may and leaf.rule.na_allowed)

    @cached_property
    def lacks(self) -> frozenset[str]:
        """Lines and nodes that may be without a value."""
        found: set[str] = set()
        for leaf in self.criteria_set.reckoning_order:
            unranked = missing_policy(leaf, self.criteria_set.scoring) == "unranked"
            if (
                unranked
                and leaf.rule.fields
                and not leaf.rule.is_adjustment
                or not found.isdisjoint(leaf.rule.takes_points_of)
            ):
                found.add(leaf.code)
        return self._marked(lambda leaf: leaf.code in found)

    def _marked(self, holds) -> frozenset[str]:
        found: set[str] = {leaf.code for leaf in self.criteria_set.adjustments if holds(leaf)}

        def visit(item: Node | Leaf) -> bool:
            if isinstance(item, Leaf):
                marked = holds(item)
            else:
                found_below = [visit(child) for child in item.children]  # all of them, not only up to the first
                marked = any(found_below)
            if marked:
                found.add(item.code)
            return marked

        visit(self.criteria_set.root)
        return frozenset(found)
