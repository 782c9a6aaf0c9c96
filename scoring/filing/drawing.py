"""Draw one page of a PDF, or one picture again, as a WebP: a program of its own, because the bytes are a stranger's.

    python drawing.py FILE MEDIA_TYPE PAGE WIDTH

writes one line of JSON, {"pages": n} or {"refused": why}, then the picture. It imports nothing of the product, opens no
network, writes no file, and ends by itself at its limits of memory and time: whatever a hostile file does happens here.
"""

import contextlib
import io
import json
import resource
import sys
import warnings

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageOps

MEMORY, SECONDS = 640 * 1024 * 1024, 15  # address space, of which less than half is ever resident
MAX_PIXELS, MAX_DRAWN = 40_000_000, 8_000_000
MAX_PAGES, MAX_SIDE = 500, 16_000  # a WebP is at most 16,383 high
POINTS_AN_INCH, SHARPEST = 72, 300


class Refused(Exception):
    """Not drawn: encrypted, active, broken, page (there is no such page)."""


def limit_itself() -> None:
    """Memory, time, no file written, no further process."""
    Image.init()  # imports its parts while it still may
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)


def draw_pdf(path: str, number: int, width: int) -> tuple[int, Image.Image]:
    """The page and how many there are. No form is drawn and no script is there to run (pdfium is built without V8)."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise Refused("encrypted" if "assword" in str(error) else "broken") from error
    if pdfium.FPDFDoc_GetJavaScriptActionCount(document) > 0 or pdfium.FPDFDoc_GetAttachmentCount(document) > 0:
        raise Refused("active")
    pages = min(len(document), MAX_PAGES)
    if not 1 <= number <= pages:
        raise Refused("page" if pages else "broken")
    page = document[number - 1]
    wide, high = page.get_size()
    if not (wide > 0 and high > 0):
        raise Refused("broken")
    scale = min(width / wide, MAX_SIDE / high, (MAX_DRAWN / (wide * high)) ** 0.5, SHARPEST / POINTS_AN_INCH)
    return pages, page.render(scale=scale, may_draw_forms=False).to_pil()


def draw_picture(path: str, kind: str, width: int) -> tuple[int, Image.Image]:
    """Upright and in plain colours; what the file carried besides (place, camera, thumbnails, scripts) stays behind."""
    with Image.open(path, formats=[kind]) as image:
        if image.width * image.height > MAX_PIXELS:
            raise Refused("broken")
        high = max(1, round(image.height * width / image.width))
        image.draft("RGB", (width, high))
        image.thumbnail((width, min(high, MAX_SIDE, MAX_DRAWN // width)))
        return 1, ImageOps.exif_transpose(image)


def flat(image: Image.Image) -> Image.Image:
    """RGB on white paper."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.getchannel("A"))
        return paper
    return image.convert("RGB")


def draw(path: str, media_type: str, number: int, width: int) -> tuple[int, bytes]:
    """Number of pages and the WebP."""
    if media_type == "application/pdf":
        pages, image = draw_pdf(path, number, width)
    else:
        pages, image = draw_picture(path, media_type.removeprefix("image/").upper(), width)
    if number > pages:
        raise Refused("page")
    picture, drawn = Image.new("RGB", image.size), io.BytesIO()
    picture.paste(flat(image))  # a new picture: nothing of the old one's information comes along
    picture.save(drawn, "WEBP", quality=72, method=4)
    return pages, drawn.getvalue()


def main() -> None:
    path, media_type, number, width = sys.argv[1:]
    limit_itself()
    try:
        pages, picture = draw(path, media_type, int(number), int(width))
    except Refused as refusal:
        told, picture = {"refused": str(refusal)}, b""
    except Exception:  # whatever a hostile file raises: it is not drawn
        told, picture = {"refused": "broken"}, b""
    else:
        told = {"pages": pages}
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + picture)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
