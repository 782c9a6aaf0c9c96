"""Reading input files and writing results: all of them, or none."""

import errno
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from .csvtext import LARGEST_TABLE
from .faults import Fault, Refused
from .jsontext import too_large


def read_file(path: str, most: int = LARGEST_TABLE) -> bytes:
    """The file's bytes; a file of more than `most` bytes is refused without being read."""
    try:
        with Path(path).open("rb") as stream:
            if os.fstat(stream.fileno()).st_size > most:
                raise too_large(path, most)
            data = stream.read(most + 1)
    except (OSError, ValueError) as error:
        raise _refused(path, error, "Không đọc được tệp", "The file cannot be read") from None
    if len(data) > most:  # a pipe or device, which has no size beforehand
        raise too_large(path, most)
    return data


def write_files(outputs: Sequence[tuple[str, bytes]]) -> None:
    """Write each file beside its place first and rename them together at the end, so that a refusal leaves nothing."""
    written: list[tuple[Path, Path]] = []
    try:
        for path, data in outputs:
            place = Path(path).resolve()
            if place.is_dir():
                raise _refused(path, IsADirectoryError(errno.EISDIR, "Is a directory"), *_UNWRITABLE)
            if place in (done for _, done in written):
                raise _refused(path, FileExistsError(errno.EEXIST, "Named twice"), *_UNWRITABLE)
            if place.exists() and not place.is_file():
                place.write_bytes(data)  # a device or pipe: there is nothing to rename over
                continue
            temporary = place.with_name(f".{place.name}.{os.getpid()}.tmp")
            written.append((temporary, place))
            with temporary.open("xb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
        for temporary, place in written:
            temporary.replace(place)
    except (OSError, ValueError) as error:
        raise _refused(str(path), error, *_UNWRITABLE) from None
    finally:
        for temporary, _ in written:
            with suppress(OSError):  # what could not be made cannot be taken away
                temporary.unlink(missing_ok=True)


def write_stream(stream: TextIO, text: str) -> None:
    """UTF-8 and LF whatever the terminal's locale is; a lone surrogate in a path must not break the sentence."""
    try:
        stream.flush()
        stream.buffer.write(text.encode("utf-8", "backslashreplace"))
        stream.flush()
    except OSError as error:
        # What is left in the buffer would be tried again, and fail again, when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        raise _refused(stream.name, error, *_UNWRITABLE) from None


_UNWRITABLE = ("Không ghi được tệp", "The file cannot be written")
_REASONS = {
    errno.ENOENT: "không có tệp hoặc thư mục này",
    errno.EISDIR: "đây là thư mục, không phải tệp",
    errno.ENOTDIR: "một phần của đường dẫn không phải thư mục",
    errno.EACCES: "không có quyền",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOSPC: "hết chỗ trên đĩa",
    errno.EPIPE: "chương trình nhận đã đóng",
    errno.ENAMETOOLONG: "tên tệp quá dài",
    errno.EEXIST: "hai kết quả cùng ghi vào một tệp, hoặc còn tệp tạm của lần chạy trước",
}


def _refused(path: str, error: Exception, vi: str, en: str) -> Refused:
    reason = getattr(error, "strerror", None) or str(error)
    said = _REASONS.get(getattr(error, "errno", None), reason)
    return Refused([Fault(f"{path}:1:1", f"{en} ({reason}).", f"{vi} ({said}).")])
