"""Plots of many figures, drawn on the server as SVG; each has the same as a table. A built-in library, see `ui`."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from math import sqrt

from django import template

from core.templatetags.ui import _attribute, _median
from core.templatetags.values import decimal_of

register = template.Library()

WIDTH, ROW, EDGE = 320, 22, 10
SMALLEST, LARGEST = 2.5, 9.0


@register.inclusion_tag("components/strip_plot.html")
def strip_plot(maximum, *rows) -> dict:
    """One line of dots per row from 0 to `maximum`, given as label, values, label, values, …: a dot's area is the number of
    equal values, the tick is the median. The table beside it holds lowest, quartiles, median and highest."""
    top = decimal_of(maximum) or Decimal(1)
    named = [_row(label, values, top, at) for at, (label, values) in enumerate(zip(rows[::2], rows[1::2], strict=True))]
    return {"rows": named, "width": WIDTH, "height": ROW * len(named), "edge": EDGE, "maximum": top}


@register.inclusion_tag("components/strip_plot.html")
def strip_plots(maximum, rows: Iterable[tuple[str, Iterable]], counted: str = "") -> dict:
    """As `strip_plot`, for rows known as a list of label and values; `counted` says what the dots are, if not units."""
    return strip_plot(maximum, *(part for row in rows for part in row)) | {"counted": counted}


def _row(label: str, values: Iterable, top: Decimal, at: int) -> dict:
    numbers = sorted(decimal_of(value) for value in values)
    half = len(numbers) // 2
    middle = _median(numbers)
    return {
        "label": label,
        "y": at * ROW + ROW // 2,
        "dots": [
            {"x": _attribute(_x(value, top)), "r": _attribute(min(SMALLEST * sqrt(count), LARGEST))}
            for value, count in sorted(Counter(numbers).items())
        ],
        "tick": None if middle is None else _attribute(_x(middle, top)),
        "count": len(numbers),
        "lowest": numbers[0] if numbers else None,
        "lower": _median(numbers[: half + len(numbers) % 2]),
        "median": middle,
        "upper": _median(numbers[half:]),
        "highest": numbers[-1] if numbers else None,
    }


def _x(value: Decimal, top: Decimal) -> Decimal:
    return EDGE + min(max(value / top, Decimal(0)), Decimal(1)) * (WIDTH - 2 * EDGE)
