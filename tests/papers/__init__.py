"""Reading papers back: the text of a PDF and of a Word file, the codes on their pages."""

import io

import zxingcpp
from docx import Document
from pypdf import PdfReader


def pages_of(data: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages]


def text_of(data: bytes) -> str:
    return " ".join(pages_of(data))


def squeezed(text: str) -> str:
    """Without spaces: where a line breaks says nothing about what is written."""
    return "".join(text.split())


def word_of(data: bytes):
    return Document(io.BytesIO(data))


def cells_of(data: bytes, table: int = -1) -> list[list[str]]:
    """The cells of one table of a Word file, the last unless said otherwise."""
    return [[cell.text for cell in row.cells] for row in word_of(data).tables[table].rows]


def code_on(data: bytes) -> str:
    """What the QR code on the first page leads to."""
    import pypdfium2  # noqa: PLC0415 - only where a picture is read

    page = pypdfium2.PdfDocument(data)[0]
    (found,) = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
    return found.text


__all__ = ["cells_of", "code_on", "pages_of", "squeezed", "text_of", "word_of"]
