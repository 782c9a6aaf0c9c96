"""Read the text of one document and say what it is made of: a program of its own, because the bytes are a stranger's.

    python reading.py FILE MEDIA_TYPE

writes one line of JSON, {"words": n, "head": text} or {"refused": why}, then the signature: the KEPT smallest of the
32-bit hashes of every RUN words that follow one another, sorted, as little-endian bytes. Two texts share runs as far as
they share wording; the smallest ones stand for all of them. The program imports nothing of the product, opens no network,
writes no file, and ends by itself at its limits of memory and time.
"""

import contextlib
import hashlib
import json
import re
import resource
import sys
import unicodedata
from collections.abc import Iterator
from itertools import islice

MEMORY, SECONDS = 640 * 1024 * 1024, 15
MAX_PAGES, MAX_CHARACTERS, MAX_SHEETS, MAX_ROWS = 100, 400_000, 20, 5_000
HEAD, RUN, KEPT = 600, 5, 1024
_WORD = re.compile(r"[^\W_]+")


class Refused(Exception):
    """Not read: encrypted, broken."""


def limit_itself() -> None:
    """Memory, time, no file written, no further process."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def text_of(path: str, media_type: str) -> str:
    """At most MAX_CHARACTERS; empty for a picture, and for a scan without a text behind it."""
    kind = media_type.rpartition(".")[2]
    reader = {"application/pdf": _pdf, "document": _word, "sheet": _sheets}.get(kind)
    parts, length = [], 0
    for part in reader(path) if reader else ():
        parts.append(part)
        length += len(part)
        if length >= MAX_CHARACTERS:
            break
    return "\n".join(parts)[:MAX_CHARACTERS]


def _pdf(path: str) -> Iterator[str]:
    import pypdfium2  # noqa: PLC0415 - one of three, and each takes a while to load

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise Refused("encrypted" if "assword" in str(error) else "broken") from error
    for number in range(min(len(document), MAX_PAGES)):
        yield document[number].get_textpage().get_text_range()


def _word(path: str) -> Iterator[str]:
    import docx  # noqa: PLC0415 - as above
    from docx.oxml.ns import qn  # noqa: PLC0415 - as above

    text, breaks = qn("w:t"), (qn("w:br"), qn("w:tab"), qn("w:cr"))
    for paragraph in docx.Document(path).element.body.iter(qn("w:p")):
        yield "".join((part.text or "") if part.tag == text else " " for part in paragraph.iter(text, *breaks))


def _sheets(path: str) -> Iterator[str]:
    import python_calamine  # noqa: PLC0415 - as above

    book = python_calamine.load_workbook(path)
    for name in book.sheet_names[:MAX_SHEETS]:
        for row in islice(book.get_sheet_by_name(name).iter_rows(), MAX_ROWS):
            yield " ".join(_said(cell) for cell in row if cell != "")


def _said(cell: object) -> str:
    """A whole number as it is printed: a workbook knows no others than 5.0."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def words_of(text: str) -> list[str]:
    """Lower case, without tone and letter marks: a text typed anew or set in another face is the same text."""
    bare = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return _WORD.findall("".join(char for char in bare if not unicodedata.combining(char)))


def signature_of(words: list[str]) -> bytes:
    runs = {" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
    hashes = {int.from_bytes(hashlib.blake2b(run.encode(), digest_size=4).digest(), "little") for run in runs}
    return b"".join(one.to_bytes(4, "little") for one in sorted(hashes)[:KEPT])


def read(text: str) -> tuple[dict[str, int | str], bytes]:
    words = words_of(text)
    head = "".join(char for char in " ".join(text[: 2 * HEAD].split()) if char.isprintable())
    return {"words": len(words), "head": head[:HEAD]}, signature_of(words)


def main() -> None:
    path, media_type = sys.argv[1:]
    limit_itself()
    signature = b""
    try:
        told, signature = read(text_of(path, media_type))
    except Refused as refusal:
        told = {"refused": str(refusal)}
    except Exception:  # whatever a hostile file raises: it is not read
        told = {"refused": "broken"}
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + signature)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
