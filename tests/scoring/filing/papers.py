"""Small real files: PDFs written by hand, pictures, so that what reads them has something to read."""

import io
import zlib

from PIL import Image


def pdf(*pages: bytes, catalog: bytes = b"", extra: tuple[bytes, ...] = (), size: str = "595 842") -> bytes:
    """A whole PDF with a cross-reference table; each page draws its own content stream.

    `catalog` goes into the catalogue, `extra` are further objects, numbered from 3 + 2 × pages on.
    """
    pages = pages or (b"0 0 1 rg 100 100 200 300 re f",)
    kids = b" ".join(b"%d 0 R" % (3 + 2 * at) for at in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
    ]
    for at, content in enumerate(pages):
        box = f"[0 0 {size}]".encode()
        objects.append(b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents %d 0 R >>" % (box, 4 + 2 * at))
        packed = zlib.compress(content)
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed))
    return _written([*objects, *extra])


def _written(objects: list[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def script_pdf() -> bytes:
    """Runs a script when it is opened, said in plain bytes."""
    return pdf(catalog=b"/OpenAction 5 0 R", extra=(b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>",))


def picture(size: tuple[int, int] = (400, 300), kind: str = "PNG", mode: str = "RGB", **saving) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, None if mode in ("P", "1") else 128 if mode in ("L", "I;16") else "teal").save(
        out, kind, **saving
    )
    return out.getvalue()
