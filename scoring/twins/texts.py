"""Texts of evidence: each content is read once, by a child with limits, and kept by its hash."""

from collections.abc import Callable, Iterable
from pathlib import Path

from django.core.files.storage import default_storage

from core import clock
from core.child import told_by_child
from scoring.enums import TextState
from scoring.models import Evidence, EvidenceText
from scoring.twins import reading

PATIENCE = 20  # seconds by the wall, a little more than the child's own limit
# Fewer words are a stamp, a page number, the cover of a scan.
FEWEST_WORDS = 60


def unread(files: Iterable[Evidence]) -> list[Evidence]:
    """One file of each content that nobody has read yet; those that are held back wait for the virus check."""
    by_hash = {file.sha256: file for file in files if not file.is_held_back}
    known = set(EvidenceText.objects.order_by().values_list("sha256", flat=True)) if by_hash else ()
    return [file for sha256, file in by_hash.items() if sha256 not in known]


def read(file: Evidence) -> EvidenceText:
    """What the content says, kept. Twice has the effect of once."""
    told, signature = _told(file)
    state = TextState.CLOSED
    if "refused" not in told:
        state = TextState.READ if told["words"] >= FEWEST_WORDS else TextState.EMPTY
    about = {"state": state, "words": told.get("words", 0), "head": told.get("head", ""), "signature": signature}
    text, _made = EvidenceText.objects.get_or_create(sha256=file.sha256, defaults=about | {"read_at": clock.now()})
    return text


def _told(file: Evidence) -> tuple[dict, bytes]:
    path = Path(default_storage.path(file.stored_as))
    if file.is_held_back or not path.exists():
        return {"refused": "away"}, b""
    told = told_by_child(reading.__file__, str(path), file.media_type, seconds=PATIENCE)
    return told or ({"refused": "broken"}, b"")


def read_all(files: list[Evidence], said: Callable[[int, int], None], still: Callable[[], bool]) -> None:
    """Read what is unread, one after the other, as long as there is time (`still`); `said` how many of how many."""
    for at, file in enumerate(files):
        if not still():
            return
        read(file)
        said(at + 1, len(files))
