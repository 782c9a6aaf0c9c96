"""What an appraiser had read when a line was decided: a mark is for that and for nothing that came later.

`Answer.read_as` keeps it with the decision: the version, what the unit declared with its evidence, and what had been
decided before, so that the decision can be taken back. It outlives the decision: when the unit changes the line, the line
is open again and says what is other than what was read.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from core.fields import plain
from scoring.enums import LineState
from scoring.filing.declaring import facts_of
from scoring.filing.history_words import Told, said_change
from scoring.models import Answer, AnswerEvidence, Clarification, Correction, Evidence

READ = "read_as"


def pin(answers: Sequence[Answer]) -> None:
    """Before the (unsaved) lines are decided: keep what was read and what stood there. One query for their evidence."""
    files: dict[int, list[int]] = defaultdict(list)
    behind = AnswerEvidence.objects.filter(answer__in=answers, evidence__removed_at__isnull=True)
    for answer, evidence in behind.order_by("evidence").values_list("answer", "evidence"):
        files[answer].append(evidence)
    for answer in answers:
        read = {"version": answer.version, **facts_of(answer), "evidence": files[answer.pk]}
        answer.read_as = read | {"before": _decided(answer)}


def _decided(answer: Answer) -> dict[str, Any]:
    """How the line stood before the decision: one step back, no further."""
    earlier = answer.read_as and {name: value for name, value in answer.read_as.items() if name != "before"}
    return {
        "line_state": answer.line_state,
        "correction": answer.correction_id,
        "clarification": answer.clarification_id,
        "appraised_points": None if answer.appraised_points is None else plain(answer.appraised_points),
        "appraised_by": answer.appraised_by_id,
        "appraised_at": answer.appraised_at and answer.appraised_at.isoformat(),
        READ: earlier,
    }


def can_be_taken_back(answer: Answer, user: User) -> bool:
    """The own last decision, while nothing else happened to the line: a decision is the one version after what was read."""
    read = answer.read_as or {}
    is_last = "before" in read and answer.version == read["version"] + 1
    return is_last and answer.line_state != LineState.OPEN and answer.appraised_by_id == user.pk


def put_back(answer: Answer) -> None:
    """The (unsaved) line as it stood before the decision. A question that was over by then stays over."""
    before = answer.read_as["before"]
    points, at = before["appraised_points"], before["appraised_at"]
    answer.line_state, answer.correction = before["line_state"], _row(Correction, before["correction"])
    answer.clarification = _row(Clarification, before["clarification"])
    answer.appraised_points = None if points is None else Decimal(points)
    answer.appraised_by_id, answer.appraised_at = before["appraised_by"], at and datetime.fromisoformat(at)
    answer.read_as = before[READ]


def _row(model: type, pk: int | None):
    return None if pk is None else model.objects.get(pk=pk)


@dataclass(frozen=True)
class Other:
    """Read on version `read`, now `now`, and field by field what is other."""

    read: int
    now: int
    fields: list[Told]

    @property
    def said(self) -> str:
        nothing = _("nothing")
        return "; ".join(f"{one.field}: {one.before or nothing} → {one.after or nothing}" for one in self.fields)


def changed_since(answer: Answer, files: Iterable[Evidence] | None = None) -> Other | None:
    """What the unit changed on a line that had been decided; None where nothing waits to be looked at again.

    Evidence is compared where the `files` behind the line are given: one query, and only where they are other.
    """
    read = answer.read_as
    if not read or answer.line_state != LineState.OPEN:
        return None
    before, now = ({name: side[name] for name in facts_of(answer)} for side in (read, facts_of(answer)))
    changed = [name for name in now if now[name] != before[name]]
    sides = {"before": {name: before[name] for name in changed}, "after": {name: now[name] for name in changed}}
    return Other(read["version"], answer.version, said_change(answer.criterion, sides) + _files(read, files))


def _files(read: Mapping[str, Any], files: Iterable[Evidence] | None) -> list[Told]:
    titles = None if files is None else {file.pk: file.title for file in files}
    if titles is None or set(titles) == set(read["evidence"]):
        return []
    gone = Evidence.objects.filter(pk__in=set(read["evidence"]) - set(titles)).order_by("pk")
    came = [title for pk, title in titles.items() if pk not in read["evidence"]]
    return [Told(_("Evidence"), "; ".join(file.title for file in gone), "; ".join(came))]
