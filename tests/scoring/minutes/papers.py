"""Minutes opened as an office opens them in Word, and changed."""

import io
from collections.abc import Iterator

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from scoring.minutes.checking import Finding, checked, figures_in, group_of, identity_of, scope_of
from scoring.minutes.making import minutes
from scoring.minutes.scope import scope_for
from scoring.models import CycleGroup
from tests.factories.year import Year


def group(year: Year) -> CycleGroup:
    return CycleGroup.objects.select_related("cycle", "group", "criteria_set").get(cycle=year.cycle)


def paper(year: Year, who: str = "secretary") -> bytes:
    person = year.people[who]
    return minutes(scope_for(person, group(year)), person.full_name)


def opened(data: bytes) -> WordDocument:
    return Document(io.BytesIO(data))


def saved(document: WordDocument) -> bytes:
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def control_of(document: WordDocument, address: str):
    """The control of one figure."""
    for control in document.element.body.iter(qn("w:sdt")):
        if control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")).startswith(f"{address}#"):
            return control
    raise LookupError(address)


def typed_over(data: bytes, address: str, text: str) -> bytes:
    document = opened(data)
    next(control_of(document, address).iter(qn("w:t"))).text = text
    return saved(document)


def findings(data: bytes, year: Year, who: str = "secretary") -> list[Finding]:
    """What the person is told about the file."""
    figures = figures_in(data)
    identity = identity_of(figures)
    return checked(figures, scope_of(identity, scope_for(year.people[who], group_of(identity)))).findings


def rows_of(document: WordDocument) -> Iterator[list[str]]:
    """The cells of every row of every table; the text of controls is not in python-docx's own."""
    for row in document.element.body.iter(qn("w:tr")):
        yield ["".join(text.text or "" for text in cell.iter(qn("w:t"))) for cell in row.iterchildren(qn("w:tc"))]


def row_of(document: WordDocument, *beginning: str) -> list[str]:
    """The first row of any table that begins so."""
    return next(cells for cells in rows_of(document) if tuple(cells[: len(beginning)]) == beginning)
