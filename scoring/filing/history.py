"""Who did what to a form and when, in words: the filing acts of the audit trail, of the whole form or of one line."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.trail import acts
from core.audit.models import AuditEntry
from scoring.filing.changes import ANSWER, FORM, IMPORT, SAVE, UNDO
from scoring.filing.history_words import SAID, Told, said_change
from scoring.models import Assessment, Criterion, Evidence

EVIDENCE = Evidence._meta.label_lower
# What is told here; what the appraisers do with a line is theirs to tell, when the result is shown.
_FORM_ACTS = [f"assessment.{act}" for act in ("import_form", "prepare", "reopen", "receipt", "return")]


@dataclass(frozen=True)
class Event:
    """One act: the sentence, and for saves each changed line as (criterion, [(field, before, after)])."""

    entry: AuditEntry
    sentence: str
    lines: list[tuple[Criterion, list[Told]]] = field(default_factory=list)
    is_undo: bool = False


class History:
    """The acts on one form. Three queries to find them, whatever their number; a page of them costs no more."""

    def __init__(self, assessment: Assessment):
        self.assessment = assessment
        self.criteria = {one.code: one for one in assessment.criteria_set.criteria.all()}
        for one in self.criteria.values():
            one.criteria_set = assessment.criteria_set
        self.code_of = dict(assessment.answers.values_list("pk", "criterion__code"))
        self.files = dict(assessment.evidence.values_list("pk", "title"))

    def entries(self, line: str = "", who: int | None = None) -> QuerySet[AuditEntry]:
        """The newest first, of the form or of the line with that code, of everybody or of one person."""
        found = AuditEntry.objects.filter(self._of_line(line) if line else self._of_form())
        if who:
            found = found.filter(actor=who)
        return found.select_related("actor").order_by("-seq")

    def people(self) -> list[User]:
        """Who has acted on the form, by name."""
        actors = AuditEntry.objects.filter(self._of_form()).order_by().values("actor").distinct()
        return list(User.objects.filter(pk__in=actors))

    def events(self, page: Iterable[AuditEntry], line: str = "") -> list[Event]:
        """The entries in words; of an act on many lines only `line` where one is asked for."""
        return [self._event(entry, json.loads(entry.details), line) for entry in page]

    def _of_form(self) -> Q:
        return (
            Q(object_type=ANSWER, object_id__in=[str(pk) for pk in self.code_of], action__in=[SAVE, UNDO])
            | Q(object_type=FORM, object_id=str(self.assessment.pk), action__in=_FORM_ACTS)
            | Q(object_type=EVIDENCE, object_id__in=[str(pk) for pk in self.files])
        )

    def _of_line(self, code: str) -> Q:
        pk = next(pk for pk, one in self.code_of.items() if one == code)
        shared = AuditEntry.objects.filter(
            Q(object_type=FORM, object_id=str(self.assessment.pk), action=IMPORT)
            | Q(object_type=EVIDENCE, object_id__in=[str(file) for file in self.files])
        )
        touching = [seq for seq, details in shared.values_list("seq", "details") if _touches(details, code, pk)]
        return Q(object_type=ANSWER, object_id=str(pk), action__in=[SAVE, UNDO]) | Q(seq__in=touching)

    def _event(self, entry: AuditEntry, kept: dict[str, Any], line: str) -> Event:
        if entry.object_type == ANSWER:
            changed = {self.code_of[int(entry.object_id)]: kept}
            return Event(entry, SAID[entry.action](kept), self._told(changed), is_undo=entry.action == UNDO)
        if entry.action == IMPORT:
            changed = kept.get("differences", {})
            return Event(entry, SAID[IMPORT](kept), self._told({line: changed[line]} if line else changed))
        about = kept
        if entry.object_type == EVIDENCE:
            codes = [self.code_of[pk] for pk in kept.get("lines", []) if pk in self.code_of]
            about = kept | {"title": self.files[int(entry.object_id)], "codes": ", ".join(codes)}
        say = SAID.get(entry.action)
        # An act that has no sentence of its own yet goes by its word in the trail.
        return Event(entry, say(about) if say else str(acts().get(entry.action, entry.action)))

    def _told(self, changed: dict[str, dict[str, Any]]) -> list[tuple[Criterion, list[Told]]]:
        return [(self.criteria[code], said_change(self.criteria[code], kept)) for code, kept in changed.items()]


def _touches(details: str, code: str, pk: int) -> bool:
    kept = json.loads(details)
    return code in kept.get("differences", {}) or (isinstance(kept.get("lines"), list) and pk in kept["lines"])
