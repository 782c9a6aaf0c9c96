"""Append to the trail and prove it."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from django.db import connection, models

from core import clock
from core.audit.models import AuditEntry

GENESIS = "0" * 64
# An arbitrary constant that names the chain's lock among PostgreSQL's advisory locks.
_CHAIN_LOCK = 253_2023


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spaces: the bytes that are hashed. Decimals and dates travel as text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def entry_hash(entry: AuditEntry) -> str:
    """SHA-256 over everything the entry says and the hash of the one before it."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    content = [
        entry.seq,
        at,
        entry.actor_id,
        entry.action,
        entry.object_type,
        entry.object_id,
        entry.details,
        entry.prev_hash,
    ]
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def record(
    *, actor: models.Model | None, action: str, obj: models.Model | None = None, details: dict[str, Any] | None = None
) -> AuditEntry:
    """Append one entry inside the caller's transaction; without a transaction there is nothing to belong to."""
    if not connection.in_atomic_block:
        raise RuntimeError("An audit entry belongs to the transaction of its act.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])
    last = AuditEntry.objects.order_by("-seq").values("seq", "hash").first() or {"seq": 0, "hash": GENESIS}
    entry = AuditEntry(
        seq=last["seq"] + 1,
        at=clock.now(),
        actor=actor,
        action=action,
        object_type=obj._meta.label_lower if obj else "",
        object_id=str(obj.pk) if obj else "",
        details=canonical(details or {}),
        prev_hash=last["hash"],
    )
    entry.hash = entry_hash(entry)
    entry.save(force_insert=True)
    return entry


def faults() -> Iterator[str]:
    """Read the whole chain and name every entry that does not fit. Nothing is yielded for a sound chain."""
    seq, prev_hash = 0, GENESIS
    for entry in AuditEntry.objects.order_by("seq").iterator(chunk_size=2000):
        seq += 1
        if entry.seq != seq:
            yield f"entry {seq} is missing; the next one is {entry.seq}"
            seq = entry.seq
        if entry.prev_hash != prev_hash:
            yield f"entry {entry.seq} does not follow the one before it"
        if entry.hash != entry_hash(entry):
            about = f"{entry.action} {entry.object_type} {entry.object_id}"
            yield f"entry {entry.seq} ({about}) was changed after it was written"
        prev_hash = entry.hash


def head() -> tuple[int, str]:
    """Number and hash of the last entry: what an office writes into its log book as the day's anchor."""
    last = AuditEntry.objects.order_by("-seq").first()
    return (last.seq, last.hash) if last else (0, GENESIS)
