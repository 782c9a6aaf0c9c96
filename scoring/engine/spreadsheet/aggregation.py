"""A node's formulas from its children: neighbouring leaves are one range, inner nodes single cells.

Words (not applicable, without a value) are left out by SUM, COUNT and SUMPRODUCT's factors; ISNUMBER asks for them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from ..formula.cells import in_parts
from ..model import Leaf, Node
from .cells import across, at
from .layout import MAXIMUM_ROW, WEIGHT_ROW, Layout
from .parameters import Parameters


@dataclass(frozen=True)
class Part:
    """One child, or several leaves side by side. `weights` is a cell or a range like `values`; `present` is 1 where
    there is a value, "" where there always is one."""

    values: str
    maxima: str
    weights: str
    present: str
    is_range: bool


def sum_of(parts: Sequence[Part]) -> str:
    return in_parts("SUM", [part.values for part in parts])


def count_of(parts: Sequence[Part]) -> str:
    return in_parts("COUNT", [part.values for part in parts])


def aggregated(aggregate: str, parts: Sequence[Part]) -> str:
    """The value of the node, where at least one child has one and none is lacking."""
    if aggregate == "sum":
        return sum_of(parts)
    if aggregate == "mean":
        return f"{sum_of(parts)}/{count_of(parts)}"
    if aggregate == "weighted_mean":
        added = "+".join(_weighted(part, part.values) for part in parts)
        return f"({added})/({weights_of(parts)})"
    return _geometric(parts, [part.values for part in parts])


def aggregated_maxima(aggregate: str, parts: Sequence[Part], all_present: bool = False) -> str:
    """The same of the children's maxima, of those that apply or of all."""
    if all_present:
        parts = [Part(part.maxima, part.maxima, part.weights, "", part.is_range) for part in parts]
        return aggregated(aggregate, parts)
    if aggregate == "geometric_mean":
        return _geometric(parts, [part.maxima for part in parts])
    if aggregate == "weighted_mean":
        added = "+".join(_added(_times(part, part.maxima, part.weights)) for part in parts)
        return f"({added})/({weights_of(parts)})"
    added = "+".join(_added(_times(part, part.maxima)) for part in parts)
    return added if aggregate == "sum" else f"({added})/{count_of(parts)}"


def weights_of(parts: Sequence[Part]) -> str:
    return "+".join(_added(_times(part, part.weights)) for part in parts)


def _weighted(part: Part, values: str) -> str:
    # As separate factors, because a word times a number would be an error.
    return f"SUMPRODUCT({values},{part.weights})" if part.is_range else f"N({values})*{part.weights}"


def _times(part: Part, *factors: str) -> tuple[Part, str]:
    present = [part.present] if part.present else []
    return part, "*".join([*present, *factors])


def _added(product: tuple[Part, str]) -> str:
    part, text = product
    return f"SUMPRODUCT({text})" if part.is_range else text


def _geometric(parts: Sequence[Part], values: Sequence[str]) -> str:
    """exp of the weighted mean of logarithms; any 0 gives 0, a negative value is an error."""
    logarithms = "+".join(
        f"{part.weights}*LN({f'IF({part.present},{value},1)' if part.present else value})"
        for part, value in zip(parts, values, strict=True)
    )
    return f"IF({in_parts('MIN', list(values))}=0,0,EXP(({logarithms})/({weights_of(parts)})))"


def parts_of(node: Node, layout: Layout, parameters: Parameters, node_cells) -> list[Part]:
    """`node_cells(code)` gives (value, maximum that is passed on) of an inner node."""
    found: list[Part] = []
    joins = node.aggregate != "geometric_mean"
    for is_leaf, children in groupby(node.children, key=lambda child: isinstance(child, Leaf)):
        members = list(children)
        if is_leaf and joins and len(members) > 1:
            found.append(_run(members, layout))
        else:
            found += [_single(child, layout, parameters, node_cells) for child in members]
    return found


def _run(leaves: Sequence[Leaf], layout: Layout) -> Part:
    first, last = (layout.line_column[leaf.code] for leaf in (leaves[0], leaves[-1]))
    sheet = layout.marks.points
    values = across(sheet, first, last)
    may_drop = any(leaf.code in layout.drops for leaf in leaves)
    maxima, weights = (across(sheet, first, last, row) for row in (MAXIMUM_ROW, WEIGHT_ROW))
    return Part(values, maxima, weights, f"ISNUMBER({values})" if may_drop else "", True)


def _single(child: Node | Leaf, layout: Layout, parameters: Parameters, node_cells) -> Part:
    weight = parameters.value(child.code, "weight") if parameters.has(child.code, "weight") else "1"
    if isinstance(child, Leaf):
        column = layout.line_column[child.code]
        value, maximum = at(layout.marks.points, column), at(layout.marks.points, column, MAXIMUM_ROW)
    else:
        value, maximum = node_cells(child.code)
    return Part(value, maximum, weight, f"ISNUMBER({value})" if child.code in layout.drops else "", False)
