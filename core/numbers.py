"""Numbers as people here type and read them: decimal comma, dots for thousands on screen, strict when typed.

Django's own fields accept `１２`, `٣`, `1_0` and `1e1`; a score must not.
"""

import re
import unicodedata
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.errors import Invalid
from core.fields import plain

_WHOLE = re.compile(r"[0-9]{1,20}")
_DECIMAL = re.compile(r"-?[0-9]{1,20}([.,][0-9]{1,30})?")
_GROUPED = re.compile(r"[0-9]{1,3}([.\s\u00a0][0-9]{3})+")


def parse_decimal(text: str) -> Decimal:
    """`9,5` and `9.5` are 9.5; `1.234,5`, `1_0`, `１２`, `1e1`, `5%` are refused (Invalid, ERR-NUMBER)."""
    text = text.strip()
    if not _DECIMAL.fullmatch(text):
        plainly = unicodedata.normalize("NFKC", text)
        sentence = _("“{text}” is not a number. Write digits only, for example 9,5.").format(text=text[:80])
        raise Invalid(_unclear(text, plainly) if _DECIMAL.fullmatch(plainly) else sentence, code="ERR-NUMBER")
    return Decimal(text.replace(",", "."))


def _unclear(text: str, meant: str) -> str:
    return _("“{text}” is not clear. Write {meant}.").format(text=text[:80], meant=meant)


def parse_whole(text: str) -> int:
    """Digits only. `1.234` (might have been meant as 1,234) and `１２` are refused with the way to write them."""
    text = text.strip()
    if _WHOLE.fullmatch(text):
        return int(text)
    if _WHOLE.fullmatch(text.removeprefix("-")) and text.startswith("-"):
        sentence = _("The number must not be negative.")
    elif _GROUPED.fullmatch(text):
        sentence = _unclear(text, re.sub(r"\D", "", text))
    elif _WHOLE.fullmatch(plainly := unicodedata.normalize("NFKC", text)):
        sentence = _unclear(text, plainly)
    else:
        sentence = _("“{text}” is not a whole number. Write digits only, for example 1234.").format(text=text[:80])
    raise Invalid(sentence, code="ERR-NUMBER")


def format_number(value: Decimal | int | str | None, places: int | None = None) -> str:
    """For the screen, in the language of the reader: 12.021 and 83,47 (vi), 12,021 and 83.47 (en); `None` is empty.

    With `places` that many digits stand behind the comma (the value must already be rounded to them: a longer one is an error).
    """
    if value is None or value == "":
        return ""
    value = Decimal(value)
    text = plain(value)
    whole, _dot, part = text.partition(".")
    if places is not None:
        if len(part) > places:
            raise ValueError(f"{text} has more than {places} decimal places; rounding is the engine's.")
        part = part.ljust(places, "0")
    sign, whole = ("\u2212", whole[1:]) if whole.startswith("-") else ("", whole)
    thousands, comma = (".", ",") if get_language() != "en" else (",", ".")
    grouped = f"{int(whole):,}".replace(",", thousands)
    return sign + grouped + (comma + part if part else "")
