"""What the checks look at, read from the database."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Prefetch

from accounts.models import User
from scoring.filing.checks.facts import Facts, Line
from scoring.filing.selectors import LastYear
from scoring.filing.usual import usual_numbers
from scoring.marking.blind import strip
from scoring.models import Answer, Assessment, Evidence


def lines_of(assessments: Iterable[Assessment]) -> list[Answer]:
    """Every line of the assessments in the order of the form, with criterion, pillar and evidence in force at hand.

    Three queries, whatever the number of assessments and lines. `answer.evidence.all()` is what was not removed.
    """
    by_pk = {assessment.pk: assessment for assessment in assessments}
    answers = list(
        Answer.objects.filter(assessment__in=by_pk)
        .select_related(
            "criterion__pillar",
            "criterion__responsible",
            "updated_by",
            "correction",
            "measurement__source",
            "clarification",
            "second_mark",
        )
        .prefetch_related(Prefetch("evidence", Evidence.objects.filter(removed_at__isnull=True)), "citations")
        .order_by("assessment_id", "criterion__position")
    )
    for answer in answers:
        answer.assessment = by_pk[answer.assessment_id]
        answer.criterion.criteria_set = answer.assessment.criteria_set
    return answers


def lines_shown(user: User, assessment: Assessment) -> list[Answer]:
    """As `lines_of` for showing to this person, never for saving: a second marker reads nothing of the first mark."""
    answers = lines_of([assessment])
    strip(user, answers)
    return answers


def facts_of(assessment: Assessment, answers: Iterable[Answer], last: LastYear | None, now: datetime) -> Facts:
    """Facts for lines read with `lines_of`: one query, for what is usual in the group, and none without a last year."""
    before = last.answers if last else {}
    usual: dict[str, dict] = {}
    for (code, name), number in (usual_numbers(assessment) if last else {}).items():
        usual.setdefault(code, {})[name] = number
    lines = [
        Line(answer, before.get(answer.criterion.code), usual.get(answer.criterion.code, {}))
        for answer in answers
        if answer.criterion.declared_by_unit
    ]
    return Facts(assessment, lines, now, last)
