"""Who drafts, signs and issues. Nobody signs for the own unit."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from core.errors import Invalid, NotFound, WrongState
from core.verdict import Verdict, first_no
from nominations.enums import DecisionState
from nominations.models import Decision
from nominations.models.nomination import OF_THE_UNIT, READS_ALL


def can_see_decisions(user: User) -> Verdict:
    """The desk of decisions; for others there is no such page."""
    return Verdict(user.has_role(*READS_ALL, *OF_THE_UNIT), _("There is no such page."), NotFound)


def can_draft(user: User) -> Verdict:
    return Verdict(user.has_role(Role.EMULATION_SECRETARY), _("Only the emulation secretary drafts decisions."))


def can_sign(user: User, decision: Decision, unit_ids: Collection[int]) -> Verdict:
    """`unit_ids` are the units that the decision commends, or whose people it commends."""
    return first_no(
        Verdict(user.has_role(Role.SIGNING_LEADER), _("Only a signing leader signs decisions.")),
        Verdict(
            not user.own_units.intersection(unit_ids),
            _("The list names your own unit; another leader signs this decision."),
        ),
        Verdict(decision.state == DecisionState.DRAFT, _("The decision is signed already."), WrongState),
    )


def may_be_dated(dated_on: date, *, today: date, meeting_on: date) -> Verdict:
    """Neither before the council has met nor in the future."""
    return first_no(
        Verdict(dated_on <= today, _("The date of the decision cannot lie in the future."), Invalid),
        Verdict(
            dated_on >= meeting_on,
            _("The council met on {date:%d/%m/%Y}; the decision cannot be older.").format(date=meeting_on),
            Invalid,
        ),
    )


def can_issue(user: User, decision: Decision) -> Verdict:
    return first_no(
        Verdict(
            user.has_role(Role.EMULATION_SECRETARY), _("Only the emulation secretary numbers and issues certificates.")
        ),
        Verdict(decision.state != DecisionState.DRAFT, _("The decision must be signed first."), WrongState),
        Verdict(decision.state == DecisionState.SIGNED, _("The certificates are issued already."), WrongState),
    )
