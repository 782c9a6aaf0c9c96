"""What kind of file somebody sent, by name and content. Limits and types after reliability.md E.6.

Nothing is unpacked or drawn here: directories and headers are read. Whatever passes still leaves only as an attachment.
"""

import io
import re
import struct
import warnings
import zipfile
from pathlib import PurePosixPath

import filetype
from django.utils.translation import gettext as _
from PIL import Image

from core.errors import TooLarge, WrongType
from scoring.enums import EvidenceMark

MAX_PIXELS = 40_000_000
MAX_ZIP_ENTRIES, MAX_ZIP_BYTES, MAX_ZIP_RATIO = 2000, 200 * 1024 * 1024, 100

OOXML = "application/vnd.openxmlformats-officedocument."
# extension: (media type, what a zip of that type must contain)
ACCEPTED = {
    "pdf": ("application/pdf", ""),
    "png": ("image/png", ""),
    "jpg": ("image/jpeg", ""),
    "jpeg": ("image/jpeg", ""),
    "docx": (OOXML + "wordprocessingml.document", "word/document.xml"),
    "xlsx": (OOXML + "spreadsheetml.sheet", "xl/workbook.xml"),
}
_BAD_ZIP = (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, struct.error, IndexError)
_BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_PDF_NAME_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_PDF_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?)\b")
_PDF_ENCRYPTED = re.compile(rb"/Encrypt\s*([0-9]+\s+[0-9]+\s+R|<<)")


class NotSafe(TooLarge):
    """A file that grows when it is opened: no limit of ours makes it welcome later."""


def extension_of(name: str) -> str:
    return PurePosixPath(name.lower()).suffix.removeprefix(".")


def _refusal() -> WrongType:
    return WrongType(
        _("The content is not PDF, PNG, JPEG, DOCX or XLSX. Save the document as PDF and attach it again.")
    )


def require_accepted_name(name: str) -> None:
    """WrongType for an extension that is not taken, whatever the content."""
    if extension_of(name) not in ACCEPTED:
        raise _refusal()


def media_type_of(name: str, data: bytes) -> str:
    """The type by extension and content, which must agree. WrongType otherwise, TooLarge for pixel and zip bombs."""
    extension, refusal = extension_of(name), _refusal()
    require_accepted_name(name)
    media_type, member = ACCEPTED[extension]
    if member:
        _check_zip(data, member, refusal)
        return media_type
    kind = filetype.guess(data)
    if kind is None or kind.mime != media_type or (extension == "pdf" and not data.startswith(b"%PDF-")):
        raise refusal
    if media_type.startswith("image/"):
        _check_image(data, media_type, refusal)
    return media_type


def _check_zip(data: bytes, member: str, refusal: WrongType) -> None:
    """Look at the directory before anything is unpacked. Bytes before the first entry would make it two files in one."""
    if not data.startswith(b"PK\x03\x04"):
        raise refusal
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except _BAD_ZIP as error:
        raise refusal from error
    names = [entry.filename for entry in entries]
    unpacked = sum(entry.file_size for entry in entries)
    too_much = len(entries) > MAX_ZIP_ENTRIES or unpacked > MAX_ZIP_BYTES or unpacked > MAX_ZIP_RATIO * len(data)
    if too_much or len(set(names)) != len(names) or any(_leads_outside(name) for name in names):
        raise NotSafe(_("The compressed file is not safe to open."))
    if not {member, "[Content_Types].xml"} <= set(names) or any(entry.flag_bits & 1 for entry in entries):
        raise refusal
    if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        raise WrongType(_("The document contains macros. Save it without them (DOCX, XLSX) or as PDF."))


def _leads_outside(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name


def _check_image(data: bytes, media_type: str, refusal: WrongType) -> None:
    too_large = NotSafe(_("The picture has more than 40 million pixels. Make it smaller."))
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(data), formats=[media_type[6:].upper()]) as image:
            width, height = image.size
            if width * height > MAX_PIXELS:
                raise too_large
            image.verify()
    except _BOMB as error:
        raise too_large from error
    except (OSError, ValueError, SyntaxError, struct.error) as error:
        raise refusal from error


def mark_of(media_type: str, data: bytes) -> EvidenceMark:
    """What a reader is told beside the file. A hint from the plain bytes, no protection: streams are not unpacked."""
    if media_type != "application/pdf":
        return EvidenceMark.NONE
    if _PDF_ENCRYPTED.search(data):
        return EvidenceMark.ENCRYPTED
    plain = _PDF_NAME_ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), data)
    return EvidenceMark.ACTIVE if _PDF_ACTIVE.search(plain) else EvidenceMark.NONE
