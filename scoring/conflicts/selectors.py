"""Which units a person does not touch, and why: the one answer for pages, acts, plans and programs."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import RoleMembership, User
from scoring.models import Conflict
from scoring.models.assessment import READS_ALL

# Unit → why the person does not touch it.
Barred = Mapping[int, str]


def conflicts_of(user: User) -> Barred:
    """The own units, and what the register says about the person and about the own units: one query."""
    return _barred(Conflict.objects.touching(user), user.pk, user.own_units)


def conflicts_among(people: Iterable[User]) -> dict[int, Barred]:
    """As above for many people, by their ids: two queries, whatever their number."""
    people, own = list(people), defaultdict(set)
    if not people:
        return {}
    held = RoleMembership.objects.in_force(people[0].today).filter(user__in=people)
    for user, unit in held.values_list("user", "unit"):
        own[user].add(unit)
    register = list(Conflict.objects.in_force())
    return {one.pk: _barred(register, one.pk, own[one.pk]) for one in people}


def _barred(register: Iterable[Conflict], person: int, own: set[int]) -> dict[int, str]:
    found = dict.fromkeys(sorted(own), _("own unit"))
    for one in register:
        met = [one.unit_id] if one.person_id == person or one.agency_id in own else []
        met += [one.agency_id] if one.agency_id and one.unit_id in own else []
        for unit in met:
            found.setdefault(unit, str(one.get_kind_display()))
    return found


def register_for(user: User) -> QuerySet[Conflict]:
    """Everything on record, the newest first, withdrawn rows too; who only appraises sees what concerns the own person."""
    found = Conflict.objects.select_related("person", "agency", "unit", "declared_by", "withdrawn_by").order_by("-pk")
    if user.has_role(*READS_ALL):
        return found
    return found.filter(Q(person=user) | Q(pk__in=Conflict.objects.touching(user).values("pk")))


def who_appraises(user: User) -> QuerySet[User]:
    """Appraisers and leads of today: whom a conflict may concern."""
    return User.objects.holding(user.today, role__in=[Role.APPRAISER, Role.APPRAISAL_LEAD]).filter(is_active=True)
