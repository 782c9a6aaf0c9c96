"""What a number in a cell is as text, as far as a spreadsheet knows it."""

from decimal import Decimal
from functools import lru_cache

from django.utils.translation import gettext as _

from core.errors import Invalid

# A spreadsheet keeps fifteen digits; of a longer number it has made up the rest.
MOST_DIGITS = 15


@lru_cache(16_384)  # few numbers stand very often
def number_text(value: float | int) -> str:
    """A number as somebody types it: 9,5. Invalid where it has more digits than a spreadsheet keeps."""
    text = repr(value or 0)  # no −0
    if len(text) <= MOST_DIGITS + 1 and "e" not in text:  # nearly all of them
        return (text[:-2] if text.endswith(".0") else text).replace(".", ",")
    number = Decimal(text)
    if len(number.normalize().as_tuple().digits) > MOST_DIGITS or abs(number) >= 10**MOST_DIGITS:
        raise Invalid(
            _("The number has more than {most} digits, and Excel keeps no more. Type it rounded.").format(
                most=MOST_DIGITS
            )
        )
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
