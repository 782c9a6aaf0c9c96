"""Documents of the corpus as real files."""

import hashlib
import io
import json
import random

import docx
import typst
from django.conf import settings
from PIL import Image

from tests.scoring.twins.corpus import Document, paragraphs, said_date

_PAGE = """
#let it = json(bytes(sys.inputs.data))
#set page(paper: "a4", margin: 25mm, numbering: "1")
#set text(font: "Tinos", size: 13pt, lang: "vi")
#set par(justify: true)
#grid(columns: (1fr, 1fr), align: center,
  [*#it.issuer* \\ Số: #it.number], [*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM* \\ *Độc lập - Tự do - Hạnh phúc* \\ _#(it.dated)_])
#for one in it.body [#par(one)]
"""


def file_of(document: Document) -> tuple[str, bytes]:
    """Name and content; the same document in the same form is saved anew each time, with other bytes."""
    if document.form == "scan":
        return "ban-chup.png", _scan(document)
    if document.form == "docx":
        return "van-ban.docx", _word(document)
    return "van-ban.pdf", _pdf(document)


def _pdf(document: Document) -> bytes:
    data = {"issuer": document.issuer.upper(), "number": document.said_number, "dated": said_date(document)}
    data |= {"body": [*paragraphs(document)]}
    fonts = str(settings.ROOT / "data" / "fonts")
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    made = typst.compile(_PAGE.encode(), font_paths=[fonts], ignore_system_fonts=True, sys_inputs=inputs)
    return made + f"\n% {document.key}\n".encode()


def _word(document: Document) -> bytes:
    book, out = docx.Document(), io.BytesIO()
    book.core_properties.comments = document.key
    left, right = book.add_table(1, 2).rows[0].cells
    left.text = f"{document.issuer.upper()}\nSố: {document.said_number}"
    right.text = f"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n{said_date(document)}"
    for one in paragraphs(document):
        book.add_paragraph(one)
    book.save(out)
    return out.getvalue()


def _scan(document: Document) -> bytes:
    """A picture of noise: nothing in it can be read."""
    noise = random.Random(hashlib.sha256(document.key.encode()).digest()).randbytes(64 * 64)
    out = io.BytesIO()
    Image.frombytes("L", (64, 64), noise).save(out, "PNG")
    return out.getvalue()
