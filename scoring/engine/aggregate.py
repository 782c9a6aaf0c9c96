"""From lines to nodes: the four aggregates, missing and not applicable values, rescaling.

A node aggregates what its children pass on. Not applicable children of a sum leave its applicable maximum; the
topmost sum of a chain of sums rescales once and passes on its full maximum; a mean drops them with their weight.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .exact import geometric_mean
from .model import CriteriaSet, Leaf, Node

Parts = Sequence[tuple[Fraction, Fraction]]


@dataclass(frozen=True)
class NodeValue:
    """What one unit has at one node or leaf.

    `raw` is the printed value (a sum's own earnings), `value` and `applicable_max` are what the parent sees,
    `raw_max` is the applicable maximum before rescaling. Not applicable: `applicable` is false, the rest None.
    Without a value (a missing line that leaves the unit unranked): the rest None.
    """

    applicable: bool
    raw: Fraction | None = None
    value: Fraction | None = None
    raw_max: Fraction | None = None
    applicable_max: Fraction | None = None

    @property
    def rescaled(self) -> bool:
        return self.raw_max != self.applicable_max


NOT_APPLICABLE = NodeValue(applicable=False)
WITHOUT_VALUE = NodeValue(applicable=True)


class NegativeMean(Exception):
    """A geometric mean met a negative value; `node` is its code."""

    def __init__(self, node: str):
        self.node = node
        super().__init__(node)


def combined(aggregate: str, parts: Parts) -> Fraction:
    """The aggregate of (weight, value) pairs, at least one."""
    if aggregate == "geometric_mean":
        return geometric_mean(parts)
    if aggregate == "weighted_mean":
        return sum(weight * value for weight, value in parts) / sum(weight for weight, _ in parts)
    total = sum((value for _, value in parts), Fraction(0))
    return total / len(parts) if aggregate == "mean" else total


def maxima(criteria_set: CriteriaSet) -> dict[str, Fraction]:
    """The full maximum of every node and leaf of the tree, by code."""
    found: dict[str, Fraction] = {}

    def visit(item: Node | Leaf) -> Fraction:
        if isinstance(item, Leaf):
            found[item.code] = Fraction(item.max_points)
        else:
            found[item.code] = combined(
                item.aggregate, [(Fraction(child.weight), visit(child)) for child in item.children]
            )
        return found[item.code]

    visit(criteria_set.root)
    return found


def leaf_value(points: Fraction | None, applicable: bool, max_points: Fraction) -> NodeValue:
    """A line as its parent sees it; `points` None with `applicable` means no value."""
    if not applicable:
        return NOT_APPLICABLE
    if points is None:
        return WITHOUT_VALUE
    return NodeValue(True, points, points, max_points, max_points)


def node_values(
    criteria_set: CriteriaSet, leaves: Mapping[str, NodeValue], full: Mapping[str, Fraction]
) -> dict[str, NodeValue]:
    """One unit's values at every inner node, from its leaves (one `NodeValue` per leaf of the tree)."""
    found: dict[str, NodeValue] = {}

    def visit(item: Node | Leaf, under_sum: bool) -> NodeValue:
        if isinstance(item, Leaf):
            return leaves[item.code]
        is_sum = item.aggregate == "sum"
        seen = [(Fraction(child.weight), visit(child, is_sum)) for child in item.children]
        found[item.code] = _aggregated(item, seen, rescale=is_sum and not under_sum, full=full[item.code])
        return found[item.code]

    visit(criteria_set.root, under_sum=False)
    return {node.code: found[node.code] for node in criteria_set.nodes}


def _aggregated(node: Node, seen: Sequence[tuple[Fraction, NodeValue]], rescale: bool, full: Fraction) -> NodeValue:
    parts = [(weight, child) for weight, child in seen if child.applicable]
    if not parts:
        return NOT_APPLICABLE
    if any(child.value is None for _, child in parts):
        return WITHOUT_VALUE
    try:
        raw = combined(node.aggregate, [(weight, child.value) for weight, child in parts])
    except ValueError:
        raise NegativeMean(node.code) from None
    raw_max = combined(node.aggregate, [(weight, child.applicable_max) for weight, child in parts])
    if rescale:
        return NodeValue(True, raw, raw / raw_max * full, raw_max, full)
    return NodeValue(True, raw, raw, raw_max, raw_max)
