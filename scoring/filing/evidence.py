"""Evidence files: take in, keep, hand out. Limits and types after reliability.md E.6."""

import hashlib
import io
import secrets
import zipfile
from pathlib import PurePosixPath

import filetype
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from accounts.models import User
from core import clock, locks
from core.audit.services import record
from core.cleaning import clean_name
from core.errors import Conflict, Invalid, NotFound, TooLarge, WrongType
from scoring.filing.permissions import can_edit
from scoring.models import Answer, AnswerEvidence, Assessment, Cycle, Evidence

MAX_BYTES = 20 * 1024 * 1024
MAX_FILES_PER_ANSWER = 20
MAX_BYTES_PER_ASSESSMENT = 500 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_ZIP_ENTRIES, MAX_ZIP_BYTES, MAX_ZIP_RATIO = 2000, 200 * 1024 * 1024, 100

OOXML = "application/vnd.openxmlformats-officedocument."
# extension: (media type, what a zip of that type must contain)
ACCEPTED = {
    "pdf": ("application/pdf", ""),
    "png": ("image/png", ""),
    "jpg": ("image/jpeg", ""),
    "jpeg": ("image/jpeg", ""),
    "docx": (OOXML + "wordprocessingml.document", "word/document.xml"),
    "xlsx": (OOXML + "spreadsheetml.sheet", "xl/workbook.xml"),
}


def media_type_of(name: str, data: bytes) -> str:
    """The type by extension and content, which must agree. WrongType otherwise, TooLarge for pixel and zip bombs."""
    extension = PurePosixPath(name.lower()).suffix.removeprefix(".")
    refusal = WrongType(
        _("The content is not PDF, PNG, JPEG, DOCX or XLSX. Save the document as PDF and attach it again.")
    )
    if extension not in ACCEPTED:
        raise refusal
    media_type, member = ACCEPTED[extension]
    if member:
        _check_zip(data, member, refusal)
        return media_type
    kind = filetype.guess(data)
    if kind is None or kind.mime != media_type or (extension == "pdf" and not data.startswith(b"%PDF-")):
        raise refusal
    if media_type.startswith("image/"):
        _check_image(data, refusal)
    return media_type


def _check_zip(data: bytes, member: str, refusal: WrongType) -> None:
    """Look at the directory before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise refusal from error
    names = {entry.filename for entry in entries}
    unpacked = sum(entry.file_size for entry in entries)
    unsafe = len(entries) > MAX_ZIP_ENTRIES or unpacked > MAX_ZIP_BYTES or unpacked > MAX_ZIP_RATIO * max(len(data), 1)
    if unsafe or any(name.startswith("/") or ".." in PurePosixPath(name).parts for name in names):
        raise TooLarge(_("The compressed file is not safe to open."))
    if member not in names or any(name.endswith("vbaProject.bin") for name in names):
        raise refusal


def _check_image(data: bytes, refusal: WrongType) -> None:
    try:
        with Image.open(io.BytesIO(data)) as image:
            width, height = image.size
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError) as error:
        raise refusal from error
    if width * height > MAX_PIXELS:
        raise TooLarge(_("The picture has more than 40 million pixels. Make it smaller."))


def _read(upload: UploadedFile) -> bytes:
    if upload.size == 0:
        raise Invalid(_("The file is empty."))
    if upload.size > MAX_BYTES:
        raise TooLarge(_("The file is larger than 20 MB."))
    return upload.read()


def attach_evidence(*, answers: list[Answer], upload: UploadedFile, title: str, actor: User) -> Evidence:
    """Keep a file and put it behind one or more lines of one assessment.

    The bytes are stored first, the row after: a crash in between leaves a file nobody refers to, never the reverse.
    """
    data = _read(upload)
    name = clean_name(PurePosixPath(upload.name.replace("\\", "/")).name[-200:] or "-")
    media_type = media_type_of(name, data)
    title = clean_name(title, limit=300) or name
    stored_as = default_storage.save(f"evidence/{secrets.token_hex(20)}", ContentFile(data))
    try:
        return _attach(
            answers, actor, title=title, original_name=name, stored_as=stored_as, media_type=media_type, data=data
        )
    except BaseException:
        default_storage.delete(stored_as)
        raise


@transaction.atomic(durable=True)
def _attach(answers: list[Answer], actor: User, *, data: bytes, **columns: str) -> Evidence:
    cycle = locks.shared(Cycle, answers[0].assessment.cycle_id)
    assessment = locks.exclusive(Assessment, answers[0].assessment_id)
    can_edit(actor, assessment, cycle, clock.now()).require()
    if any(answer.assessment_id != assessment.pk for answer in answers):
        raise NotFound(_("The line does not belong to this self-assessment."))
    _check_room(assessment, answers, len(data))
    evidence = Evidence.objects.create(
        assessment=assessment,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        uploaded_at=clock.now(),
        uploaded_by=actor,
        **columns,
    )
    AnswerEvidence.objects.bulk_create(AnswerEvidence(answer=answer, evidence=evidence) for answer in answers)
    details = {"sha256": evidence.sha256, "size": evidence.size, "lines": [answer.pk for answer in answers]}
    record(actor=actor, action="evidence.attach", obj=evidence, details=details)
    return evidence


def _check_room(assessment: Assessment, answers: list[Answer], size: int) -> None:
    kept = assessment.evidence.filter(removed_at__isnull=True)
    if (kept.aggregate(total=Sum("size"))["total"] or 0) + size > MAX_BYTES_PER_ASSESSMENT:
        raise TooLarge(_("The evidence of one self-assessment may take 500 MB; there is no room for this file."))
    for answer in answers:
        if kept.filter(answers=answer).count() >= MAX_FILES_PER_ANSWER:
            raise TooLarge(_("At most 20 files may stand behind one line."))


@transaction.atomic(durable=True)
def remove_evidence(*, evidence: Evidence, actor: User) -> Evidence:
    """Take a file out of the form. The bytes stay until the retention period ends: a receipt may name their hash."""
    cycle = locks.shared(Cycle, evidence.assessment.cycle_id)
    assessment = locks.exclusive(Assessment, evidence.assessment_id)
    can_edit(actor, assessment, cycle, clock.now()).require()
    evidence = locks.exclusive(Evidence, evidence.pk)
    if evidence.removed_at:
        raise Conflict(_("The file was removed already."), code="ERR-DONE")
    evidence.removed_at = clock.now()
    evidence.save()
    record(actor=actor, action="evidence.remove", obj=evidence, details={"sha256": evidence.sha256})
    return evidence


@transaction.atomic(durable=True)
def restore_evidence(*, evidence: Evidence, actor: User) -> Evidence:
    """Undo a removal."""
    cycle = locks.shared(Cycle, evidence.assessment.cycle_id)
    assessment = locks.exclusive(Assessment, evidence.assessment_id)
    can_edit(actor, assessment, cycle, clock.now()).require()
    evidence = locks.exclusive(Evidence, evidence.pk)
    if not evidence.removed_at:
        raise Conflict(_("The file was not removed."), code="ERR-DONE")
    evidence.removed_at = None
    evidence.save()
    record(actor=actor, action="evidence.restore", obj=evidence)
    return evidence
