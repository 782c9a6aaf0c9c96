"""A kind of job whose effect can be counted: one audit entry. It says where it is, and can wait there for its kill.

STOP_AT=`written:40` makes the process wait at the 40th time it is at that place: `reading` (the job is claimed, nothing
is written), `writing` or `written` (inside the transaction, before or after the effect).
"""

import os
import threading
from collections import Counter
from collections.abc import Callable

from django.db import transaction

from core.audit.services import record
from core.jobs.runner import Progress, handles

KIND = "faults.note"
_reached: Counter[str] = Counter()


@handles(KIND)
def note(payload: dict, progress: Progress) -> Callable[[], str]:
    """Work in the shape of a real job's: read, tell the progress, return the write."""
    reach("reading")
    progress(1, 2)

    def write() -> str:
        reach("writing")
        record(actor=None, action=KIND, details=payload)
        reach("written")
        transaction.on_commit(lambda: say(f"committed {payload['number']}"))
        return ""

    return write


def reach(place: str) -> None:
    _reached[place] += 1
    if os.environ.get("STOP_AT") == f"{place}:{_reached[place]}":
        say(f"stopped {os.getpid()}")
        threading.Event().wait()


def say(line: str) -> None:
    """To the process's own output: a Celery worker puts its log in the place of `sys.stdout`."""
    os.write(1, f"{line}\n".encode())
