"""A real web server that is killed again and again, and clients that write down what they were told.

Each client owns one line and saves 1, 2, 3 ... on it, the next only after the last was acknowledged. An answer that never
came is asked for again by sending the same once more.
"""

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.conftest import ROOT, database_url, end

# A dead server refuses at once; this is how long a client lets it come back before it asks again.
AGAIN_SECONDS = 0.05
ANSWER_SECONDS = 30


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Server:
    """gunicorn with two workers on the test's own database; killed in part or whole, and then started again."""

    def __init__(self) -> None:
        self.port, self.kills = free_port(), 0
        self._start()

    def _start(self) -> None:
        settings = {"DJANGO_SETTINGS_MODULE": "tests.faults.settings", "DATABASE_URL": database_url()}
        gunicorn = str(Path(sys.executable).parent / "gunicorn")
        command = [gunicorn, "sonla_awards.wsgi", "--bind", f"127.0.0.1:{self.port}", "--workers", "2", "--log-level"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        # A port that was just left may still be held for a moment: gunicorn tries again by itself.
        self.process = subprocess.Popen(
            [*command, "critical"], cwd=ROOT, env=os.environ | settings, start_new_session=True, **quiet
        )

    def kill(self, rng: random.Random) -> None:
        """One of the workers, which the master replaces, or everything, as a machine that is switched off."""
        workers = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        self.kills += 1
        if workers and rng.random() < 0.5:
            with suppress(ProcessLookupError):
                os.kill(int(rng.choice(workers)), signal.SIGKILL)
        else:
            self.stop()
            self._start()

    def stop(self) -> None:
        end(self.process)
        self.process.wait()


@dataclass
class Client:
    """Saves on one line until `goal` are acknowledged. `told` are the values the server said it has, in order."""

    port: int
    address: str
    token: str
    goal: int
    acknowledged: "Count"
    told: list[int] = field(default_factory=list)
    unanswered: int = 0
    refused: str = ""

    def run(self) -> None:
        version, pause = 0, threading.Event()
        while len(self.told) < self.goal and not self.refused:
            value = len(self.told) + 1
            answer = self._put(value, version)
            if answer is None:
                self.unanswered += 1
                pause.wait(AGAIN_SECONDS)
            elif answer[0] == 200:
                version = answer[1]["version"]
                self.told.append(value)
                self.acknowledged.one_more()
            else:
                self.refused = f"{answer[0]} {answer[1]}"

    def _put(self, value: int, version: int) -> tuple[int, dict] | None:
        """Status and body; None where no whole answer came."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_SECONDS)
        body = {"values": {"value": str(value)}, "explanation": "", "asks_not_applicable": False}
        head = {"Authorization": f"Bearer {self.token}", "If-Match": f'"{version}"', "Content-Type": "application/json"}
        try:
            link.request("PUT", self.address, json.dumps(body), head)
            answer = link.getresponse()
            return answer.status, json.loads(answer.read())
        except (OSError, http.client.HTTPException, ValueError):
            return None
        finally:
            link.close()


class Count:
    """How many saves were acknowledged in all; `reached` waits for a number, or for the clients to give up."""

    def __init__(self) -> None:
        self.value, self._changed = 0, threading.Condition()

    def one_more(self) -> None:
        with self._changed:
            self.value += 1
            self._changed.notify_all()

    def reached(self, number: int, seconds: float) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: self.value >= number, timeout=seconds)
