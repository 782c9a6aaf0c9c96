"""Reading input files and writing results: all of them, or none."""

import os
from collections.abc import Sequence
from pathlib import Path

from .csvtext import LARGEST_TABLE
from .faults import Fault, Refused


def read_file(path: str) -> bytes:
    """The file's bytes, at most one more than the largest that any reader accepts."""
    try:
        with Path(path).open("rb") as stream:
            return stream.read(LARGEST_TABLE + 1)
    except (OSError, ValueError) as error:
        raise _refused(path, error, "Không đọc được tệp", "The file cannot be read") from None


def write_files(outputs: Sequence[tuple[str, bytes]]) -> None:
    """Write each file beside its place first and rename them together at the end, so that a refusal leaves nothing."""
    written: list[tuple[Path, Path]] = []
    try:
        for path, data in outputs:
            place = Path(path).resolve()
            if place.is_dir():
                raise _refused(path, IsADirectoryError(21, "Is a directory"), *_UNWRITABLE)
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
            temporary.unlink(missing_ok=True)


_UNWRITABLE = ("Không ghi được tệp", "The file cannot be written")


def _refused(path: str, error: Exception, vi: str, en: str) -> Refused:
    reason = getattr(error, "strerror", None) or str(error)
    return Refused([Fault(f"{path}:1:1", f"{en} ({reason}).", f"{vi} ({reason}).")])
