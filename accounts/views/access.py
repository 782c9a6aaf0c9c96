"""The two doors of this desk: who may look, and who may change."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import can_administer, can_read_trail, can_see_people
from core.doors import door

# Administrators and auditors; for others the page does not exist (404).
for_readers = door(can_see_people)
# As above, and who only reads is refused with the reason (403).
for_administrators = door(can_see_people, can_administer)


def tabs(user: User, current: str) -> list[dict]:
    """The lists of this desk that the person may open; `current` is the name of the address shown."""
    offered = [
        ("people", _("Accounts"), can_see_people(user)),
        ("units", _("Units"), True),
        ("audit_trail", _("Audit trail"), can_read_trail(user)),
    ]
    return [{"label": label, "url": reverse(name), "current": name == current} for name, label, may in offered if may]
