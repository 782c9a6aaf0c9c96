"""The rule of a criterion in words, with whatever of it differs from another rule."""

from dataclasses import fields
from typing import Any

from scoring import engine
from scoring.criteria.parameter_words import KINDS
from scoring.criteria.rule_table import rule_table
from scoring.criteria.workbook.layout import RULES
from scoring.criteria.workbook.words import in_language

# What the small table beside a line does not say, or not always.
_UNSAID = ("na_allowed", "combine", "clip", "method", "set", "node", "direction", "transform")


def rule_text(leaf: engine.Leaf, other: engine.Leaf) -> str:
    """One line per step; never the same text for two rules that differ."""
    lines = [f"{condition}: {points}" for condition, points in rule_table(leaf)]
    if leaf.rule.kind != other.rule.kind:
        return "\n".join([str(KINDS[leaf.rule.kind]), *lines])
    changed = [one.name for one in fields(leaf.rule) if getattr(leaf.rule, one.name) != getattr(other.rule, one.name)]
    if not set(changed) - {*_UNSAID} and changed:
        lines = []
    said = [_said(leaf, name) for name in changed if name in _UNSAID]
    if not said and rule_table(leaf) == rule_table(other):
        said = [_said(leaf, name) for name in changed]
    return "\n".join([*lines, *said])


def _said(leaf: engine.Leaf, name: str) -> str:
    value = getattr(leaf.rule, name)
    column = next((one for one in RULES.columns if one.key == name), None)
    if column is None:
        return f"{name}: {_steps(value)}"
    shown = in_language(column.kind.words[value]) if column.kind.words else str(value)
    return f"{in_language(column.said)}: {shown}"


def _steps(value: Any) -> str:
    """Options by key, inputs by name, tiers and late steps by their figures."""
    return "; ".join(", ".join(str(part) for part in vars(one).values() if part is not None) for one in value)
