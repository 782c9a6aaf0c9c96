"""Tags of every page: icons, the small drawings, heads of tables, controls of forms.

A built-in library: templates need no `{% load %}`. docs/reference/components.md says how to call each. Nothing here asks the
database.
"""

from collections.abc import Iterable
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.forms import BoundField, widgets
from django.templatetags.static import static
from django.utils.html import format_html

from core.templatetags.values import decimal_of, last_moment, time_left

register = template.Library()

SPRITE = "vendor/bootstrap-icons/icons.svg"
GRADE_BARS = {"tot": 4, "kha": 3, "trung_binh": 2, "tb": 2, "yeu": 1}
DISTRIBUTION_BINS = 16
DISTRIBUTION_WIDTH, DISTRIBUTION_HEIGHT = 230, 34
INTERVAL_WIDTH = 120


# --- icons and small drawings --------------------------------------------------------------------------------------
def _attribute(value) -> str:
    """For attributes of SVG and HTML: a point, never the reader's comma."""
    text = format(decimal_of(value).quantize(Decimal("0.01")), "f")
    return text.rstrip("0").rstrip(".") or "0"


@register.simple_tag
def icon(name: str, css_class: str = "") -> str:
    """One of static/vendor/icons.txt; decorative, so a word must stand beside it."""
    return format_html(
        '<svg class="{}" width="16" height="16" aria-hidden="true"><use href="{}#{}"/></svg>',
        f"icon {css_class}".rstrip(), static(SPRITE), name,
    )  # fmt: skip


@register.inclusion_tag("components/grade_badge.html")
def grade_badge(level: int | str, label: str) -> dict:
    """Four rising bars, `level` of them filled (4 best; or tot, kha, trung_binh, yeu), and the grade's word."""
    level = GRADE_BARS.get(str(level).lower(), level)
    return {
        "bars": [{"x": i * 5, "y": 9 - i * 3, "height": 3 + i * 3, "on": i < int(level)} for i in range(4)],
        "label": label,
    }


@register.inclusion_tag("components/bar.html")
def bar(value, maximum, label: str = "", css_class: str = "") -> dict:
    """A thin share bar; `label` is for screen readers, and needless when the numbers stand beside it."""
    top = decimal_of(maximum or 1)
    done = min(max(decimal_of(value or 0), Decimal(0)), top)
    return {"value": _attribute(done), "maximum": _attribute(top), "label": label, "css_class": css_class}


@register.inclusion_tag("components/distribution.html")
def distribution(values: Iterable, maximum, own=None, noun: str = "") -> dict:
    """16 bins from 0 to `maximum`; the bin that holds `own` is dark. The same in words for screen readers."""
    numbers, top = sorted(decimal_of(v) for v in values), decimal_of(maximum)
    bins = [0] * DISTRIBUTION_BINS
    for value in numbers:
        bins[_bin_of(value, top)] += 1
    width = Decimal(DISTRIBUTION_WIDTH) / DISTRIBUTION_BINS
    highest = max(bins) or 1
    bars = []
    for index, count in enumerate(bins):
        height = max(Decimal(DISTRIBUTION_HEIGHT) * count / highest, Decimal(1 if count else 0))
        bars.append(
            {
                "x": _attribute(index * width),
                "y": _attribute(DISTRIBUTION_HEIGHT - height),
                "width": _attribute(width - 1),
                "height": _attribute(height),
                "own": own is not None and index == _bin_of(decimal_of(own), top),
            }
        )
    return {
        "bars": bars, "width": DISTRIBUTION_WIDTH, "height": DISTRIBUTION_HEIGHT, "maximum": top,
        "median": _median(numbers), "lowest": numbers[0] if numbers else None, "highest": numbers[-1] if numbers else None,
        "count": len(numbers), "own": own, "noun": noun,
    }  # fmt: skip


def _bin_of(value: Decimal, top: Decimal) -> int:
    return min(int(value / top * DISTRIBUTION_BINS), DISTRIBUTION_BINS - 1) if top else 0


def _median(numbers: list[Decimal]) -> Decimal | None:
    """The middle value, to two places half up: a figure to look at, not one that is ranked on."""
    if not numbers:
        return None
    middle = (numbers[(len(numbers) - 1) // 2] + numbers[len(numbers) // 2]) / 2
    return middle.quantize(Decimal("0.01"), ROUND_HALF_UP)


@register.inclusion_tag("components/rank_interval.html")
def rank_interval(low: int, high: int, rank: int, count: int) -> dict:
    """Axis 1..count, a bar from `low` to `high` (5-95 %), the published rank as a tick, and "6–15" beside."""
    step = Decimal(INTERVAL_WIDTH - 4) / max(count - 1, 1)
    return {
        "x": _attribute((low - 1) * step), "width": _attribute((high - low) * step + 4), "tick": _attribute((rank - 1) * step + 1),
        "low": low, "high": high, "rank": rank, "axis": INTERVAL_WIDTH,
    }  # fmt: skip


@register.inclusion_tag("components/deadline.html")
def deadline(
    closes_at: datetime, now: datetime, extended_to: datetime | None = None, note: str = "", locked: bool = False
) -> dict:
    """Plain above 3 days, amber with hours below, red with the server's clock from 2 hours; extended; locked."""
    until = extended_to or closes_at
    left = (until - now).total_seconds()
    if locked or left <= 0:
        state = "locked"
    elif extended_to:
        state = "extended"
    else:
        state = "urgent" if left <= 2 * 3600 else "soon" if left <= 3 * 86400 else "plain"
    return {"state": state, "until": last_moment(until), "left": time_left(until, now), "now": now, "note": note}


# --- tables and forms ----------------------------------------------------------------------------------------------
@register.inclusion_tag("components/sort_head.html", takes_context=True)
def sort_head(context, key: str, label: str, css_class: str = "", default: str = "", note: str = "") -> dict:
    """A `<th>` that sorts by `?sort=key` / `?sort=-key`; the rest of the query stays. `default`: the order without one."""
    request = context["request"]
    current = request.GET.get("sort", default)
    direction = "ascending" if current == key else "descending" if current == f"-{key}" else ""
    query = request.GET.copy()
    query.pop("page", None)
    query["sort"] = f"-{key}" if direction == "ascending" else key
    return {"label": label, "css_class": css_class, "note": note, "direction": direction, "query": query.urlencode()}


@register.inclusion_tag("components/save_state.html")
def save_state(state: str, at: datetime | None = None, note: str = "") -> dict:
    """`state`: saved, saving, offline, invalid, locked. Same place in every row."""
    return {"state": state, "at": at, "note": note}


@register.simple_tag
def control(bound: BoundField) -> str:
    """The control alone, styled; its label must stand beside it."""
    return bound.as_widget(attrs={"class": _control_class(bound.field.widget)})


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, css_class: str = "", suffix: str = "", optional: bool = True) -> dict:
    """Label, help, control and error of one form field, tied together; every form uses this."""
    described = []
    if bound.help_text:
        described.append(f"{bound.auto_id}_help")
    if bound.errors:
        described.append(f"{bound.auto_id}_error")
    attributes = {"class": _control_class(bound.field.widget)}
    if bound.field.widget.attrs.get("placeholder") == bound.label:
        attributes["placeholder"] = ""  # allauth repeats the label there
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if bound.errors:
        attributes["aria-invalid"] = "true"
        attributes["class"] += " is-invalid"
    kind = _kind(bound.field.widget)
    return {
        "field": bound, "kind": kind, "control": "" if kind == "choices" else bound.as_widget(attrs=attributes),
        "described": " ".join(described), "css_class": css_class, "suffix": suffix,
        "is_optional": optional and not bound.field.required and kind != "check",
    }  # fmt: skip


def _kind(widget: widgets.Widget) -> str:
    if isinstance(widget, widgets.RadioSelect | widgets.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, widgets.CheckboxInput):
        return "check"
    return "file" if isinstance(widget, widgets.FileInput) else "text"


def _control_class(widget: widgets.Widget) -> str:
    base = {"check": "form-check-input", "choices": ""}.get(_kind(widget), "form-control")
    if base == "form-control" and isinstance(widget, widgets.Select):
        base = "form-select"
    numeric = isinstance(widget, widgets.NumberInput) or widget.attrs.get("inputmode") in ("numeric", "decimal")
    return " ".join(f"{base} {'num' if numeric else ''} {widget.attrs.get('class', '')}".split())
