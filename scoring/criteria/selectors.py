"""Reads of the public criteria pages."""

from django.db.models import Count, QuerySet

from scoring.enums import SetState
from scoring.models import CriteriaSet


def public_sets() -> QuerySet[CriteriaSet]:
    """Sets that were published, the latest year first; retired ones stay readable."""
    return CriteriaSet.objects.exclude(state=SetState.DRAFT)


def listed_sets() -> QuerySet[CriteriaSet]:
    """With the number of criteria, without the documents."""
    return public_sets().defer("document").annotate(count=Count("criteria")).order_by("-year", "code")


def has_next_year(criteria_set: CriteriaSet) -> bool:
    """Whether the set of the following year exists already."""
    return CriteriaSet.objects.filter(code=criteria_set.code, year=criteria_set.year + 1).exists()


def agencies_of(criteria_set: CriteriaSet) -> dict[str, str]:
    """Code of each criterion → its appraising agency in the reader's language."""
    criteria = criteria_set.criteria.filter(responsible__isnull=False).select_related("responsible")
    return {one.code: one.responsible.label for one in criteria}
