"""The desks of commendation beside one another, as a person may see them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from nominations.certifying.permissions import can_see_certificates, can_see_decisions, can_see_rates
from nominations.council.permissions import can_see_council
from nominations.nominating.permissions import can_see_nominations, can_see_quotas


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    current: bool


def tabs_of(user: User, current: str) -> list[Tab]:
    """`current` is the name of the page's address."""
    offered = [
        (_("Nominations"), "nominations", can_see_nominations(user)),
        (_("Quotas"), "quotas", can_see_quotas(user)),
        (_("Council"), "council", can_see_council(user)),
        (_("Decisions"), "decisions", can_see_decisions(user)),
        (_("Certificates"), "certificates", can_see_certificates(user)),
        (_("Bonus rates"), "bonus_rates", can_see_rates(user)),
    ]
    return [Tab(label, reverse(name), name == current) for label, name, seen in offered if seen]
