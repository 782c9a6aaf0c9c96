"""What became of one version of a set in a later one. Pure: two sets and a map of codes in, a list of changes out.

Two sets differ in nothing exactly when their canonical documents are the same but for the year, and for due dates that
have moved with it as `cloning` moves them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from typing import Any

from scoring import engine
from scoring.criteria.cloning import for_year
from scoring.engine.aggregate import maxima
from scoring.engine.rules.base import Rule

# How a criterion is handled, beside its words, points and rule.
HANDLING = ("source_kind", "missing", "evidence.required", "appraiser", "source", "provenance")
WORDING = ("title", "labels", "evidence.note")


@dataclass(frozen=True)
class Setting:
    """A decision of the set as a whole; `key` as in SET.json, such as scoring.rounding."""

    key: str
    before: Any
    after: Any


@dataclass(frozen=True)
class ChangedGroup:
    """`changed` names what is other: code, title, maximum, aggregate, weight, parent, max_points (the written one)."""

    before: engine.Node
    after: engine.Node
    maximum_before: Fraction
    maximum_after: Fraction
    changed: tuple[str, ...]


@dataclass(frozen=True)
class ChangedLine:
    """A criterion of both versions. `before` has its due date moved to the later year already."""

    before: engine.Leaf
    after: engine.Leaf
    group_before: engine.Node | None
    group_after: engine.Node | None
    is_moved: bool
    has_other_rule: bool
    wording: tuple[str, ...]
    handling: tuple[str, ...]

    @property
    def is_renumbered(self) -> bool:
        return self.before.code != self.after.code

    @property
    def is_reweighted(self) -> bool:
        return (self.before.max_points, self.before.weight) != (self.after.max_points, self.after.weight)

    @property
    def is_changed(self) -> bool:
        return bool(
            self.is_renumbered
            or self.is_reweighted
            or self.is_moved
            or self.has_other_rule
            or self.wording
            or self.handling
        )


@dataclass(frozen=True)
class Difference:
    """`lines` and `groups` hold those that changed; `moved_dates` are codes whose due date moved with the year alone."""

    before: engine.CriteriaSet
    after: engine.CriteriaSet
    settings: tuple[Setting, ...]
    grades: tuple[tuple[engine.Grade | None, engine.Grade | None], ...]
    groups_added: tuple[engine.Node, ...]
    groups_dropped: tuple[engine.Node, ...]
    groups: tuple[ChangedGroup, ...]
    added: tuple[engine.Leaf, ...]
    dropped: tuple[engine.Leaf, ...]
    lines: tuple[ChangedLine, ...]
    is_reordered: bool
    moved_dates: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        found = (self.settings, self.grades, self.groups_added, self.groups_dropped, self.groups)
        return not (any(found) or self.added or self.dropped or self.lines or self.is_reordered)


def difference(
    before: engine.CriteriaSet, after: engine.CriteriaSet, codes: dict[str, str] | None = None
) -> Difference:
    """`codes`: criterion of `after` → the criterion of `before` that it continues; None: each the one of its code."""
    moved = for_year(before, after.year)
    if codes is None:
        codes = {line.code: line.code for line in after.lines if before.has_line(line.code)}
    groups = _same_groups(moved, after)
    pairs = [(moved.leaf(codes[line.code]), line) for line in after.lines if line.code in codes]
    lines = [_line(old, new, _parents(moved), _parents(after), groups) for old, new in pairs]
    kept = {old.code for old, _new in pairs}
    pairs_of_grades = _grades(before, after)
    return Difference(
        before=before,
        after=after,
        settings=tuple(_settings(before, after)),
        grades=pairs_of_grades,
        groups_added=tuple(node for node in after.nodes if node.code not in groups),
        groups_dropped=tuple(node for node in moved.nodes if node.code not in set(groups.values())),
        groups=tuple(_groups(moved, after, groups)),
        added=tuple(line for line in after.lines if line.code not in codes),
        dropped=tuple(line for line in moved.lines if line.code not in kept),
        lines=tuple(line for line in lines if line.is_changed),
        is_reordered=_is_reordered(moved, after, codes, groups) or _order_of(before, after, pairs_of_grades),
        moved_dates=tuple(new.code for old, new in pairs if before.leaf(old.code).rule != old.rule == new.rule),
    )


def _settings(before: engine.CriteriaSet, after: engine.CriteriaSet) -> Iterable[Setting]:
    found = [(name, getattr(before, name), getattr(after, name)) for name in ("code", "title", "source")]
    for one in fields(engine.Scoring):
        found.append((f"scoring.{one.name}", getattr(before.scoring, one.name), getattr(after.scoring, one.name)))
    return (Setting(key, old, new) for key, old, new in found if old != new)


def _grades(before: engine.CriteriaSet, after: engine.CriteriaSet) -> tuple:
    old, new = ({grade.code: grade for grade in one.grades} for one in (before, after))
    pairs = ((old.get(code), new.get(code)) for code in {**old, **new})
    return tuple((was, now) for was, now in pairs if was != now)


def _order_of(before: engine.CriteriaSet, after: engine.CriteriaSet, changed: tuple) -> bool:
    return not changed and before.grades != after.grades


def _same_groups(before: engine.CriteriaSet, after: engine.CriteriaSet) -> dict[str, str]:
    """Group of `after` → group of `before`: the root, those of one code, and of the rest those of one title alone."""
    same = {after.root.code: before.root.code}
    old = {node.code: node for node in before.nodes if node is not before.root}
    new = [node for node in after.nodes if node is not after.root]
    same |= {node.code: node.code for node in new if node.code in old}
    left = [node for code, node in old.items() if code not in set(same.values())]
    for node in new:
        named = [one for one in left if one.title.vi == node.title.vi]
        if node.code not in same and len(named) == 1:
            same[node.code] = named[0].code
            left.remove(named[0])
    return same


def _parents(one: engine.CriteriaSet) -> dict[str, engine.Node]:
    return {child.code: node for node in one.nodes for child in node.children}


def _groups(before: engine.CriteriaSet, after: engine.CriteriaSet, same: Mapping[str, str]) -> Iterable[ChangedGroup]:
    most_before, most_after = maxima(before), maxima(after)
    parents_before, parents_after = _parents(before), _parents(after)
    for node in after.nodes:
        if node.code not in same:
            continue
        old = before.node(same[node.code])
        changed = [key for key in ("code", "title", "aggregate", "weight") if getattr(old, key) != getattr(node, key)]
        if most_before[old.code] != most_after[node.code]:
            changed.append("maximum")
        elif old.max_points != node.max_points:
            changed.append("max_points")
        if not _is_same_group(parents_before.get(old.code), parents_after.get(node.code), same):
            changed.append("parent")
        if changed:
            yield ChangedGroup(old, node, most_before[old.code], most_after[node.code], tuple(changed))


def _is_same_group(old: engine.Node | None, new: engine.Node | None, same: Mapping[str, str]) -> bool:
    return (old and old.code) == (new and same.get(new.code))


def _line(
    old: engine.Leaf,
    new: engine.Leaf,
    before: Mapping[str, engine.Node],
    after: Mapping[str, engine.Node],
    same: Mapping,
) -> ChangedLine:
    group_before, group_after = before.get(old.code), after.get(new.code)
    return ChangedLine(
        before=old,
        after=new,
        group_before=group_before,
        group_after=group_after,
        is_moved=not _is_same_group(group_before, group_after, same),
        has_other_rule=_without_labels(old.rule) != _without_labels(new.rule),
        wording=tuple(key for key in WORDING if value_of(old, key) != value_of(new, key)),
        handling=tuple(key for key in HANDLING if value_of(old, key) != value_of(new, key)),
    )


def value_of(leaf: engine.Leaf, key: str) -> Any:
    """By a key of WORDING or HANDLING. Labels are the titles and units of inputs and the titles of options."""
    if key == "labels":
        return dict(leaf.asked), [getattr(one, "title", None) for one in getattr(leaf.rule, "options", ())]
    if key.startswith("evidence."):
        return getattr(leaf.evidence, key.removeprefix("evidence."))
    return getattr(leaf, key)


def _without_labels(rule: Rule) -> Rule:
    if options := getattr(rule, "options", ()):
        return replace(rule, options=tuple(replace(one, title=None) for one in options))
    if inputs := getattr(rule, "inputs", ()):
        return replace(rule, inputs=tuple(replace(one, title=None, unit="", type="decimal") for one in inputs))
    return rule


def _is_reordered(
    before: engine.CriteriaSet, after: engine.CriteriaSet, codes: dict[str, str], groups: dict[str, str]
) -> bool:
    """Whether anywhere what stayed in its group, or beside the tree, stands in another order there."""
    lists = [(before.node(groups[node.code]).children, node.children) for node in after.nodes if node.code in groups]
    for old, new in [*lists, (before.adjustments, after.adjustments)]:
        there = {item.code for item in old}
        stayed = [code for item in new if (code := (groups | codes).get(item.code)) in there]
        if stayed != [item.code for item in old if item.code in set(stayed)]:
            return True
    return False
