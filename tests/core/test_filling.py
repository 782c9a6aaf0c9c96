"""Word templates of an office: what they may name and do, and files that come back."""

import io
import zipfile
from datetime import UTC, datetime

import pytest
from docx import Document
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError

from core.errors import Invalid
from core.official import filling
from core.official.figures import bound

NOW = datetime(2026, 11, 27, tzinfo=UTC)


def template(tmp_path, text: str):
    document = Document()
    document.add_paragraph(text)
    document.save(tmp_path / "template.docx")
    return tmp_path / "template.docx"


def zipped(text: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", text)
    return kept.getvalue()


def test_data_are_text_whatever_stands_in_them(tmp_path):
    data = filling.filled(
        template(tmp_path, "{{ name }}: {{ count }}"), {"name": "<&>{{ x }}", "count": bound("n", "9")}, NOW
    )

    assert Document(io.BytesIO(data)).paragraphs[0].text.startswith("<&>{{ x }}: ")
    assert [(one.address, one.text) for one in filling.figures_in(data)] == [("n", "9")]


@pytest.mark.parametrize(
    ("text", "error"), [("{{ nobody }}", UndefinedError), ("{{ ''.__class__.__mro__ }}", SecurityError)]
)
def test_a_template_reaches_nothing_but_the_data(tmp_path, text, error):
    with pytest.raises(error):
        filling.filled(template(tmp_path, text), {}, NOW)


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04",
        zipped(b"<w:document"),
        zipped(b'<!DOCTYPE a [<!ENTITY b "x">]><a>&b;</a>' * 2),
        zipped(b" " * (filling.MAX_TEXT_BYTES + 1)),
    ],
    ids=["no_zip", "no_xml", "two_roots", "too_long"],
)
def test_a_file_that_cannot_be_read_is_refused(data):
    with pytest.raises(Invalid):
        filling.figures_in(data)


def test_an_entity_is_not_put_in_and_a_file_without_text_has_no_figures():
    assert filling.figures_in(zipped(b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>')) == []
