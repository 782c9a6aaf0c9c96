"""Files that come in pieces and go on where a bad line broke off.

A protocol of our own, four ordinary requests (begin, piece, state, finish), because the mature one (tus) is served by a
separate program in Go or Node: one more server for an office to run, in front of the same checks of right, room and
type. Beginning again with the same file, also after the tab was closed, gives the same token and how far it came.

Pieces are no acts: nothing is declared by them. The act is the last step, `finish_upload`, which attaches the file.
"""

import hashlib
import os
import re
import secrets
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, locks
from core.errors import Conflict, Invalid, Malformed, TooLarge, TooMany, WrongType
from core.jobs.runner import chore
from scoring.enums import ClarificationState
from scoring.filing.evidence import attach_evidence
from scoring.filing.filetypes import NotSafe, require_accepted_name
from scoring.filing.keeping import MAX_BYTES, check_room, held_for_change, shown_name
from scoring.filing.library import replace_evidence
from scoring.filing.permissions import can_edit
from scoring.models import Answer, Assessment, Evidence, Upload

PIECE = 256 * 1024  # what a page sends at once: five seconds at 400 kbit/s
MAX_PIECE = 1024 * 1024
MAX_OPEN = 40
KEPT = timedelta(hours=24)
FOLDER = "uploads"
_SHA256 = re.compile(r"[0-9a-f]{64}")


def path_of(upload: Upload) -> Path:
    return Path(default_storage.path(f"{FOLDER}/{upload.token}"))


def open_uploads(user: User, assessment: Assessment) -> list[Upload]:
    """What the person began to send into this form and did not finish."""
    return list(assessment.uploads.filter(sent_by=user, evidence__isnull=True, expires_at__gt=clock.now()))


@transaction.atomic(durable=True)
def begin_upload(*, assessment: Assessment, name: str, size: int, sha256: str, actor: User) -> Upload:
    """The upload of that file by that person, new or as far as it came. Refused before a byte is sent where the end
    would be refused: right, type by name, size, room. Bytes that the unit has in the store need not be sent at all."""
    asked = assessment.answers.filter(clarification__state=ClarificationState.ASKED)
    assessment = held_for_change(assessment, actor, asked.filter(clarification__due_at__gt=clock.now()))
    name = shown_name(name)
    if not _SHA256.fullmatch(sha256):
        raise Malformed(_("The address or the form is incomplete. Load the page again."))
    if size < 1:
        raise Invalid(_("The file is empty."))
    if size > MAX_BYTES:
        raise TooLarge(_("The file is larger than 20 MB."))
    require_accepted_name(name)
    now, mine = clock.now(), assessment.uploads.filter(sent_by=actor, evidence__isnull=True)
    if begun := mine.filter(sha256=sha256, size=size).first():
        begun.name, begun.expires_at = name, now + KEPT
        begun.received = _arrived(begun)
        begun.save()
        return begun
    others = mine.exclude(sha256=sha256)
    if others.count() >= MAX_OPEN:
        raise TooMany(_("Too many files are on their way at once. Finish or stop some of them first."))
    mine.filter(sha256=sha256).delete()  # the same digest under another size: whoever said that was wrong before
    is_known = _bytes_of_unit(assessment, sha256, size) is not None
    on_the_way = assessment.uploads.filter(evidence__isnull=True).aggregate(sum=Sum("size", default=0))["sum"]
    check_room(assessment, size + on_the_way, stored=0 if is_known else size + on_the_way)
    return Upload.objects.create(
        assessment=assessment,
        sent_by=actor,
        token=secrets.token_urlsafe(24),
        name=name,
        size=size,
        sha256=sha256,
        received=size if is_known else 0,
        expires_at=now + KEPT,
    )


def _bytes_of_unit(assessment: Assessment, sha256: str, size: int) -> Evidence | None:
    known = Evidence.objects.filter(assessment__unit=assessment.unit_id, sha256=sha256, size=size).first()
    return known if known and default_storage.exists(known.stored_as) else None


def _arrived(upload: Upload) -> int:
    """Never more than is on the disk: a restored back-up may have the row and not the pieces."""
    path = path_of(upload)
    if upload.received and not path.exists():
        return upload.size if _bytes_of_unit(upload.assessment, upload.sha256, upload.size) else 0
    return min(upload.received, path.stat().st_size) if upload.received else 0


def add_piece(*, upload: Upload, offset: int, data: bytes, actor: User) -> Upload:
    """Write one piece at the end of what has arrived. Conflict where it belongs elsewhere; ask for the state then.

    On the disk first, then in the row: whoever is told `received` can rely on it. One that comes twice at once is the
    same bytes twice; if not, the digest at the end says so.
    """
    assessment = Assessment.objects.select_related("cycle").get(pk=upload.assessment_id)
    can_edit(actor, assessment, assessment.cycle, clock.now()).require()
    if not data or len(data) > MAX_PIECE or upload.evidence_id:
        raise Malformed(_("The piece of the file is empty or too large."))
    if offset + len(data) > upload.size:
        raise TooLarge(_("More has come than the file is long. Send it again."))
    if offset != upload.received:
        raise _misplaced(upload)
    _write(path_of(upload), offset, data)
    moved = Upload.objects.filter(pk=upload.pk, received=offset, evidence__isnull=True).update(
        received=F("received") + len(data), expires_at=clock.now() + KEPT
    )
    upload.refresh_from_db()
    if not moved:
        raise _misplaced(upload)
    return upload


def _misplaced(upload: Upload) -> Conflict:
    return Conflict(_("The next piece begins at byte {offset}.").format(offset=upload.received))


def _write(path: Path, offset: int, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o640)
    try:
        written = 0
        while written < len(data):
            written += os.pwrite(descriptor, data[written:], offset + written)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def finish_upload(
    *, upload: Upload, answers: Sequence[Answer], title: str, actor: User, replaces: Evidence | None = None
) -> Evidence:
    """The whole file becomes evidence behind the lines, or a newer version of `replaces`.

    Asked twice, because the first answer was lost, it says the same.
    """
    if upload.evidence_id and replaces:
        return upload.evidence
    if upload.received != upload.size and not upload.evidence_id:
        raise _misplaced(upload)
    with _whole(upload) as file:
        if _digest(file) != upload.sha256:
            _forget_bytes(upload)
            raise Invalid(_("The file did not arrive as it was sent. Send it again."))
        file.seek(0)
        try:
            evidence = _become(upload, file, replaces, answers=answers, title=title, actor=actor)
        except (WrongType, NotSafe):
            drop_upload(upload=upload)  # no other end can come of these bytes
            raise
    with transaction.atomic(durable=True):
        held = locks.exclusive(Upload, upload.pk)
        held.evidence = evidence
        held.save()
    path_of(upload).unlink(missing_ok=True)
    return evidence


def _become(upload: Upload, file: File, replaces: Evidence | None, *, answers, title: str, actor: User) -> Evidence:
    if replaces:
        return replace_evidence(evidence=replaces, upload=file, title=title, actor=actor)
    return attach_evidence(answers=answers, upload=file, title=title, actor=actor, assessment=upload.assessment)


def _whole(upload: Upload) -> File:
    """The bytes as sent, or those that the unit had already."""
    path = path_of(upload)
    if not upload.evidence_id and path.exists():
        return File(path.open("rb"), name=upload.name)
    known = upload.evidence or _bytes_of_unit(upload.assessment, upload.sha256, upload.size)
    if known is None:
        _forget_bytes(upload)
        raise Conflict(_("The file did not arrive as it was sent. Send it again."))
    return File(default_storage.open(known.stored_as), name=upload.name)


def _digest(file: File) -> str:
    digest = hashlib.sha256()
    for piece in file.chunks():
        digest.update(piece)
    return digest.hexdigest()


def _forget_bytes(upload: Upload) -> None:
    Upload.objects.filter(pk=upload.pk, evidence__isnull=True).update(received=0)
    path_of(upload).unlink(missing_ok=True)


def drop_upload(*, upload: Upload) -> None:
    """The sender gives up; what has arrived goes at once."""
    upload.delete()
    path_of(upload).unlink(missing_ok=True)


@chore
def forget_uploads() -> int:
    """At each sweep: what was not finished in time, and pieces without a row. How many files went."""
    now, gone = clock.now(), 0
    for upload in Upload.objects.filter(expires_at__lte=now):
        drop_upload(upload=upload)
        gone += 1
    folder = Path(default_storage.path(FOLDER))
    if not folder.exists():
        return gone
    known = set(Upload.objects.values_list("token", flat=True))
    for path in folder.iterdir():
        # A row is committed before its first piece is written, and a file is older than a day only by then.
        if path.name not in known and now.timestamp() - path.stat().st_mtime > KEPT.total_seconds():
            path.unlink(missing_ok=True)
            gone += 1
    return gone
