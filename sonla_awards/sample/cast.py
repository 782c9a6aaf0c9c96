"""Who acts in the sample years, and when: invented people, days of the calendar, one seed for every draw."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from scoring.models import Assessment

SEED = 253

Say = Callable[[str], None]


@dataclass(frozen=True)
class Cast:
    """The people that act in the sample years."""

    people: dict[str, User]
    officers: dict[int, User]
    heads: dict[int, User]

    @property
    def secretary(self) -> User:
        return self.people["thuky.chamdiem"]

    def lead_for(self, assessment: Assessment) -> User:
        """A lead who does not belong to the assessed unit."""
        first = self.people["totruong.skhcn"]
        return self.people["totruong.snv"] if assessment.unit_id in first.own_units else first


def cast_of(people: dict[str, User]) -> Cast:
    def holders(role: Role) -> dict[int, User]:
        return {m.unit_id: user for user in people.values() for m in user.current_memberships if m.role == role}

    return Cast(people, holders(Role.UNIT_OFFICER), holders(Role.UNIT_HEAD))


def moment(day: date, hour: int = 0, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))
