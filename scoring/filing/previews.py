"""Pages of evidence as pictures of our own: drawn when first looked at, kept by the hash of the bytes.

A picture is made by a child process with limits (`scoring.filing.drawing`), so that a hostile file costs one child. What
could not be drawn is remembered too, or every look would cost the limit again. Kept pictures are no evidence: they may be
deleted at any time, and the sweeper deletes those that nobody has looked at for a month.
"""

import json
import os
import secrets
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock
from core.child import told_by_child
from core.jobs.runner import chore
from scoring.enums import EvidenceMark
from scoring.filing import drawing
from scoring.models import Evidence

FOLDER = "previews"
PATIENCE = 20  # seconds by the wall, a little more than the child's own limit
KEPT = timedelta(days=30)
DRAWN = ("application/pdf", "image/png", "image/jpeg")
MEDIA_TYPE = "image/webp"


class Width(models.TextChoices):
    """How wide a page is drawn: to be read on a screen and a slow line, or to read small print."""

    PAGE = "page", "1000"
    LARGE = "large", "2000"

    @property
    def pixels(self) -> int:
        return int(self.label)


class Undrawn(models.TextChoices):
    """Why there is no picture, as the reader is told."""

    HELD_BACK = "held_back", _("The file is locked, so it is not shown.")
    OFFICE = "office", _("Word and Excel files are not shown here. Download the file to read it.")
    ACTIVE = "active", _("The file may run something when opened, so it is not shown here. Download it with care.")
    ENCRYPTED = "encrypted", _("The file is locked with a password, so it cannot be shown. Ask for one without.")
    BROKEN = "broken", _("The file is damaged or too heavy to be shown here. Download it to read it.")
    PAGE = "page", _("There is no such page.")


@dataclass(frozen=True)
class Drawn:
    """A picture and how many pages there are; without a picture `why` says why."""

    picture: bytes = b""
    pages: int = 0
    why: Undrawn | None = None


def known_reason(evidence: Evidence) -> Undrawn | None:
    """Why a file is never drawn, by what its row says."""
    if evidence.is_held_back:
        return Undrawn.HELD_BACK
    if evidence.media_type not in DRAWN:
        return Undrawn.OFFICE
    return {EvidenceMark.ACTIVE: Undrawn.ACTIVE, EvidenceMark.ENCRYPTED: Undrawn.ENCRYPTED}.get(evidence.mark)


def page_of_evidence(evidence: Evidence, number: int, width: Width) -> Drawn:
    """One page as a picture. FileNotFoundError where the bytes are not in the store."""
    if why := known_reason(evidence):
        return Drawn(why=why)
    folder = Path(default_storage.path(f"{FOLDER}/{evidence.sha256}"))
    if (kept := _kept(folder, number, width)) is not None:
        return kept
    original = Path(default_storage.path(evidence.stored_as))
    if not original.exists():
        raise FileNotFoundError(original)
    told, picture = _drawn_by_child(original, evidence.media_type, number, width)
    if told.get("refused") == Undrawn.PAGE:
        return Drawn(why=Undrawn.PAGE)
    _keep(folder / "about.json", json.dumps(told).encode())
    if "refused" in told:
        return Drawn(why=Undrawn(told["refused"]))
    _keep(folder / f"{number}-{width.pixels}.webp", picture)
    return Drawn(picture, told["pages"])


def _kept(folder: Path, number: int, width: Width) -> Drawn | None:
    try:
        told = json.loads((folder / "about.json").read_bytes())
        if "refused" in told:
            return Drawn(why=Undrawn(told["refused"]))
        if not 1 <= number <= told["pages"]:
            return Drawn(why=Undrawn.PAGE)
        picture = (folder / f"{number}-{width.pixels}.webp").read_bytes()
    except (FileNotFoundError, ValueError, KeyError):
        return None
    os.utime(folder)  # looked at: the sweeper goes by it
    return Drawn(picture, told["pages"])


def _drawn_by_child(path: Path, media_type: str, number: int, width: Width) -> tuple[dict, bytes]:
    told = told_by_child(drawing.__file__, str(path), media_type, str(number), str(width.pixels), seconds=PATIENCE)
    return told or ({"refused": Undrawn.BROKEN}, b"")


def _keep(path: Path, data: bytes) -> None:
    """Whole or not at all; two at once write the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    begun = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    begun.write_bytes(data)
    begun.replace(path)


@chore
def forget_previews() -> int:
    """At each sweep: pictures nobody has looked at for long. How many files' pictures went."""
    root, gone = Path(default_storage.path(FOLDER)), 0
    if not root.exists():
        return 0
    before = (clock.now() - KEPT).timestamp()
    for folder in root.iterdir():
        if folder.stat().st_mtime < before:
            for path in folder.iterdir():
                path.unlink(missing_ok=True)
            folder.rmdir()
            gone += 1
    return gone
