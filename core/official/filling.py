"""Word templates that an office edits in Word, filled with data, and read back."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from core.errors import Invalid
from core.official.figures import Read, read_back, tie

MAIN_PART = "word/document.xml"
MAX_TEXT_BYTES = 40 * 2**20


def filled(template: Path, data: Mapping[str, Any], made_at: datetime) -> bytes:
    """`data` is text, lists and mappings alone. A name that the template has and the data have not stops it."""
    paper = DocxTemplate(template)
    paper.render(dict(data), SandboxedEnvironment(autoescape=True, undefined=StrictUndefined))
    tie(paper.docx.element.body)
    about = paper.docx.core_properties
    about.created = about.modified = made_at.astimezone(UTC).replace(tzinfo=None)
    kept = io.BytesIO()
    paper.docx.save(kept)
    return kept.getvalue()


def figures_in(data: bytes) -> list[Read]:
    """Of a Word file whose kind was looked at before. Invalid where its text cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if archive.getinfo(MAIN_PART).file_size > MAX_TEXT_BYTES:
                raise Invalid(_("The text of the file is too long to be read."))
            text = archive.read(MAIN_PART)
        root = etree.fromstring(text, etree.XMLParser(resolve_entities=False, no_network=True))
    except (zipfile.BadZipFile, KeyError, NotImplementedError, zlib.error, EOFError, etree.XMLSyntaxError) as error:
        raise Invalid(_("The text of the file cannot be read. Save it in Word as .docx and check it again.")) from error
    body = root.find(qn("w:body"))
    return [] if body is None else list(read_back(body))
