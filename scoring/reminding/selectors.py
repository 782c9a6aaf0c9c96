"""Who is reminded, and who was."""

from collections import defaultdict
from collections.abc import Iterable

from accounts.enums import Role
from accounts.models import RoleMembership, User
from core import clock
from scoring.models import Assessment, Reminder
from scoring.models.assessment import FILES


def people_of(units: Iterable[int]) -> dict[tuple[int, Role], list[User]]:
    """(unit, officer or head) → those who hold the role today and can sign in: one query."""
    memberships = RoleMembership.objects.in_force(clock.today()).filter(
        role__in=FILES, unit__in=list(units), user__is_active=True
    )
    found: dict[tuple[int, Role], list[User]] = defaultdict(list)
    for membership in memberships.select_related("user").order_by("user__name_sort"):
        found[membership.unit_id, Role(membership.role)].append(membership.user)
    return found


def last_reminders(assessments: Iterable[Assessment], person: User | None = None) -> dict[int, Reminder]:
    """Assessment → the last reminder (to `person`): one query."""
    sent = Reminder.objects.filter(assessment__in=list(assessments)).select_related("sent_by").order_by("pk")
    if person:
        sent = sent.filter(person=person)
    return {one.assessment_id: one for one in sent}
