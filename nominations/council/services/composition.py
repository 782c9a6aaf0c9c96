"""Set up the council."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.audit.services import record
from core.cleaning import clean_name
from core.errors import Invalid
from nominations import tally
from nominations.council.permissions import can_run_council
from nominations.council.selectors import in_office, secretaries
from nominations.models import Council, CouncilMember

FEWEST_MEMBERS = 3


@dataclass(frozen=True)
class WorkingRules:
    """How the council votes: `quorum` a share such as "2/3", `threshold_percent` 0-100 to be exceeded or only reached."""

    quorum: str = "2/3"
    threshold_percent: Decimal = Decimal(50)
    must_exceed: bool = True
    base: tally.Base = tally.Base.BALLOTS
    recused_leave_base: bool = False
    chair_breaks_tie: bool = True


@transaction.atomic(durable=True)
def set_up_council(
    *,
    name: str,
    founding_decision: str,
    members: Iterable[User],
    chair: User,
    secretary: User,
    rules: WorkingRules,
    actor: User,
) -> Council:
    """A new council takes the place of the one before; motions already open keep their roll and rules."""
    can_run_council(actor).require()
    members = {member.pk: member for member in members}
    council = Council(
        name=clean_name(name),
        founding_decision=clean_name(founding_decision),
        secretary=secretary,
        set_up_at=clock.now(),
        set_up_by=actor,
        **vars(rules),
    )
    _check(council, members, chair)
    council.save()
    CouncilMember.objects.bulk_create(
        CouncilMember(council=council, user=member, is_chair=member.pk == chair.pk) for member in members.values()
    )
    details = {"members": sorted(members), "chair": chair.pk, "secretary": secretary.pk} | vars(rules)
    record(actor=actor, action="council.set_up", obj=council, details=details)
    return council


def _check(council: Council, members: dict[int, User], chair: User) -> None:
    faults = {}
    if not council.name:
        faults["name"] = _("Give the name of the council.")
    if not council.founding_decision:
        faults["founding_decision"] = _("Give the decision that set up the council.")
    if len(members) < FEWEST_MEMBERS:
        faults["members"] = _("A council has at least {count} members.").format(count=FEWEST_MEMBERS)
    if chair.pk not in members:
        faults["chair"] = _("The chair must be one of the members.")
    if not secretaries().filter(pk=council.secretary_id).exists():
        faults["secretary"] = _("The secretary must hold the role of emulation secretary today.")
    seated = in_office(members)
    if others := sorted(member.full_name for pk, member in members.items() if pk not in seated):
        faults["members"] = _("These people do not hold the role of council member today: {names}.").format(
            names=", ".join(others)
        )
    if faults:
        raise Invalid(" ".join(faults.values()), fields=faults)
    try:
        council.rules  # noqa: B018 - read for its refusal
    except (ValueError, ZeroDivisionError) as error:
        raise Invalid(_("These voting rules cannot be met by any vote.")) from error
