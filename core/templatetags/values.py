"""Filters of every page for numbers and days, as people here read them.

A built-in library: templates need no `{% load %}`. docs/reference/components.md says how to call each. Nothing here rounds
points: that is the engine's.
"""

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core.numbers import format_number

register = template.Library()


# --- numbers -------------------------------------------------------------------------------------------------------
def decimal_of(value) -> Decimal:
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(str(value))


@register.filter
def number(value, places: int | None = None) -> str:
    """12.021 and 0,5; with `places` that many digits behind the comma."""
    return "" if value in (None, "") else format_number(decimal_of(value), places)


@register.filter
def points(value) -> str:
    """83,47: points already rounded by the engine. Nothing for `None`: the page says "not yet computed" in words."""
    return number(value, 2)


@register.filter
def percent(value, places: int = 2) -> str:
    """95.8333 (0-100) is 95,83%. Rounded half up for the eye only."""
    if value in (None, ""):
        return ""
    return format_number(decimal_of(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), places) + "%"


@register.filter
def share(value, places: int = 2) -> str:
    """0.958333 (0-1) is 95,83%."""
    return "" if value in (None, "") else percent(decimal_of(value) * 100, places)


@register.filter
def signed(value, places: int | None = None) -> str:
    """+4,55 and −0,49 (a true minus); 0 carries no sign."""
    text = number(value, places)
    return f"+{text}" if text and decimal_of(value) > 0 else text


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


@register.simple_tag
def late_by(minutes: int) -> str:
    """late by 12 minutes · late by 3 hours 5 minutes · late by 2 days 4 hours 10 minutes: nothing is rounded away."""
    days, hours, rest = minutes // 1440, minutes % 1440 // 60, minutes % 60
    parts = [
        ngettext("{n} day", "{n} days", days).format(n=days) if days else "",
        ngettext("{n} hour", "{n} hours", hours).format(n=hours) if hours else "",
        ngettext("{n} minute", "{n} minutes", rest).format(n=rest) if rest else "",
    ]
    return _("late by {time}").format(time=" ".join(part for part in parts if part))
