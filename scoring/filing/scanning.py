"""The virus check of evidence: asked when a file comes in, and again while it did not answer (core.antivirus)."""

import logging

from django.core.files.storage import default_storage

from core import antivirus
from core.jobs.runner import chore
from scoring.enums import ScanState
from scoring.models import Evidence

logger = logging.getLogger(__name__)
AT_ONCE = 20


def examine(data: bytes) -> tuple[ScanState, str]:
    """What is known about the bytes, and the name of a virus. Without an answer they wait: nobody gets them."""
    if not antivirus.is_installed():
        return ScanState.NONE, ""
    try:
        virus = antivirus.virus_in(data)
    except antivirus.Unanswered as silence:
        logger.warning("the virus checker did not answer: %s", silence)
        return ScanState.WAITING, ""
    return (ScanState.INFECTED, virus) if virus else (ScanState.CLEAN, "")


@chore
def examine_waiting() -> int:
    """Ask again about files that wait, at each sweep; how many were answered. Stops at the first silence."""
    if not antivirus.is_installed():
        return 0
    answered = 0
    waiting = Evidence.objects.filter(scan=ScanState.WAITING).order_by("pk")
    for stored_as in list(dict.fromkeys(waiting.values_list("stored_as", flat=True)[:AT_ONCE])):
        try:
            data = default_storage.open(stored_as).read()
        except FileNotFoundError:
            logger.error("evidence %s is not in the store", stored_as)
            continue
        scan, virus = examine(data)
        if scan == ScanState.WAITING:
            break
        answered += Evidence.objects.filter(stored_as=stored_as, scan=ScanState.WAITING).update(scan=scan, virus=virus)
    return answered
