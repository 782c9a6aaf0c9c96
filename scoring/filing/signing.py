"""What the head signs: the form frozen when it is put before the head, and the hash that holds it.

The functions that write are steps of `scoring.filing.services`, which holds the locks.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.proof import Proof
from core.audit.services import canonical
from core.codes import drawn
from core.errors import WrongState
from scoring.filing.snapshot import snapshot_of
from scoring.models import Assessment, Preparation, Submission


@dataclass(frozen=True)
class Contents:
    """What a frozen form holds, counted: `declared` lines have a figure or ask for «not applicable»."""

    declared: int
    not_applicable: int
    files: int
    explanations: int


def _hashed(assessment: Assessment) -> tuple[str, str]:
    text = canonical(snapshot_of(assessment))
    return text, hashlib.sha256(text.encode()).hexdigest()


def freeze(assessment: Assessment, actor: User, now: datetime) -> Preparation:
    text, sha256 = _hashed(assessment)
    number = assessment.preparations.count() + 1
    return Preparation.objects.create(
        assessment=assessment, number=number, snapshot=text, sha256=sha256, prepared_at=now, prepared_by=actor
    )


def last_prepared(assessment: Assessment) -> Preparation | None:
    """What was put before the head last, void or not, with the names of who did it."""
    return assessment.preparations.select_related("prepared_by", "voided_by").first()


def void(assessment: Assessment, actor: User, now: datetime) -> Preparation | None:
    """Nobody signs the last one any more. None where the form was prepared before forms were frozen."""
    prepared = assessment.preparations.filter(voided_at=None).first()
    if prepared:
        prepared.voided_at, prepared.voided_by = now, actor
        prepared.save()
    return prepared


def is_unchanged(assessment: Assessment, prepared: Preparation | None) -> bool:
    """Whether the form still is what stands before the head."""
    return prepared is not None and prepared.voided_at is None and _hashed(assessment)[1] == prepared.sha256


def unchanged_since_prepared(assessment: Assessment) -> Preparation:
    """What the head is about to sign. WrongState where the form is no longer that."""
    prepared = last_prepared(assessment)
    if not is_unchanged(assessment, prepared):
        raise WrongState(said_changed())
    return prepared


def said_changed() -> str:
    return _("The form is no longer what was put before the head. Take it back and put it before the head again.")


def sign(assessment: Assessment, prepared: Preparation, actor: User, proof: Proof) -> Submission:
    return Submission.objects.create(
        assessment=assessment,
        preparation=prepared,
        number=assessment.submissions.count() + 1,
        snapshot=prepared.snapshot,
        sha256=prepared.sha256,
        receipt_code=_receipt_code(assessment.cycle.year),
        submitted_at=assessment.submitted_at,
        submitted_by=actor,
        proof_method=proof.method,
        proof_at=proof.at,
    )


def _receipt_code(year: int) -> str:
    return f"TN{year % 100:02d}-{drawn(4)}-{drawn(4)}"


def contents_of(frozen: Preparation | Submission) -> Contents:
    answers = json.loads(frozen.snapshot)["answers"].values()
    return Contents(
        declared=sum(bool(one["values"] or one["asks_not_applicable"]) for one in answers),
        not_applicable=sum(one["asks_not_applicable"] for one in answers),
        files=len({sha256 for one in answers for sha256 in one["evidence"]}),
        explanations=sum(bool(one["explanation"]) for one in answers),
    )
