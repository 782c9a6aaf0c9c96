"""Evidence behind lines: take in, put behind more lines, take away from a line. Limits: `scoring.filing.keeping`."""

from collections.abc import Sequence

from django.core.files import File
from django.db import transaction

from accounts.models import User
from core import locks
from core.audit.services import record
from core.cleaning import clean_name
from scoring.filing.keeping import Kept, changed, check_room, held_for_change, in_form, keep, kept, link
from scoring.models import Answer, AnswerEvidence, Assessment, Evidence


def attach_evidence(
    *, answers: Sequence[Answer], upload: File, title: str, actor: User, assessment: Assessment | None = None
) -> Evidence:
    """Keep a file and put it behind lines of one assessment; a file that the form has already is not kept twice.

    Without lines (then `assessment` says whose) it stands in the unit's library until it is put behind some.
    """
    assessment = assessment or answers[0].assessment
    with transaction.atomic():
        held_for_change(assessment, actor, answers)
    with kept(upload) as file:
        return _attach(assessment, answers, file, clean_name(title, limit=300) or file.original_name, actor)


@transaction.atomic(durable=True)
def _attach(assessment: Assessment, answers: Sequence[Answer], file: Kept, title: str, actor: User) -> Evidence:
    assessment = held_for_change(assessment, actor, answers)
    evidence = assessment.evidence.in_force().filter(sha256=file.sha256).first()
    is_new = evidence is None
    if is_new:
        evidence = keep(assessment, file, title, actor)
    linked = link(evidence, answers)
    if is_new or linked:
        details = {"sha256": evidence.sha256, "size": evidence.size, "lines": linked}
        record(actor=actor, action="evidence.attach", obj=evidence, details=details)
    return evidence


@transaction.atomic(durable=True)
def attach_again(*, answer: Answer, evidence: Evidence, actor: User) -> Evidence:
    """Put a file that the unit sent before behind a line: on one more line, or back where it was taken away."""
    held_for_change(answer.assessment, actor, [answer])
    evidence = in_form(evidence)
    was_removed, evidence.removed_at = evidence.removed_at, None
    if was_removed:
        check_room(evidence.assessment, evidence.size, stored=0)
        evidence.save()
        AnswerEvidence.objects.filter(evidence=evidence).delete()
    if linked := link(evidence, [answer]):
        record(actor=actor, action="evidence.attach_again", obj=evidence, details={"lines": linked})
    return evidence


@transaction.atomic(durable=True)
def remove_evidence(*, answer: Answer, evidence: Evidence, actor: User) -> Evidence:
    """Take a file away from one line; it stays in the unit's library. Twice has the effect of once."""
    held_for_change(answer.assessment, actor, [answer])
    evidence = locks.exclusive(Evidence, evidence.pk)
    answer = Answer.objects.get(pk=answer.pk)
    gone, _rows = AnswerEvidence.objects.filter(answer=answer, evidence=evidence).delete()
    if gone:
        changed(answer)
        record(actor=actor, action="evidence.remove", obj=evidence, details={"lines": [answer.pk]})
    return evidence
