"""What was declared or recognised on a line, in words short enough for a table."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from core.fields import plain
from core.numbers import format_number
from scoring import engine
from scoring.criteria.rule_table import rule_table
from scoring.inputs import Input, inputs_of
from scoring.models import Answer


def shown(field: Input, value: str) -> str:
    """One value as people here write it: 9,5 · 31/12/2026 · the label of a choice."""
    if field.type == "choice":
        return dict(field.choices).get(value, value)
    if field.type == "date":
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    return format_number(Decimal(value))


def typed(field: Input, value: str) -> str:
    """One value as a form holds it: without dots for thousands, which nobody should have to delete."""
    if field.type in ("choice", "date"):
        return value if field.type == "choice" else shown(field, value)
    return plain(Decimal(value)).replace(".", ",")


def percent_of(values: Mapping[str, str]) -> str:
    """a out of b as a percentage for the eye (two places, half up); nothing where b is 0."""
    a, b = Decimal(values["a"]), Decimal(values["b"])
    return format_number((a * 100 / b).quantize(Decimal("0.01"), ROUND_HALF_UP), 2) + "%" if b else ""


def said_values(leaf: engine.Leaf, values: Mapping[str, str]) -> str:
    """“41 ÷ 46 = 89,13%”, “5 cuộc họp”, “Cấp trưởng”; nothing for no values."""
    if not values:
        return ""
    if "na" in values:
        return _("not applicable")
    if "appraised_points" in values:
        return _("{points} points set").format(points=format_number(Decimal(values["appraised_points"])))
    fields = {field.name: field for field in inputs_of(leaf) if field.name in values}
    if leaf.rule.kind == "ratio" and len(fields) == 2:
        a, b = (shown(fields[name], values[name]) for name in ("a", "b"))
        percent = percent_of(values)
        return f"{a} ÷ {b}" + (f" = {percent}" if percent else "")
    if any(name.startswith("part:") for name in fields):
        return _parts(fields, values)
    return "; ".join(f"{shown(field, values[name])} {field.counted}".strip() for name, field in fields.items())


def _parts(fields: Mapping[str, Input], values: Mapping[str, str]) -> str:
    done = [field.title for name, field in fields.items() if values[name] == "yes"]
    counted = _("{done} of {all} parts").format(done=len(done), all=len(fields))
    return f"{counted}: {', '.join(done)}" if done else counted


def said_claim(answer: Answer) -> str:
    """What the unit declares, also where it declares nothing."""
    if answer.asks_not_applicable:
        return _("asks for “not applicable”")
    return said_values(answer.criterion.leaf, answer.values) or _("not declared")


def said_rule(leaf: engine.Leaf) -> str:
    """How the line is scored, on one line: “Từ 90%: 1,50; từ 40% đến dưới 90%: tỷ lệ ÷ 90 × 1,50; dưới 40%: 0.”"""
    said = "; ".join(f"{condition}: {points}" for condition, points in rule_table(leaf))
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def figure_of(leaf: engine.Leaf, values: Mapping[str, str]) -> str:
    """The one figure that stands for the claim in a narrow column; nothing for choices."""
    fields = inputs_of(leaf)
    if leaf.rule.kind == "ratio" and {"a", "b"} <= set(values):
        return percent_of(values)
    if len(fields) == 1 and fields[0].name in values and fields[0].type in ("integer", "decimal"):
        return shown(fields[0], values[fields[0].name])
    return ""
