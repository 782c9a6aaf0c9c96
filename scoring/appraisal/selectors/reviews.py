"""What the lead's review says: which note waits on a line, and which criteria nobody has looked through."""

from django.db.models import Max, Q, QuerySet

from scoring.appraisal.selectors.progress import WITH_COMMITTEE, need_decision, undecided_lines
from scoring.enums import AssessmentState, LineState
from scoring.models import Answer, Criterion, CriterionReview, Cycle, Reopening


def note_on(answer: Answer) -> Reopening | None:
    """The lead's note that no decision has answered yet. No query for lines read with their `reopening`."""
    if answer.reopening_id is None or answer.line_state != LineState.OPEN:
        return None
    decided_on = (answer.read_as or {}).get("version", -1)
    return answer.reopening if answer.reopening.version > decided_on else None


def unreviewed(cycle: Cycle) -> list[Criterion]:
    """Criteria with marks that no lead has looked through, or that changed since: four queries."""
    marks = need_decision(Answer.objects.filter(assessment__cycle=cycle, assessment__state__in=WITH_COMMITTEE))
    last = dict(marks.order_by().values_list("criterion").annotate(Max("appraised_at")))
    seen = dict(_reviews(cycle).order_by().values_list("criterion").annotate(Max("reviewed_at")))
    open_ones = set(undecided_lines(cycle).values_list("criterion", flat=True))
    waiting = [pk for pk, at in last.items() if pk in open_ones or pk not in seen or (at and at > seen[pk])]
    return list(Criterion.objects.filter(pk__in=waiting).order_by("criteria_set__code", "position"))


def is_reviewed(cycle: Cycle, criterion: Criterion, review: CriterionReview | None) -> bool:
    """Of one criterion with its last review, what `unreviewed` says of all: one query, none without a review."""
    if review is None:
        return False
    forms = Q(assessment__cycle=cycle, assessment__state__in=WITH_COMMITTEE)
    marks = need_decision(Answer.objects.filter(forms, criterion=criterion))
    undecided = Q(line_state=LineState.OPEN, assessment__state=AssessmentState.UNDER_APPRAISAL)
    return not marks.filter(undecided | Q(appraised_at__gt=review.reviewed_at)).exists()


def last_review(cycle: Cycle, criterion: Criterion) -> CriterionReview | None:
    return _reviews(cycle).filter(criterion=criterion).select_related("reviewed_by").last()


def _reviews(cycle: Cycle) -> QuerySet[CriterionReview]:
    return CriterionReview.objects.filter(cycle=cycle)
