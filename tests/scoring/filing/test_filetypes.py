"""Which files are taken, by name and content (reliability.md E.6, F.2)."""

import io
import struct
import zipfile
import zlib

import pytest
from PIL import Image

from core.errors import DomainError, TooLarge, WrongType
from scoring.enums import EvidenceMark
from scoring.filing import filetypes
from scoring.filing.filetypes import mark_of, media_type_of
from tests.scoring.filing.conftest import CONTENT_TYPES, PDF, docx, zipped


def picture(kind: str, size: tuple[int, int] = (4, 4)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size).save(buffer, kind)
    return buffer.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A PNG whose head claims a size; small whatever it claims."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


XLSX = zipped(CONTENT_TYPES, "xl/workbook.xml")


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("A.PDF", PDF, "application/pdf"),
        ("a.png", picture("PNG"), "image/png"),
        ("a.jpg", picture("JPEG"), "image/jpeg"),
        ("a.jpeg", picture("JPEG"), "image/jpeg"),
        ("a.docx", docx("word/media/image1.png"), filetypes.OOXML + "wordprocessingml.document"),
        ("a.xlsx", XLSX, filetypes.OOXML + "spreadsheetml.sheet"),
    ],
)
def test_the_five_kinds_are_taken(name, data, kind):
    assert media_type_of(name, data) == kind


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", b"<html><script>alert(1)</script></html>"),
        ("a.pdf", b"MZ\x90\x00" + b"\0" * 60),
        ("a.pdf", b"junk before %PDF-1.4"),
        ("a.pdf", zipped("a.pdf")),
        ("a.pdf.exe", PDF),
        ("a.exe", b"MZ\x90\x00"),
        ("a", PDF),
        (".htaccess", PDF),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.png", picture("JPEG")),
        ("a.jpg", picture("PNG")),
        ("a.png", picture("PNG")[:40]),
        ("a.png", b"\x89PNG\r\n\x1a\n"),
        ("a.gif", b"GIF89a"),
        ("a.html", b"<html>"),
        ("a.mht", b"MIME-Version: 1.0"),
        ("a.docx", PDF),
        ("a.docx", XLSX),
        ("a.docx", b"<html>" + docx()),
        ("a.docx", b"PK\x03\x04 broken"),
        ("a.docx", docx()[:-30]),
        ("a.docx", zipped("word/document.xml")),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),  # an encrypted Office file is an OLE file
        ("a.docm", docx("word/vbaProject.bin")),
        ("a.docx", docx("word/vbaProject.bin")),
        ("a.docx", docx("word/VBAPROJECT.BIN")),
        ("a.xlsx", zipped(CONTENT_TYPES, "xl/workbook.xml", "xl/vbaProject.bin")),
        ("a.zip", zipped("a.txt")),
    ],
)
def test_everything_else_is_a_wrong_type(name, data):
    with pytest.raises(WrongType):
        media_type_of(name, data)


def encrypted_entry() -> bytes:
    data = bytearray(docx())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(signature)
        data[place + offset] |= 1
    return bytes(data)


def test_a_locked_office_file_is_refused():
    with pytest.raises(WrongType):
        media_type_of("a.docx", encrypted_entry())


def twice(name: str) -> bytes:
    buffer = io.BytesIO(docx())
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(name, b"<other/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        docx("../../etc/passwd"),
        docx("/etc/passwd"),
        docx("..\\..\\x"),
        docx("C:/x"),
        zipped(CONTENT_TYPES, "word/document.xml", content=b"\0" * 3_000_000),
        docx(*(f"word/{number}.xml" for number in range(2001))),
    ],
)
def test_zip_bombs_and_paths_that_lead_outside_are_not_opened(data):
    with pytest.raises(TooLarge):
        media_type_of("a.docx", data)


def test_a_zip_with_one_name_twice_is_not_opened():
    with pytest.raises(TooLarge):
        media_type_of("a.docx", twice("word/document.xml"))


def test_the_unpacked_size_has_a_limit_whatever_the_ratio(monkeypatch):
    monkeypatch.setattr(filetypes, "MAX_ZIP_BYTES", 100)
    data = zipped(CONTENT_TYPES, "word/document.xml", content=b"0123456789" * 6, compression=zipfile.ZIP_STORED)

    with pytest.raises(TooLarge):
        media_type_of("a.docx", data)


@pytest.mark.parametrize(("width", "height"), [(50_000, 50_000), (9_600, 9_600), (8_000, 5_001)])
def test_pixel_bombs_are_too_large(width, height):
    with pytest.raises(TooLarge):
        media_type_of("a.png", png_of(width, height))


def test_forty_million_pixels_are_still_taken():
    assert media_type_of("a.png", png_of(8_000, 5_000)) == "image/png"


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.png", "a.jpg", "a.pdf"])
def test_broken_files_are_refused_in_words(name):
    """Every cut and every flipped byte of small real files: a type, or one of our refusals."""
    whole = {"docx": docx(), "xlsx": XLSX, "png": picture("PNG"), "jpg": picture("JPEG"), "pdf": PDF}[name[2:]]
    for place in range(0, len(whole), 3):
        flipped = bytearray(whole)
        flipped[place] ^= 0xFF
        for data in (whole[:place], bytes(flipped)):
            try:
                media_type_of(name, data)
            except DomainError:
                continue


@pytest.mark.parametrize(
    ("data", "mark"),
    [
        (PDF, EvidenceMark.NONE),
        (PDF + b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>", EvidenceMark.ACTIVE),
        (PDF + b"<< /S /J#61vaScript >>", EvidenceMark.ACTIVE),
        (PDF + b"<< /S /Launch /F (cmd.exe) >>", EvidenceMark.ACTIVE),
        (PDF + b"<< /Names << /EmbeddedFiles 3 0 R >> >>", EvidenceMark.ACTIVE),
        (PDF + b"trailer << /Encrypt 5 0 R >>", EvidenceMark.ENCRYPTED),
    ],
)
def test_a_pdf_that_does_things_is_marked(data, mark):
    assert mark_of("application/pdf", data) == mark
    assert mark_of("image/png", data) == EvidenceMark.NONE
