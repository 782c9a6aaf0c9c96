"""Rounding as formulas. A binary number is first snapped to more decimals than are kept, so that a half that came out as
…4999999 is a half again; whether that can mislead is looked at with the exact values (`limits.py`)."""

from .layout import Precision


def snapped(expression: str, precision: Precision) -> str:
    return f"ROUND({expression},{precision.snap})"


def rounded(expression: str, precision: Precision) -> str:
    """`expression` at the set's places. It stands up to four times in the formula, so it should be a cell."""
    places, kept = precision.places, precision.snap - precision.places
    factor = 10**places
    units = f"ROUND({expression}*{factor},{kept})" if places else f"ROUND({expression},{kept})"
    whole = whole_units(units, precision.mode)
    return f"{whole}/{factor}" if places else whole


def whole_units(units: str, mode: str) -> str:
    """Snapped units as a whole number; halves away from zero, to the even number, or cut towards zero."""
    if mode == "half_up":
        return f"ROUND({units},0)"
    if mode == "down":
        return f"TRUNC({units},0)"
    return f"IF(ABS({units}-TRUNC({units},0))=0.5,2*ROUND({units}/2,0),ROUND({units},0))"


def rounded_to(expression: str, places: str, mode: str) -> str:
    """ROUND of the formula language, where the places may be an expression too."""
    return f"{whole_units(f'ROUND({expression}*10^({places}),6)', mode)}/10^({places})"
