"""What a document behind a line says about itself: its number and its date, read from the title that the unit wrote."""

import re
from datetime import date

from scoring.models import Citation, Evidence

_DIGITS = re.compile(r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")
_WORDS = re.compile(r"(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_NUMBER = re.compile(r"\d+\s*(?:/\d{4})?[-/]\s*[A-ZĐ]{2,}|số[: ]\s*\d+", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


def document_dates(document: Evidence | Citation) -> list[date]:
    """The date of what is cited; of a file every date in its title that exists, in order: “Quyết định 118/QĐ-UBND ngày
    26/02/2026”, “ngày 26 tháng 02 năm 2026”."""
    if isinstance(document, Citation):
        return [document.dated_on] if document.dated_on else []
    found = sorted(
        (match.start(), match.groups()) for form in (_DIGITS, _WORDS) for match in form.finditer(document.title)
    )
    return [day for _start, (d, m, y) in found if (day := _day(int(y), int(m), int(d)))]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def outside_year(document: Evidence | Citation, year: int) -> date | None:
    """The date of a document that is of another year. It is of the year if any date of its title is: a report of November
    on a plan of last January is."""
    dated = document_dates(document)
    return dated[0] if dated and not any(year == day.year for day in dated) else None


def is_identified(file: Evidence) -> bool:
    """Whether the title has the number or the date of the document."""
    return bool(document_dates(file) or _NUMBER.search(file.title))


def years_named(text: str) -> set[int]:
    """The years in a title or a file name, such as “bao-cao-2025.pdf”."""
    return {int(year) for year in _YEAR.findall(text)}
