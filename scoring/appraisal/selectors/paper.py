"""The document that is open beside the score: one page of one file of the line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.errors import NotFound
from scoring.filing.previews import Drawn, Undrawn, Width, page_of_evidence
from scoring.models import Evidence

# “trang 3”, “tr. 3”, “page 3”: where the unit's own words say the figure stands.
_CITED = re.compile(r"\b(?:trang|tr\.|page|p\.)\s*(?:số\s*)?(\d{1,3})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Paper:
    """`after` is (file, page) of what is read next: the next page, then the first page of the next file."""

    evidence: Evidence
    drawn: Drawn
    number: int
    before: int | None
    after: tuple[int, int] | None


def cited_page(words: str) -> int:
    """The first page that the unit's explanation names, else the first."""
    found = _CITED.search(words)
    return int(found[1]) or 1 if found else 1


def paper_of(files: Sequence[Evidence], pk: int, number: int | None, words: str) -> Paper:
    """Page `number` of file `pk`, or the page that the unit cites; a page that is cited wrongly gives the first."""
    at = next((place for place, file in enumerate(files) if file.pk == pk), None)
    if at is None:
        raise NotFound(_("There is no such page."))
    asked = number or cited_page(words)
    drawn = _drawn(files[at], asked)
    if drawn.why == Undrawn.PAGE and not number:
        asked, drawn = 1, _drawn(files[at], 1)
    if drawn.why == Undrawn.PAGE:
        raise NotFound(drawn.why.label)
    following = (pk, asked + 1) if asked < drawn.pages else (files[at + 1].pk, 1) if at + 1 < len(files) else None
    return Paper(files[at], drawn, asked, asked - 1 if asked > 1 else None, following)


def _drawn(file: Evidence, number: int) -> Drawn:
    try:
        return page_of_evidence(file, number, Width.PAGE)
    except FileNotFoundError as error:
        raise NotFound(_("The file is not in the store. Tell the administrator.")) from error
