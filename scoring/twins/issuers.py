"""Whose document it is: by what the unit cites, by the head of the page.

A decision of the province stands rightly with every commune. A plan of one commune does not stand rightly with another.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accounts.models import Unit
from core.collation import fold

# The two lines that stand beside or above the issuer's name on every document of an office, as `fold` writes them.
_MOTTO = re.compile(r"cong hoa xa hoi chu nghia viet nam|doc lap\W+tu do\W+hanh phuc|dang cong san viet nam")
_NUMBER = re.compile(r"\bso\s*[:.]\s*\d{1,6}\s*(?:/\d{4})?\s*[-/]")
_DATED = re.compile(r"[,.] ngay (\d{1,2}) thang (\d{1,2}) nam (\d{4})\b")
_ABOVE = re.compile(
    r"\b(tinh|tinh uy|so|bo|chinh phu|thu tuong|quoc hoi|trung uong|van phong|cong an tinh|bao hiem xa hoi)\b"
)
_SAME = {"uy ban nhan dan": "ubnd", "hoi dong nhan dan": "hdnd", "uy ban mttq": "ubmttq"}
LONGEST = 160


@dataclass(frozen=True)
class Head:
    """What the beginning of a document says: who issued it (folded; empty where it does not say so), and of which day."""

    issuer: str = ""
    dated_on: date | None = None


def issuer_key(text: str) -> str:
    """An issuer's name however it was written: «UBND xã Mường Bú» is «Ủy ban nhân dân xã Mường Bú»."""
    key = " ".join(re.findall(r"\w+", fold(text)))
    for long, short in _SAME.items():
        key = key.replace(long, short)
    return key


def head_of(text: str) -> Head:
    """`text` is the beginning of the document in the order in which it is read. Without a number it is no such head."""
    plain = " ".join(_MOTTO.sub(" ", fold(text)).split())
    number, dated = _NUMBER.search(plain), _DATED.search(plain)
    if number is None or number.start() > LONGEST:
        return Head()
    before = _DATED.sub(" ", plain[: number.start()])
    return Head(issuer_key(before), _day(dated) if dated else None)


def _day(found: re.Match) -> date | None:
    day, month, year = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


class Issuers:
    """The units of a year by the names under which they sign."""

    def __init__(self, units: Iterable[Unit]):
        named = [(f" {issuer_key(name)} ", unit) for unit in units for name in {unit.name, unit.short_name}]
        # The longest first: «Mường Bú» is not «Mường».
        self._named = sorted(named, key=lambda one: (-len(one[0]), one[1].pk))
        self._known: dict[str, Unit | None] = {}

    def unit_of(self, issuer: str) -> Unit | None:
        """The unit that the key of an issuer names."""
        if issuer not in self._known:
            padded = f" {issuer} "
            self._known[issuer] = next((unit for name, unit in self._named if name in padded), None)
        return self._known[issuer]

    def is_common(self, issuer: str, unit: Unit, group: int) -> bool:
        """Whether a document of this issuer may stand with any unit of the group: one of the province, of an agency above, of a
        unit that is ranked elsewhere. Not known is not common."""
        if not issuer:
            return False
        owner = self.unit_of(issuer)
        if owner is not None:
            return owner.group_id != group and owner.pk != unit.pk
        return bool(_ABOVE.search(issuer))
