"""Which criteria of a year get their figures from a system or a survey, and how many units have them."""

from dataclasses import dataclass

from django.db.models import Count, Q

from scoring.measured.permissions import MEASURED
from scoring.models import Answer, Criterion, Cycle


@dataclass(frozen=True)
class BroughtIn:
    criterion: Criterion
    filled: int
    total: int


def brought_in(cycle: Cycle) -> list[BroughtIn]:
    """In the order of the sets; two queries."""
    related = Criterion.objects.select_related("criteria_set", "responsible")
    asked = related.filter(criteria_set__in=cycle.groups.values("criteria_set"), declared_by_unit=False)
    criteria = [
        one
        for one in asked.order_by("criteria_set__code", "position")
        if one.criteria_set.definition.leaf(one.code).source_kind in MEASURED
    ]
    lines = Answer.objects.filter(assessment__cycle=cycle, criterion__in=criteria).values("criterion").order_by()
    counted = lines.annotate(total=Count("pk"), filled=Count("pk", filter=~Q(values={})))
    found = {one["criterion"]: one for one in counted}
    return [
        BroughtIn(one, found[one.pk]["filled"], found[one.pk]["total"]) if one.pk in found else BroughtIn(one, 0, 0)
        for one in criteria
    ]
