"""How every view of the desk finds what was asked for: what may not be seen does not exist."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from scoring.filing.selectors import seen_by
from scoring.models import Answer, Assessment, Evidence

# Ids above this overflow SQLite's integers; there is no such row.
_LARGEST_ID = 2**63 - 1


def assessment_or_404(user: User, pk: int) -> Assessment:
    return get_object_or_404(seen_by(user), pk=possible_id(pk))


def line_or_404(user: User, pk: int) -> Answer:
    """One line with its criterion and its assessment, as far as the person may see the assessment."""
    lines = Answer.objects.select_related("criterion__pillar", "criterion__responsible", "measurement__source")
    answer = get_object_or_404(lines.filter(assessment__in=Assessment.objects.visible_to(user)), pk=possible_id(pk))
    answer.assessment = seen_by(user).get(pk=answer.assessment_id)
    answer.criterion.criteria_set = answer.assessment.criteria_set
    return answer


def evidence_of_line_or_404(answer: Answer, pk: int) -> Evidence:
    """A file of the line's assessment, also one that was taken away."""
    return get_object_or_404(Evidence.objects.filter(assessment=answer.assessment), pk=possible_id(pk))


def evidence_or_404(user: User, pk: int, *, removed: bool = False) -> Evidence:
    """A file that the person may see now; with `removed` one that was removed from a form that the person may see."""
    found = Evidence.objects.visible_to(user)
    if removed:
        found = Evidence.objects.filter(assessment__in=Assessment.objects.visible_to(user))
    evidence = get_object_or_404(found.select_related("uploaded_by", "replaces", "citation"), pk=possible_id(pk))
    evidence.assessment = seen_by(user).get(pk=evidence.assessment_id)
    return evidence


def possible_id(pk: int) -> int:
    """The id, unless no row can have it."""
    if pk > _LARGEST_ID:
        raise Http404
    return pk
