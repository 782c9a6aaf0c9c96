"""Ask ClamAV's daemon about bytes, over its INSTREAM command: forty lines instead of a dependency.

`CLAMAV_ADDRESS` is `tcp://host:3310` or `unix:///run/clamav/clamd.ctl`; empty means that no checker is installed.
"""

import re
import socket
import struct
from urllib.parse import urlsplit

from django.conf import settings

PIECE = 64 * 1024
SECONDS = 30
_FOUND = re.compile(r"stream: (?P<virus>.{1,200}) FOUND")


class Unanswered(Exception):
    """The checker cannot be reached or said nothing that can be understood: nobody knows whether the bytes are clean."""


def is_installed() -> bool:
    return bool(settings.CLAMAV_ADDRESS)


def virus_in(data: bytes) -> str:
    """The name of the virus, "" for clean bytes. Unanswered in every other case."""
    try:
        with _connected() as line:
            line.sendall(b"zINSTREAM\0")
            for start in range(0, len(data), PIECE):
                piece = data[start : start + PIECE]
                line.sendall(struct.pack("!I", len(piece)) + piece)
            line.sendall(struct.pack("!I", 0))
            answer = _read_answer(line)
    except OSError as error:
        raise Unanswered(str(error)) from error
    if answer == "stream: OK":
        return ""
    if found := _FOUND.fullmatch(answer):
        return found["virus"]
    raise Unanswered(answer[:200])


def _connected() -> socket.socket:
    where = urlsplit(settings.CLAMAV_ADDRESS)
    if where.scheme == "unix":
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(SECONDS)
        try:
            line.connect(where.path)
        except OSError:
            line.close()
            raise
        return line
    return socket.create_connection((where.hostname, where.port or 3310), timeout=SECONDS)


def _read_answer(line: socket.socket) -> str:
    """One answer ends with NUL; more than a line of text is no answer."""
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < 4096:
        piece = line.recv(4096)
        if not piece:
            break
        answer += piece
    return answer.rstrip(b"\0").decode("utf-8", errors="replace").strip()
