"""How evidence is kept: bytes in the store first, then one row, within the limits of reliability.md E.6.

The acts of `evidence`, `library` and `versions` share this; they hold the assessment when they call it.
"""

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, locks, uploads
from core.errors import Invalid, NotFound, TooLarge, WrongState
from scoring.clarifying.permissions import require_open
from scoring.enums import LineState, ScanState
from scoring.filing.declaring import forget_decision
from scoring.filing.filetypes import mark_of, media_type_of
from scoring.filing.permissions import can_edit
from scoring.filing.scanning import examine
from scoring.holding import held
from scoring.models import Answer, AnswerEvidence, Assessment, Evidence, Explanation

MAX_BYTES = uploads.MAX_BYTES
MAX_FILES_PER_ANSWER = 20
MAX_BYTES_PER_ASSESSMENT = 500 * 1024 * 1024
# With what was taken away, whose bytes stay: nobody fills the store by sending and removing.
MAX_BYTES_EVER = 4 * MAX_BYTES_PER_ASSESSMENT
# Control, hidden and direction-changing characters: `x\u202efdp.exe` would read as a PDF.
_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def shown_name(name: str) -> str:
    """The sender's file name as text: last part of the path, no invisible characters, at most 200 characters."""
    visible = "".join(c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c) not in _INVISIBLE)
    last = re.split(r"[/\\]", visible)[-1]
    return " ".join(last.split())[-200:].strip(". ") or "-"


@dataclass(frozen=True)
class Kept:
    """A file whose bytes are in the store, looked at and not yet referred to."""

    original_name: str
    stored_as: str
    media_type: str
    size: int
    sha256: str
    mark: str
    scan: ScanState
    virus: str


@contextmanager
def kept(upload: File) -> Iterator[Kept]:
    """The bytes of an upload in the store under our own name. They go again unless a row refers to them in the end.

    A crash in between leaves a file nobody refers to, never the reverse (`manage.py verify_evidence` names it).
    """
    data = _read(upload)
    name = shown_name(upload.name)
    media_type = media_type_of(name, data)
    scan, virus = examine(data)
    stored_as = default_storage.save(f"evidence/{secrets.token_hex(20)}", ContentFile(data))
    try:
        sha256 = hashlib.sha256(data).hexdigest()
        yield Kept(name, stored_as, media_type, len(data), sha256, mark_of(media_type, data), scan, virus)
    except BaseException:
        default_storage.delete(stored_as)
        raise
    if not Evidence.objects.filter(stored_as=stored_as).exists():
        default_storage.delete(stored_as)


def _read(upload: File) -> bytes:
    if upload.size > MAX_BYTES:
        raise TooLarge(_("The file is larger than 20 MB."))
    data = upload.read()
    if not data:
        raise Invalid(_("The file is empty."))
    return data


def held_for_change(assessment: Assessment, actor: User, lines: Sequence[Answer] = ()) -> Assessment:
    """The locks taken and the right checked: of these lines, which a question may have opened, else of the whole form."""
    cycle, assessment = held(assessment)
    now = clock.now()
    if lines:
        require_open(actor, assessment, cycle, lines, now)
    else:
        can_edit(actor, assessment, cycle, now).require()
    return assessment


def in_form(evidence: Evidence) -> Evidence:
    """The row held for change. WrongState for an earlier version, which stands in the history only, and for what came with
    an explanation."""
    evidence = locks.exclusive(Evidence, evidence.pk)
    if evidence.explanation_id:
        raise WrongState(_("This file belongs to an explanation; the form stays as it was signed."))
    if hasattr(evidence, "replaced_by"):
        raise WrongState(_("There is a newer version of this file. Open that one."))
    return evidence


def keep(
    assessment: Assessment,
    file: Kept,
    title: str,
    actor: User,
    *,
    replaces: Evidence | None = None,
    explanation: Explanation | None = None,
) -> Evidence:
    """One row for the file. Bytes that the unit has in the store already are not referred to twice as if they were two:
    the row is then a copy over the older file."""
    twin = Evidence.objects.filter(assessment__unit=assessment.unit_id, sha256=file.sha256).first()
    check_room(assessment, file.size, stored=0 if twin else file.size)
    return Evidence.objects.create(
        assessment=assessment,
        title=title,
        original_name=file.original_name,
        stored_as=twin.stored_as if twin else file.stored_as,
        copied_from=origin_of(twin) if twin else None,
        media_type=twin.media_type if twin else file.media_type,
        size=file.size,
        sha256=file.sha256,
        mark=twin.mark if twin else file.mark,
        scan=file.scan,
        virus=file.virus,
        uploaded_at=clock.now(),
        uploaded_by=actor,
        replaces=replaces,
        explanation=explanation,
    )


def origin_of(evidence: Evidence) -> Evidence:
    """The row that brought the bytes."""
    return evidence.copied_from or evidence


def check_room(assessment: Assessment, size: int, stored: int) -> None:
    """Room for `size` more bytes in force, `stored` of which are not in the store yet."""
    in_force = Sum("size", filter=Q(removed_at__isnull=True, replaced_by__isnull=True), default=0)
    brought = Sum("size", filter=Q(copied_from__isnull=True), default=0)
    taken = assessment.evidence.aggregate(now=in_force, ever=brought)
    if taken["now"] + size > MAX_BYTES_PER_ASSESSMENT or taken["ever"] + stored > MAX_BYTES_EVER:
        raise TooLarge(_("The evidence of one self-assessment may take 500 MB; there is no room for this file."))


def link(evidence: Evidence, answers: Iterable[Answer]) -> list[int]:
    """Put the file behind the lines that lack it; their ids. The caller holds the assessment."""
    lines = Answer.objects.select_related("criterion").in_bulk([answer.pk for answer in answers])
    linked = []
    for answer in lines.values():
        if answer.assessment_id != evidence.assessment_id:
            raise NotFound(_("The line does not belong to this self-assessment."))
        if not answer.criterion.declared_by_unit:
            raise Invalid(_("This line is entered by the appraising agency."))
        behind = AnswerEvidence.objects.filter(answer=answer, evidence__removed_at__isnull=True)
        if behind.filter(evidence=evidence).exists():
            continue
        require_place(behind.count())
        AnswerEvidence.objects.get_or_create(answer=answer, evidence=evidence)
        changed(answer)
        linked.append(answer.pk)
    return linked


def require_place(behind: int) -> None:
    """TooLarge where `behind` files leave no place for one more."""
    if behind >= MAX_FILES_PER_ANSWER:
        raise TooLarge(_("At most 20 files may stand behind one line."))


def changed(answer: Answer) -> None:
    """Other evidence than the appraiser saw: in a returned form the decision on the line is asked for again."""
    if answer.line_state != LineState.OPEN:
        forget_decision(answer)
        answer.version += 1
        answer.save()
