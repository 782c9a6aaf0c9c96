"""Text as it is kept: NFC, no control or hidden characters."""

import re
import unicodedata

from django.utils.translation import gettext as _

from core.errors import Invalid, Malformed

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# The white space of a browser's script, so that a page and its server count the same words.
_WORD = re.compile(r"[^\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+")
_HIDDEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")


def clean_text(text: str, *, limit: int) -> str:
    """Free text: NFC, trimmed, line ends as LF. Malformed for control characters, Invalid above `limit` characters."""
    if found := _CONTROL.search(text):
        raise Malformed(
            _("The text has a character that is not allowed at position {position}.").format(
                position=found.start() + 1
            ),
            code="ERR-CHARACTER",
        )
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not _HIDDEN.sub("", text).strip():
        return ""
    if len(text) > limit:
        raise Invalid(_("At most {limit} characters, there are {length}.").format(limit=limit, length=len(text)))
    return text


def clean_name(text: str, *, limit: int = 200) -> str:
    """A name on one line: as free text, but hidden and direction-changing characters are refused."""
    text = " ".join(clean_text(text, limit=limit).split())
    if _HIDDEN.search(text):
        raise Invalid(_("The name has hidden characters. Type it again."))
    return text


def count_words(text: str) -> int:
    """What white space divides, as `static/js/words.js` counts it beside the field."""
    return len(_WORD.findall(text))
