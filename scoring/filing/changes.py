"""How one line of the form changed, read from the audit trail: what stood there before each save, and who saved."""

import json
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from accounts.models import User
from core.audit.models import AuditEntry
from scoring.filing.declaring import facts_of
from scoring.models import Answer, Assessment

ANSWER, FORM = Answer._meta.label_lower, Assessment._meta.label_lower
SAVE, UNDO, IMPORT = "answer.save", "answer.undo", "assessment.import_form"


@dataclass(frozen=True)
class Change:
    """One saved difference: only the facts that changed. `undoes` is the number of the entry that it takes back."""

    seq: int
    actor_id: int | None
    before: dict[str, Any]
    after: dict[str, Any]
    undoes: int | None = None


def changes_of(answer: Answer) -> list[Change]:
    """Every change of the line, the newest first; one query. Needs `criterion` at hand."""
    own = Q(object_type=ANSWER, object_id=str(answer.pk), action__in=[SAVE, UNDO])
    many = Q(object_type=FORM, object_id=str(answer.assessment_id), action=IMPORT)
    changes = []
    for entry in AuditEntry.objects.filter(own | many).order_by("-seq"):
        kept = json.loads(entry.details)
        if entry.action == IMPORT:
            kept = kept.get("differences", {}).get(answer.criterion.code)
        if kept:
            changes.append(Change(entry.seq, entry.actor_id, kept["before"], kept["after"], kept.get("undoes")))
    return changes


def last_own_change(answer: Answer, user: User) -> Change | None:
    """What the person can take back: the last change that is theirs and still stands.

    None as soon as somebody else has changed the line since, and where the line is not what the trail says.
    """
    taken_back: set[int | None] = set()
    for change in changes_of(answer):
        if change.actor_id != user.pk:
            return None
        if change.undoes is not None:
            taken_back.add(change.undoes)
        elif change.seq not in taken_back:
            now = facts_of(answer)
            return change if all(now[name] == value for name, value in change.after.items()) else None
    return None
