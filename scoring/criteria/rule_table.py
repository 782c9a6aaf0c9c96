"""How a line is scored, as a small table: what is reached, and the points it gives."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.numbers import format_number
from scoring import engine
from scoring.engine.formula import written
from scoring.inputs import said, said_unit

Rows = Iterator[tuple[str, str]]


def rule_table(leaf: engine.Leaf) -> list[tuple[str, str]]:
    """(condition, points) pairs, best first where there is an order; empty for a kind without a table."""
    rows = _BY_KIND.get(leaf.rule.kind)
    return list(rows(leaf)) if rows else []


def _points(value: Decimal) -> str:
    """Two places, and more only where they are needed."""
    value = Decimal(value).normalize()
    return format_number(value, 2) if -value.as_tuple().exponent <= 2 else format_number(value)


def _share(leaf: engine.Leaf, fraction: Decimal) -> str:
    return _points(leaf.max_points * fraction)


def _unit(leaf: engine.Leaf) -> str:
    """What a value counts, as it follows a number."""
    counted = _counted(leaf)
    return counted if counted in ("", "%") else f" {counted}"


def _counted(leaf: engine.Leaf) -> str:
    given = leaf.inputs.get("value")
    return said_unit(given) if given else ""


def _each(leaf: engine.Leaf) -> str:
    counted = _counted(leaf)
    return _("each of the {counted}").format(counted=counted) if counted else _("each")


def _boolean(leaf: engine.Leaf) -> Rows:
    yield _("Yes"), _share(leaf, leaf.rule.yes)
    yield _("No"), _share(leaf, leaf.rule.no)


def _level(leaf: engine.Leaf) -> Rows:
    for option in leaf.rule.options:
        yield said(option.title) or option.key, _share(leaf, option.fraction)
    if leaf.rule.combine == "sum":
        yield _("The points of the parts done are added"), _("at most {most}").format(most=_points(leaf.max_points))


def _ratio(leaf: engine.Leaf) -> Rows:
    rule, most = leaf.rule, _points(leaf.max_points)
    full, low = format_number(rule.full_at), format_number(rule.zero_below)
    yield (_("100%") if rule.full_at == 100 else _("from {full}%").format(full=full)), most
    if rule.between == "none":
        yield _("below {full}%").format(full=full), "0"
    else:
        divisor = format_number(rule.full_at if rule.between == "over_full" else Decimal(100))
        times = _("share ÷ {divisor} × {most}").format(divisor=divisor, most=most)
        if rule.zero_below:
            yield _("from {low}% to below {full}%").format(low=low, full=full), times
            yield _("below {low}%").format(low=low), "0"
        else:
            yield _("below {full}%").format(full=full), times
    yield _("nothing to count (total 0)"), {"na": _("not applicable"), "zero": "0", "full": most}[rule.b_zero]


def _tiers(leaf: engine.Leaf) -> Rows:
    unit = _unit(leaf)
    tiers = sorted(leaf.rule.tiers, key=lambda tier: tier.min, reverse=True)
    for tier in tiers:
        yield _("from {bound}").format(bound=format_number(tier.min) + unit), _share(leaf, tier.fraction)
    if tiers[-1].min > 0:
        yield _("fewer"), "0"


def _count(leaf: engine.Leaf) -> Rows:
    yield _each(leaf), _share(leaf, leaf.rule.fraction_per_item)
    yield _("counted at most"), f"{leaf.rule.max_items}{_unit(leaf)}"


def _deadline(leaf: engine.Leaf) -> Rows:
    yield _("by {due}").format(due=f"{leaf.rule.due:%d/%m/%Y}"), _points(leaf.max_points)
    for step in leaf.rule.late:
        yield _("up to {days} days late").format(days=step.days), _share(leaf, step.fraction)
    yield _("later"), "0"


def _linear(leaf: engine.Leaf) -> Rows:
    rule, unit = leaf.rule, _unit(leaf)
    worst, best = (rule.low, rule.high) if rule.direction == 1 else (rule.high, rule.low)
    yield format_number(best) + unit, _points(leaf.max_points)
    yield _("in between"), _("in proportion to the logarithm") if rule.transform == "ln" else _("in proportion")
    yield format_number(worst) + unit, "0"


def _relative(leaf: engine.Leaf) -> Rows:
    better = _("more is better") if leaf.rule.direction == 1 else _("less is better")
    yield _("compared with the other units of the group, {better}").format(better=better), _points(leaf.max_points)


def _given(leaf: engine.Leaf) -> Rows:
    words = _("given by the appraiser") if leaf.rule.kind == "manual" else _("taken over from another result")
    yield words, f"0–{_points(leaf.max_points)}"


def _formula(leaf: engine.Leaf) -> Rows:
    names = {name: said(one.title) or name for name, one in leaf.rule.own_inputs.items()}
    form = "en" if get_language() == "en" else "vi"
    yield written(leaf.rule.tree, form, names), f"0–{_points(leaf.max_points)}"


def _adjustment(leaf: engine.Leaf) -> Rows:
    sign = "+" if leaf.rule.kind == "bonus" else "\u2212"
    yield _each(leaf), sign + _points(leaf.rule.per_item_points)
    yield _("at most"), sign + _points(leaf.max_points)


_BY_KIND: dict[str, Callable[[engine.Leaf], Rows]] = {
    "boolean": _boolean, "level": _level, "ratio": _ratio, "tiers": _tiers, "count": _count, "deadline": _deadline,
    "linear": _linear, "relative": _relative, "manual": _given, "carried": _given, "bonus": _adjustment,
    "penalty": _adjustment, "formula": _formula,
}  # fmt: skip
