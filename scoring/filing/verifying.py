"""Whether the store and the rows agree: each stored file has exactly one row and its hash, and the reverse (F4)."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.core.files.storage import default_storage

from core import clock
from scoring.models import Evidence

FOLDER = "evidence"
# A file without a row may be one whose row is being written, or what a crash in between left.
GRACE = timedelta(hours=24)


def faults() -> Iterator[str]:
    """One sentence a fault, with ids and never with names or content."""
    yield from _faults_of_rows()
    yield from _orphans()


def _faults_of_rows() -> Iterator[str]:
    digests: dict[str, str | None] = {}
    rows = Evidence.objects.select_related("copied_from").order_by("pk")
    for one in rows.iterator(chunk_size=500):
        if one.stored_as not in digests:
            digests[one.stored_as] = _digest(one.stored_as)
        found = digests[one.stored_as]
        if found is None:
            yield f"evidence {one.pk}: {one.stored_as} is missing"
        elif found != f"{one.size} {one.sha256}":
            yield f"evidence {one.pk}: {one.stored_as} was changed after it was stored"
        origin = one.copied_from
        if origin and (origin.stored_as, origin.sha256) != (one.stored_as, one.sha256):
            yield f"evidence {one.pk}: is no copy of evidence {origin.pk}"


def _digest(stored_as: str) -> str | None:
    """Size and SHA-256, read in pieces; None where there is no such file."""
    try:
        file = default_storage.open(stored_as)
    except FileNotFoundError:
        return None
    digest, size = hashlib.sha256(), 0
    with file:
        for piece in file.chunks():
            digest.update(piece)
            size += len(piece)
    return f"{size} {digest.hexdigest()}"


def _orphans() -> Iterator[str]:
    folder = Path(default_storage.path(FOLDER))
    known = set(Evidence.objects.filter(copied_from__isnull=True).values_list("stored_as", flat=True))
    before = (clock.now() - GRACE).timestamp()
    for path in sorted(folder.rglob("*")) if folder.exists() else []:
        name = f"{FOLDER}/{path.relative_to(folder).as_posix()}"
        if path.is_file() and name not in known and path.stat().st_mtime < before:
            yield f"{name}: no row refers to it"
