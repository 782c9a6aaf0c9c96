"""Filters and tags of every page: numbers, dates, icons and the small drawings.

A built-in library: templates need no `{% load %}`. docs/reference/components.md says how to call each. Nothing here rounds
points (that is the engine's) or asks the database.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django import template
from django.forms import BoundField, widgets
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core.numbers import format_number

register = template.Library()

SPRITE = "vendor/bootstrap-icons/icons.svg"
GRADE_BARS = {"tot": 4, "kha": 3, "trung_binh": 2, "tb": 2, "yeu": 1}
DISTRIBUTION_BINS = 16
DISTRIBUTION_WIDTH, DISTRIBUTION_HEIGHT = 230, 34
INTERVAL_WIDTH = 120


# --- numbers -------------------------------------------------------------------------------------------------------
def _decimal(value) -> Decimal:
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(str(value))


def _attribute(value) -> str:
    """For attributes of SVG and HTML: a point, never the reader's comma."""
    text = format(_decimal(value).quantize(Decimal("0.01")), "f")
    return text.rstrip("0").rstrip(".") or "0"


@register.filter
def number(value, places: int | None = None) -> str:
    """12.021 and 0,5; with `places` that many digits behind the comma."""
    return "" if value in (None, "") else format_number(_decimal(value), places)


@register.filter
def points(value) -> str:
    """83,47: points already rounded by the engine. Nothing for `None`: the page says "not yet computed" in words."""
    return number(value, 2)


@register.filter
def percent(value, places: int = 2) -> str:
    """95.8333 (0-100) is 95,83%. Rounded half up for the eye only."""
    if value in (None, ""):
        return ""
    return format_number(_decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), places) + "%"


@register.filter
def share(value, places: int = 2) -> str:
    """0.958333 (0-1) is 95,83%."""
    return "" if value in (None, "") else percent(_decimal(value) * 100, places)


@register.filter
def signed(value, places: int | None = None) -> str:
    """+4,55 and −0,49 (a true minus); 0 carries no sign."""
    text = number(value, places)
    return f"+{text}" if text and _decimal(value) > 0 else text


# --- dates ---------------------------------------------------------------------------------------------------------
def _local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


@register.filter
def date_vi(value: date | datetime | None) -> str:
    """10/12/2026."""
    return f"{_local(value):%d/%m/%Y}" if value else ""


@register.filter
def datetime_vi(value: datetime | None, seconds: str = "") -> str:
    """14:32 ngày 10/12/2026; with `:"s"` the seconds too."""
    if not value:
        return ""
    clock = f"{_local(value):%H:%M:%S}" if seconds else f"{_local(value):%H:%M}"
    return _("{time} on {date}").format(time=clock, date=date_vi(value))


@register.filter
def time_vi(value: datetime | None) -> str:
    """14:32."""
    return f"{_local(value):%H:%M}" if value else ""


@register.filter
def weekday_vi(value: date | datetime | None) -> str:
    """23:59 thứ Năm, 10/12/2026 (without the time for a plain date)."""
    if not value:
        return ""
    names = [
        pgettext("in a sentence", "Monday"),
        pgettext("in a sentence", "Tuesday"),
        pgettext("in a sentence", "Wednesday"),
        pgettext("in a sentence", "Thursday"),
        pgettext("in a sentence", "Friday"),
        pgettext("in a sentence", "Saturday"),
        pgettext("in a sentence", "Sunday"),
    ]
    day = f"{names[_local(value).weekday()]}, {date_vi(value)}"
    return f"{time_vi(value)} {day}" if isinstance(value, datetime) else day


@register.filter
def last_moment(value: datetime | None) -> datetime | None:
    """The stored end of a phase is exclusive (the next midnight); people read its last second, 23:59:59."""
    return value - timedelta(seconds=1) if value else None


@register.simple_tag
def time_left(until: datetime, now: datetime) -> str:
    """17 days · 2 days 5 hours (from 3 days down) · 5 hours 10 minutes · 48 minutes. Empty when the time is over."""
    left = int((until - now).total_seconds())
    if left <= 0:
        return ""
    days, hours, minutes = left // 86400, left % 86400 // 3600, left % 3600 // 60
    day_text = ngettext("{n} day", "{n} days", days).format(n=days)
    hour_text = ngettext("{n} hour", "{n} hours", hours).format(n=hours)
    minute_text = ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes)
    if days >= 3:
        return day_text
    if days:
        return f"{day_text} {hour_text}" if hours else day_text
    return f"{hour_text} {minute_text}" if hours and minutes else hour_text if hours else minute_text


# --- icons and small drawings --------------------------------------------------------------------------------------
@register.simple_tag
def icon(name: str, css_class: str = "") -> str:
    """One of static/vendor/icons.txt; decorative, so a word must stand beside it."""
    return format_html(
        '<svg class="icon {}" width="16" height="16" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        css_class, static(SPRITE), name,
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
    top = _decimal(maximum or 1)
    done = min(max(_decimal(value or 0), Decimal(0)), top)
    return {"value": _attribute(done), "maximum": _attribute(top), "label": label, "css_class": css_class}


@register.inclusion_tag("components/distribution.html")
def distribution(values: Iterable, maximum, own=None, noun: str = "") -> dict:
    """16 bins from 0 to `maximum`; the bin that holds `own` is dark. The same in words for screen readers."""
    numbers, top = sorted(_decimal(v) for v in values), _decimal(maximum)
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
                "own": own is not None and index == _bin_of(_decimal(own), top),
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
    return (
        f"{base} num numeric {widget.attrs.get('class', '')}".strip()
        if numeric
        else f"{base} {widget.attrs.get('class', '')}".strip()
    )
