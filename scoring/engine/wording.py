"""How numbers, dates and declared inputs are written inside a sentence, in Vietnamese and in English."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

from .exact import decimal_text, rounded, terminating_decimals

LANGUAGES = ("vi", "en")
_COUNT_PREFIX = {
    # "Số hóa", "Số liệu", "Số điện thoại" are words of their own, not "number of".
    "vi": re.compile(r"^(tổng số lượng|tổng số|số lượng|tổng|số(?! (hóa|hoá|liệu|điện|dư)\b)) (?=\S)", re.IGNORECASE),
    "en": re.compile(r"^(the )?(total number of|number of|total of|total) (?=\S)", re.IGNORECASE),
}


class Words:
    """Writes for one language and one criteria set (`places` decimals for points)."""

    def __init__(self, lang: str, places: int = 2):
        self.lang = lang if lang in LANGUAGES else "vi"
        self.places = places

    def pick(self, vi: str, en: str) -> str:
        return vi if self.lang == "vi" else en

    def number(self, value: Fraction | Decimal | int, decimals: int = 0) -> str:
        """At least `decimals` decimals, all of them where the number ends soon; else cut with “…”, never rounded,
        so that what is shown can not contradict the rounding that follows."""
        exact = Fraction(value)
        needed = terminating_decimals(exact)
        longest = max(decimals, self.places) + 6
        if needed is not None and needed <= longest:
            return self._marked(decimal_text(rounded(exact, max(needed, decimals), "down")), exact)
        return self._marked(decimal_text(rounded(exact, max(decimals, self.places) + 2, "down")), exact) + "…"

    def points(self, value: Fraction | Decimal) -> str:
        return self.number(value, self.places)

    def percent(self, value: Fraction) -> str:
        return self.number(value, 2)

    def date(self, day: date) -> str:
        return day.strftime("%d/%m/") + f"{day.year:04d}" if self.lang == "vi" else day.isoformat()

    def counted(self, value: Fraction, title: str, unit: str) -> str:
        """“462 hồ sơ trực tuyến”: the number followed by what it counts, from the input's title or its unit."""
        if unit == "%":
            return f"{self.number(value)}%"
        return f"{self.number(value)} {self.noun(title, unit)}".rstrip()

    def noun(self, title: str, unit: str) -> str:
        """What a number counts: the title without “number of”, else the unit."""
        return in_sentence(_COUNT_PREFIX[self.lang].sub("", title)) if title else unit

    def declared(self, value: Fraction, title: str, unit: str) -> str:
        """The same as the subject of a sentence: “Có 5 cuộc họp trong năm”, “Giá trị 12,5%”."""
        counted = self.counted(value, title, unit)
        if unit != "%" and (title or unit):
            return self.pick(f"Có {counted}", counted)
        return self.pick(f"Giá trị {counted}", f"The value {counted}")

    def _marked(self, text: str, exact: Fraction) -> str:
        if exact < 0 and not text.startswith("-"):
            text = "-" + text
        sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
        whole, point, part = digits.partition(".")
        group, mark = (".", ",") if self.lang == "vi" else (",", ".")
        return sign + f"{int(whole):,}".replace(",", group) + (mark if point else "") + part


def in_sentence(title: str) -> str:
    """A title as it stands inside a sentence: small first letter, unless it begins with an abbreviation."""
    head = title[:1].lower() + title[1:]
    return title if len(title) > 1 and title[1].isupper() else head


def as_count_title(title: str, words: Words) -> str:
    """A title as the subject of a sentence about a number: “Số hồ sơ …”."""
    if not title or _COUNT_PREFIX[words.lang].match(title):
        return title
    return words.pick(f"Số {in_sentence(title)}", f"Number of {in_sentence(title)}")
