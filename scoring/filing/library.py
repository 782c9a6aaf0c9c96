"""The unit's library of evidence: whole files, whatever lines they stand behind; newer versions; files of former years."""

from collections.abc import Sequence

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.audit.services import record
from core.cleaning import clean_name
from core.errors import Invalid, NotFound, WrongState
from scoring.filing.keeping import (
    Kept,
    changed,
    check_room,
    held_for_change,
    in_form,
    keep,
    kept,
    link,
    origin_of,
    require_place,
)
from scoring.models import Answer, AnswerEvidence, Assessment, Evidence


@transaction.atomic(durable=True)
def set_lines(*, evidence: Evidence, answers: Sequence[Answer], actor: User) -> Evidence:
    """The file stands behind exactly these lines; behind none it stays in the library."""
    held_for_change(evidence.assessment, actor)
    evidence = in_form(evidence)
    if evidence.removed_at:
        raise WrongState(_("The file was removed. Bring it back first."))
    wanted = {answer.pk for answer in answers}
    gone = AnswerEvidence.objects.filter(evidence=evidence).exclude(answer__in=wanted)
    left = list(Answer.objects.filter(pk__in=gone.values("answer")))
    gone.delete()
    for answer in left:
        changed(answer)
    linked = link(evidence, answers)
    if linked or left:
        details = {"lines": sorted(linked), "removed": sorted(answer.pk for answer in left)}
        record(actor=actor, action="evidence.set_lines", obj=evidence, details=details)
    return evidence


@transaction.atomic(durable=True)
def withdraw_evidence(*, evidence: Evidence, actor: User) -> Evidence:
    """Take a file out of the form, from all its lines. Twice has the effect of once.

    The bytes stay until the retention period ends: a receipt may name their hash. The links stay too, out of force, so
    that `bring_back` knows where the file stood.
    """
    held_for_change(evidence.assessment, actor)
    evidence = in_form(evidence)
    if evidence.removed_at:
        return evidence
    evidence.removed_at = clock.now()
    evidence.save()
    answers = list(evidence.answers.all())
    for answer in answers:
        changed(answer)
    details = {"lines": [answer.pk for answer in answers]}
    record(actor=actor, action="evidence.withdraw", obj=evidence, details=details)
    return evidence


@transaction.atomic(durable=True)
def bring_back(*, evidence: Evidence, actor: User) -> Evidence:
    """Undo a withdrawal: the file stands again behind the lines where it stood."""
    held_for_change(evidence.assessment, actor)
    evidence = in_form(evidence)
    if not evidence.removed_at:
        return evidence
    if evidence.assessment.evidence.in_force().filter(sha256=evidence.sha256).exists():
        raise Invalid(_("The same file stands in the form again already."))
    check_room(evidence.assessment, evidence.size, stored=0)
    answers = list(evidence.answers.all())
    for answer in answers:
        require_place(answer.evidence.filter(removed_at__isnull=True).count())
        changed(answer)
    evidence.removed_at = None
    evidence.save()
    details = {"lines": [answer.pk for answer in answers]}
    record(actor=actor, action="evidence.bring_back", obj=evidence, details=details)
    return evidence


@transaction.atomic(durable=True)
def rename_evidence(*, evidence: Evidence, title: str, actor: User) -> Evidence:
    """Say better what the document is. The bytes and the sender's file name stay."""
    held_for_change(evidence.assessment, actor)
    evidence = in_form(evidence)
    before, title = evidence.title, clean_name(title, limit=300) or evidence.original_name
    if title != before:
        evidence.title = title
        evidence.save()
        record(actor=actor, action="evidence.rename", obj=evidence, details={"before": before, "after": title})
    return evidence


@transaction.atomic(durable=True)
def reuse_evidence(*, evidence: Evidence, assessment: Assessment, answers: Sequence[Answer], actor: User) -> Evidence:
    """A file of a former year in this year's form: a row over the same bytes, which are not stored twice."""
    assessment = held_for_change(assessment, actor)
    evidence = Evidence.objects.select_related("copied_from", "assessment").get(pk=evidence.pk)
    if evidence.assessment.unit_id != assessment.unit_id or evidence.removed_at:
        raise NotFound(_("The file is not one of the unit's own."))
    mine = assessment.evidence.in_force().filter(sha256=evidence.sha256).first()
    is_new = mine is None
    if is_new:
        check_room(assessment, evidence.size, stored=0)
        columns = (
            "title",
            "original_name",
            "stored_as",
            "media_type",
            "size",
            "sha256",
            "mark",
            "scan",
            "virus",
            "citation_id",
        )
        mine = Evidence.objects.create(
            assessment=assessment,
            copied_from=origin_of(evidence),
            uploaded_at=clock.now(),
            uploaded_by=actor,
            **{name: getattr(evidence, name) for name in columns},
        )
    if (linked := link(mine, answers)) or is_new:
        details = {"sha256": mine.sha256, "from": evidence.pk, "lines": linked}
        record(actor=actor, action="evidence.reuse", obj=mine, details=details)
    return mine


def replace_evidence(*, evidence: Evidence, upload: File, title: str, actor: User) -> Evidence:
    """A newer version: it takes the older one's lines, the older one stays readable behind it."""
    with transaction.atomic():
        held_for_change(evidence.assessment, actor)
        in_form(evidence)
    with kept(upload) as file:
        return _replace(evidence, file, title, actor)


@transaction.atomic(durable=True)
def _replace(evidence: Evidence, file: Kept, title: str, actor: User) -> Evidence:
    assessment = held_for_change(evidence.assessment, actor)
    older = in_form(evidence)
    if older.removed_at:
        raise WrongState(_("The file was removed. Bring it back first."))
    if same := assessment.evidence.in_force().filter(sha256=file.sha256).first():
        raise Invalid(_("Exactly this file stands in the form already: {title}.").format(title=same.title))
    newer = keep(assessment, file, clean_name(title, limit=300) or older.title, actor, replaces=older)
    answers = list(older.answers.all())
    AnswerEvidence.objects.filter(evidence=older).update(evidence=newer)
    for answer in answers:
        changed(answer)
    details = {"sha256": newer.sha256, "replaces": older.pk, "lines": [answer.pk for answer in answers]}
    record(actor=actor, action="evidence.replace", obj=newer, details=details)
    return newer


def versions_of(evidence: Evidence) -> list[Evidence]:
    """The whole chain, the newest first. One query a version, and there are few."""
    newest = evidence
    while later := getattr(newest, "replaced_by", None):
        newest = later
    chain = [newest]
    while chain[-1].replaces_id:
        chain.append(chain[-1].replaces)
    return chain
