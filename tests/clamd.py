"""A very small clamd for tests: it speaks INSTREAM and knows one virus, the test file of EICAR."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Written in two parts, so that no checker takes this file for the virus.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
VIRUS = "Eicar-Test-Signature"


class _Handler(socketserver.StreamRequestHandler):
    def handle(self):
        assert self.rfile.read(10) == b"zINSTREAM\0"
        data = b""
        while size := struct.unpack("!I", self.rfile.read(4))[0]:
            data += self.rfile.read(size)
        self.server.received.append(data)
        if self.server.silent:
            self.server.ended.wait(5)
            return
        found = f"stream: {VIRUS} FOUND\0".encode() if EICAR in data else b"stream: OK\0"
        self.wfile.write(found if self.server.answer is None else self.server.answer)


@contextmanager
def daemon(path: Path | None = None) -> Iterator[socketserver.BaseServer]:
    """Listening until the block ends. `answer` replaces what it says, `silent` lets it say nothing at all."""
    kind = socketserver.ThreadingUnixStreamServer if path else socketserver.ThreadingTCPServer
    server = kind(str(path) if path else ("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.received, server.answer, server.silent, server.ended = [], None, False, threading.Event()
    server.address = f"unix://{path}" if path else f"tcp://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.ended.set()
        server.shutdown()
        server.server_close()
