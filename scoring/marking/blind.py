"""What a second marker must not learn: everything that was decided on a line before the own mark is saved.

Pages, counts and files read lines through the selectors of `scoring.appraisal`, which call these. A line that was stripped
is for showing only; services read it anew under lock.
"""

import hashlib
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from accounts.models import User
from core.audit.services import canonical
from scoring.enums import LineState
from scoring.filing.declaring import facts_of
from scoring.models import Answer, AnswerEvidence, SecondMark


def second_mark_of(answer: Answer) -> SecondMark | None:
    """No query for lines read with their `second_mark`."""
    return getattr(answer, "second_mark", None)


def is_blind(user: User, answer: Answer) -> bool:
    """Whether the person is the second marker of this line and has not marked it yet."""
    second = second_mark_of(answer)
    return second is not None and second.marker_id == user.pk and second.saved_at is None


def waiting_of(user: User) -> Q:
    """Lines to which the person is blind: the own second mark is still to come."""
    return Q(second_mark__marker=user.pk, second_mark__saved_at__isnull=True)


def strip(user: User, answers: Iterable[Answer]) -> None:
    """Take the first mark away from the (never to be saved) lines to which the person is blind."""
    for answer in answers:
        if is_blind(user, answer):
            answer.line_state, answer.correction, answer.appraised_points = LineState.OPEN, None, None
            answer.appraised_by = answer.appraised_at = answer.read_as = None
            # Each decision counts one version on: the number itself would tell.
            answer.version = 0


def is_unfinished(answer: Answer) -> bool:
    """As `unfinished`, of one line."""
    second = second_mark_of(answer)
    return second is not None and (second.saved_at is None or (second.disputed and second.settled_at is None))


def unfinished() -> Q:
    """Lines whose second mark is still to come, or about which a third person has to decide."""
    return Q(second_mark__isnull=False) & (
        Q(second_mark__saved_at__isnull=True) | Q(second_mark__disputed=True, second_mark__settled_at__isnull=True)
    )


def seen_in(answer: Answer) -> dict:
    """What a marker reads of a line: what the unit declares, and the evidence behind it. One query."""
    behind = AnswerEvidence.objects.filter(answer=answer, evidence__removed_at__isnull=True).order_by("evidence")
    return {**facts_of(answer), "evidence": list(behind.values_list("evidence", flat=True))}


def token_of(seen: dict) -> int:
    """A number for what was read, in place of a line's version. Other facts give another one."""
    return int(hashlib.sha256(canonical(seen).encode()).hexdigest()[:7], 16)


def forget_outdated(answers: QuerySet[Answer]) -> None:
    """Second marks of lines that the unit has changed since are asked for again. One query where there are none."""
    saved = SecondMark.objects.filter(answer__in=answers, saved_at__isnull=False, settled_at__isnull=True)
    for second in saved.select_related("answer"):
        if second.read_as != seen_in(second.answer):
            clear(second)
            second.save()


def clear(second: SecondMark) -> None:
    """The (unsaved) second mark is to come again."""
    second.way, second.values, second.points, second.saved_at = "", None, None, None
    second.reason_code, second.reason, second.read_as, second.disputed = "", "", None, False
