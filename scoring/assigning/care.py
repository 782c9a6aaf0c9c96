"""Whose care a line is in: what queues, counts and lists of one person begin with."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.enums import Role
from accounts.models import User
from scoring.models import Answer, Assignment, Conflict, Criterion, Cycle, SecondMark


def shared_or_own(user: User) -> Q:
    """Lines of an agency that divided nothing, and those assigned to the person, for the first or the second mark."""
    return Q(assignment=None) | Q(assignment__appraiser=user.pk) | Q(second_mark__marker=user.pk)


def to_decide(lines: QuerySet[Answer], user: User) -> QuerySet[Answer]:
    """Those whose first mark the person may be waited for: no own unit, no conflict of interest, nobody else's. A lead stands
    in for all."""
    lines = lines.exclude(assessment__unit__in=user.own_units)
    lines = lines.exclude(assessment__unit__in=Conflict.objects.barred_units(user))
    lines = lines.exclude(second_mark__marker=user.pk)
    return lines if user.has_role(Role.APPRAISAL_LEAD) else lines.filter(shared_or_own(user))


def with_own_lines(criteria: QuerySet[Criterion], user: User, cycle: Cycle) -> QuerySet[Criterion]:
    """Without the criteria whose lines were all given to colleagues."""
    of_criterion = Assignment.objects.filter(answer__assessment__cycle=cycle, answer__criterion=OuterRef("pk"))
    second = SecondMark.objects.filter(
        answer__assessment__cycle=cycle, answer__criterion=OuterRef("pk"), marker=user.pk
    )
    return criteria.exclude(Exists(of_criterion) & ~Exists(of_criterion.filter(appraiser=user)) & ~Exists(second))
