"""A criteria set as frozen data: what SET.json says, with every default filled in."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from .containers import ListOf, MapOf, Nullable
from .faults import quoted
from .jsontypes import Choice, Code, Exactly, Flag, Integer, Number, Text
from .records import Record, Spot, json_key
from .rules.base import Rule
from .ruletype import RuleType
from .titles import Title, title_in

FORMAT = "sonla-awards/criteria-set@1"
NATURAL_TYPES = {"decimal": "decimal", "whole": "integer", "date": "date", "yes_no": "choice", "choice": "choice"}


@dataclass(frozen=True, kw_only=True)
class Scoring:
    """Rounding, ranks, ties, not applicable and missing: data of the set."""

    places: int = json_key(Integer(0, 20), 2)
    rounding: str = json_key(Choice("half_up", "half_even", "down"), "half_up")
    round_at: str = json_key(Choice("leaf", "total"), "total")
    rank_on: str = json_key(Choice("rounded", "exact"), "rounded")
    not_applicable: str = json_key(Choice("renormalise", "full", "zero"), "renormalise")
    missing: str = json_key(Choice("zero", "unranked"), "zero")
    tie_break: tuple[str, ...] = json_key(ListOf(Text()), ())
    max_bonus: Decimal | None = json_key(Nullable(Number("0")), None)
    max_penalty: Decimal | None = json_key(Nullable(Number("0")), None)
    cap: Decimal | None = json_key(Nullable(Number("0")), None)


@dataclass(frozen=True, kw_only=True)
class Grade:
    code: str = json_key(Code())
    title: Title = json_key(Record(Title))
    from_points: Decimal = json_key(Number(), name="from")


@dataclass(frozen=True, kw_only=True)
class Input:
    """How a form asks for one field. `type` left out is the one that the rule's field has by nature."""

    title: Title | None = json_key(Record(Title), None, omit=True)
    type: str | None = json_key(Choice("integer", "decimal", "date", "choice"), None, omit=True)
    unit: str = json_key(Text(), "")


@dataclass(frozen=True, kw_only=True)
class Evidence:
    required: bool = json_key(Flag(), False)
    note: str = json_key(Text(), "")


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """A scored criterion of the tree. `missing` is None where the set's policy holds."""

    code: str = json_key(Code())
    title: Title = json_key(Record(Title))
    max_points: Decimal = json_key(Number(above="0"))
    rule: Rule = json_key(RuleType(adjustment=False))
    weight: Decimal = json_key(Number(above="0"), Decimal(1))
    source_kind: str = json_key(Choice("declared", "measured", "survey", "appraiser"), "declared")
    inputs: dict[str, Input] = json_key(MapOf(Record(Input)), default_factory=dict)
    missing: str | None = json_key(Choice("zero", "unranked"), None, omit=True)
    evidence: Evidence = json_key(Record(Evidence), Evidence())
    appraiser: str = json_key(Text(), "")
    source: str = json_key(Text(), "")
    provenance: str | None = json_key(Nullable(Choice("exact", "adapted", "invented")), None)

    @property
    def asked(self) -> "Mapping[str, Input]":
        """How each field is asked for: by the rule's own inputs, else by the leaf's. May lack fields."""
        return self.rule.own_inputs or self.inputs

    def input_title(self, field: str) -> Title | None:
        return self.asked[field].title if field in self.asked else None

    def input_words(self, field: str, lang: str) -> tuple[str, str]:
        """(title, unit) of a field, empty where the set gives none."""
        declared = self.asked.get(field, Input())
        return title_in(declared.title, lang), declared.unit

    def settled(self, spot: Spot) -> "Leaf":
        if self.inputs and self.rule.own_inputs:
            (spot / "inputs").fault(
                "Đầu vào của công thức khai trong rule, không khai ở tiêu chí.",
                "The inputs of a formula stand in its rule, not in the criterion.",
            )
            return self
        specs = {spec.name: spec for spec in self.rule.specs}
        settled = {}
        for name, declared in self.inputs.items():
            place = spot / "inputs" / name
            if name not in specs:
                place.fault(
                    f"Cách tính {self.rule.kind} không có trường “{quoted(name)}”.",
                    f"The rule {self.rule.kind} has no field “{quoted(name)}”.",
                )
                continue
            natural = NATURAL_TYPES[specs[name].type]
            numeric = ("integer", "decimal")
            if declared.type not in (None, natural) and not (declared.type in numeric and natural in numeric):
                (place / "type").fault(f"Trường này có kiểu {natural}.", f"This field is of the type {natural}.")
            settled[name] = dataclasses.replace(declared, type=declared.type or natural)
        return dataclasses.replace(self, inputs=settled)


@dataclass(frozen=True, kw_only=True)
class Adjustment(Leaf):
    """A bonus or penalty beside the tree."""

    rule: Rule = json_key(RuleType(adjustment=True))


class Child:
    """The type of a node's child: an object with `children` is a node, any other a leaf."""

    def read(self, value, spot: Spot):
        is_node = isinstance(value, dict) and ("children" in value or ("aggregate" in value and "rule" not in value))
        return Record(Node if is_node else Leaf).read(value, spot)

    def write(self, value) -> dict:
        return Record(type(value)).write(value)


@dataclass(frozen=True, kw_only=True)
class Node:
    """An inner node (the root, a pillar). `max_points` is only a check of the computed maximum."""

    code: str = json_key(Code())
    title: Title = json_key(Record(Title))
    children: "tuple[Node | Leaf, ...]" = json_key(ListOf(Child(), at_least=1))
    aggregate: str = json_key(Choice("sum", "mean", "weighted_mean", "geometric_mean"), "sum")
    weight: Decimal = json_key(Number(above="0"), Decimal(1))
    max_points: Decimal | None = json_key(Number(above="0"), None, omit=True)

    def walk(self) -> "Iterator[Node | Leaf]":
        """This node, then everything under it, in pre-order."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()
            else:
                yield child


@dataclass(frozen=True, kw_only=True)
class CriteriaSet:
    format: str = json_key(Exactly(FORMAT))
    code: str = json_key(Code())
    year: int = json_key(Integer())
    title: Title = json_key(Record(Title))
    source: str = json_key(Text(), "")
    scoring: Scoring = json_key(Record(Scoring))
    grades: tuple[Grade, ...] = json_key(ListOf(Record(Grade)), ())
    root: Node = json_key(Record(Node))
    adjustments: tuple[Adjustment, ...] = json_key(ListOf(Record(Adjustment)), ())

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """The inner nodes in pre-order, root first."""
        return tuple(item for item in self.root.walk() if isinstance(item, Node))

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """The leaves of the tree, in order."""
        return tuple(item for item in self.root.walk() if isinstance(item, Leaf))

    @cached_property
    def lines(self) -> tuple[Leaf, ...]:
        """The leaves of the tree, then the adjustments."""
        return self.leaves + self.adjustments

    @cached_property
    def reckoning_order(self) -> "tuple[Leaf, ...]":
        """The lines so that each comes after those whose points it takes; a circle is left out (checks refuse it)."""
        order: dict[str, Leaf] = {}
        waiting = list(self.lines)
        while ready := [leaf for leaf in waiting if leaf.rule.takes_points_of <= order.keys()]:
            order |= {leaf.code: leaf for leaf in ready}
            waiting = [leaf for leaf in waiting if leaf.code not in order]
        return tuple(order.values())

    @cached_property
    def _lines_by_code(self) -> dict[str, Leaf]:
        return {leaf.code: leaf for leaf in self.lines}

    @cached_property
    def _nodes_by_code(self) -> dict[str, Node]:
        return {node.code: node for node in self.nodes}

    def leaf(self, code: str) -> Leaf:
        """The leaf or adjustment of that code; KeyError if there is none."""
        return self._lines_by_code[code]

    def node(self, code: str) -> Node:
        return self._nodes_by_code[code]

    def has_line(self, code: str) -> bool:
        return code in self._lines_by_code
