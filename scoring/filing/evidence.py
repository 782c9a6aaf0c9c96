"""Evidence files: take in, put behind lines, take away again. Limits after reliability.md E.6."""

import hashlib
import re
import secrets
import unicodedata
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, locks, uploads
from core.audit.services import record
from core.cleaning import clean_name
from core.errors import Invalid, NotFound, TooLarge
from scoring.enums import LineState
from scoring.filing.declaring import forget_decision
from scoring.filing.filetypes import mark_of, media_type_of
from scoring.filing.permissions import can_edit
from scoring.models import Answer, AnswerEvidence, Assessment, Cycle, Evidence

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


def attach_evidence(*, answers: list[Answer], upload: UploadedFile, title: str, actor: User) -> Evidence:
    """Keep a file and put it behind one or more lines of one assessment; a file that the form has already is not kept twice.

    The bytes are stored first, the row after: a crash in between leaves a file nobody refers to, never the reverse.
    """
    with transaction.atomic():
        _held_for_change(answers[0].assessment, actor)
    data = _read(upload)
    name = shown_name(upload.name)
    media_type = media_type_of(name, data)
    title = clean_name(title, limit=300) or name
    stored_as = default_storage.save(f"evidence/{secrets.token_hex(20)}", ContentFile(data))
    try:
        evidence = _attach(
            answers, actor, data, title=title, original_name=name, stored_as=stored_as, media_type=media_type
        )
    except BaseException:
        default_storage.delete(stored_as)
        raise
    if evidence.stored_as != stored_as:
        default_storage.delete(stored_as)
    return evidence


def _read(upload: UploadedFile) -> bytes:
    if upload.size > MAX_BYTES:
        raise TooLarge(_("The file is larger than 20 MB."))
    data = upload.read()
    if not data:
        raise Invalid(_("The file is empty."))
    return data


def _held_for_change(assessment: Assessment, actor: User) -> Assessment:
    cycle = locks.shared(Cycle, assessment.cycle_id)
    assessment = locks.exclusive(Assessment, assessment.pk)
    can_edit(actor, assessment, cycle, clock.now()).require()
    return assessment


@transaction.atomic(durable=True)
def _attach(answers: list[Answer], actor: User, data: bytes, **columns: Any) -> Evidence:
    assessment = _held_for_change(answers[0].assessment, actor)
    sha256 = hashlib.sha256(data).hexdigest()
    evidence = assessment.evidence.filter(sha256=sha256, removed_at__isnull=True).first()
    if evidence is None:
        _check_room(assessment, len(data), stored=len(data))
        evidence = Evidence.objects.create(
            assessment=assessment,
            size=len(data),
            sha256=sha256,
            mark=mark_of(columns["media_type"], data),
            uploaded_at=clock.now(),
            uploaded_by=actor,
            **columns,
        )
    if linked := _link(evidence, answers):
        details = {"sha256": sha256, "size": evidence.size, "lines": linked}
        record(actor=actor, action="evidence.attach", obj=evidence, details=details)
    return evidence


def _check_room(assessment: Assessment, size: int, stored: int) -> None:
    """Room for `size` more bytes in force, `stored` of which are not in the store yet."""
    in_force = Sum("size", filter=Q(removed_at__isnull=True), default=0)
    taken = assessment.evidence.aggregate(now=in_force, ever=Sum("size", default=0))
    if taken["now"] + size > MAX_BYTES_PER_ASSESSMENT or taken["ever"] + stored > MAX_BYTES_EVER:
        raise TooLarge(_("The evidence of one self-assessment may take 500 MB; there is no room for this file."))


def _link(evidence: Evidence, answers: list[Answer]) -> list[int]:
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
        if behind.count() >= MAX_FILES_PER_ANSWER:
            raise TooLarge(_("At most 20 files may stand behind one line."))
        AnswerEvidence.objects.get_or_create(answer=answer, evidence=evidence)
        _changed(answer)
        linked.append(answer.pk)
    return linked


def _changed(answer: Answer) -> None:
    """Other evidence than the appraiser saw: in a returned form the decision on the line is asked for again."""
    if answer.line_state != LineState.OPEN:
        forget_decision(answer)
        answer.version += 1
        answer.save()


@transaction.atomic(durable=True)
def attach_again(*, answer: Answer, evidence: Evidence, actor: User) -> Evidence:
    """Put a file that the unit sent before behind a line: on one more line, or back where it was taken away."""
    _held_for_change(answer.assessment, actor)
    evidence = locks.exclusive(Evidence, evidence.pk)
    was_removed, evidence.removed_at = evidence.removed_at, None
    if was_removed:
        _check_room(evidence.assessment, evidence.size, stored=0)
        evidence.save()
    if linked := _link(evidence, [answer]):
        record(actor=actor, action="evidence.attach_again", obj=evidence, details={"lines": linked})
    return evidence


@transaction.atomic(durable=True)
def remove_evidence(*, answer: Answer, evidence: Evidence, actor: User) -> Evidence:
    """Take a file away from one line; behind no line at all it leaves the form.

    The bytes stay until the retention period ends: a receipt may name their hash. Twice has the effect of once.
    """
    _held_for_change(answer.assessment, actor)
    evidence = locks.exclusive(Evidence, evidence.pk)
    answer = Answer.objects.get(pk=answer.pk)
    gone, _rows = AnswerEvidence.objects.filter(answer=answer, evidence=evidence).delete()
    if not gone:
        return evidence
    if not AnswerEvidence.objects.filter(evidence=evidence).exists():
        evidence.removed_at = clock.now()
        evidence.save()
    _changed(answer)
    record(actor=actor, action="evidence.remove", obj=evidence, details={"lines": [answer.pk]})
    return evidence
