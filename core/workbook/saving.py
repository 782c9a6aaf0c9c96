"""A workbook as bytes: the same content gives the same bytes, whenever and wherever it is written."""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils.indexed_list import IndexedList

from core.workbook.paper import FACE

_EPOCH = (1980, 1, 1, 0, 0, 0)


def new_book() -> Workbook:
    """Without sheets. Columns are measured in characters of the book's own face, so it must be one that is there."""
    book = Workbook()
    book.remove(book.active)
    face = Font(name=FACE, size=11, family=1)
    book._fonts = IndexedList([face])
    book._named_styles["Normal"].font = face
    return book


def saved(book: Workbook, *, title: str, moment: datetime, cached: Mapping[str, int] | None = None) -> bytes:
    """The file. `moment` (aware) is what it names as its time of making, in place of the clock's.

    `cached`: cell of the first sheet → the value of its formula, for readers that do not compute (telephones, previews).
    """
    book.properties.title = title
    book.properties.creator = ""
    book.properties.created = moment.astimezone(UTC).replace(tzinfo=None)
    raw = io.BytesIO()
    book.save(raw)
    return _settled(raw.getvalue(), book.properties.created, cached or {})


def _settled(data: bytes, created: datetime, cached: Mapping[str, int]) -> bytes:
    """Zip entries without the time of writing; openpyxl also stamps `modified` when it saves."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _without_modified(content, created)
            elif name == "xl/worksheets/sheet1.xml":
                content = _with_values(content, cached)
            target.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _without_modified(content: bytes, created: datetime) -> bytes:
    start = content.index(b">", content.index(b"<dcterms:modified")) + 1
    end = content.index(b"</dcterms:modified>")
    return content[:start] + created.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + content[end:]


def _with_values(content: bytes, cached: Mapping[str, int]) -> bytes:
    """openpyxl writes a formula with an empty value."""
    for cell, value in cached.items():
        pattern = rb'(<c r="%s"[^>]*><f>[^<]*</f>)<v ?(?:/>|></v>)' % cell.encode()
        content, found = re.subn(pattern, rb"\g<1><v>%d</v>" % value, content)
        if found != 1:
            raise ValueError(f"{cell} has no formula.")
    return content
