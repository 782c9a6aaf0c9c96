"""Who drafts, signs, issues and revokes. Nobody signs for the own unit."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from core.errors import Invalid, NotFound, WrongState
from core.verdict import Verdict, first_no
from nominations.enums import CertificateState, DecisionKind, DecisionState
from nominations.models import Certificate, Decision
from nominations.models.decision import SEES_DRAFTS
from nominations.models.nomination import OF_THE_UNIT, READS_ALL


def can_see_decisions(user: User) -> Verdict:
    """The desk of decisions; for others there is no such page."""
    return Verdict(user.has_role(*READS_ALL, *OF_THE_UNIT), _("There is no such page."), NotFound)


def can_see_certificates(user: User) -> Verdict:
    """The list of certificates, all or the own unit's."""
    return Verdict(user.has_role(*SEES_DRAFTS, *OF_THE_UNIT), _("There is no such page."), NotFound)


def can_see_rates(user: User) -> Verdict:
    return Verdict(user.has_role(*SEES_DRAFTS), _("There is no such page."), NotFound)


def can_add_rates(user: User) -> Verdict:
    return Verdict(
        user.has_role(Role.EMULATION_SECRETARY), _("Only the emulation secretary adds base salaries and coefficients.")
    )


def can_draft(user: User) -> Verdict:
    return Verdict(user.has_role(Role.EMULATION_SECRETARY), _("Only the emulation secretary drafts decisions."))


def can_discard(user: User, decision: Decision) -> Verdict:
    return first_no(
        can_draft(user),
        Verdict(decision.state == DecisionState.DRAFT, _("A signed decision is never discarded."), WrongState),
    )


def can_sign(user: User, decision: Decision, unit_ids: Collection[int]) -> Verdict:
    """`unit_ids` are the units that the decision is about, or whose people it is about."""
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
        _not_in_the_future(dated_on, today),
        Verdict(
            dated_on >= meeting_on,
            _("The council met on {date:%d/%m/%Y}; the decision cannot be older.").format(date=meeting_on),
            Invalid,
        ),
    )


def may_revoke_on(dated_on: date, *, today: date, awarded_on: date) -> Verdict:
    """Neither before the decision that it takes back nor in the future."""
    return first_no(
        _not_in_the_future(dated_on, today),
        Verdict(
            dated_on >= awarded_on,
            _("The award was decided on {date:%d/%m/%Y}; its revocation cannot be older.").format(date=awarded_on),
            Invalid,
        ),
    )


def _not_in_the_future(dated_on: date, today: date) -> Verdict:
    return Verdict(dated_on <= today, _("The date of the decision cannot lie in the future."), Invalid)


def can_issue(user: User, decision: Decision) -> Verdict:
    return first_no(
        Verdict(
            user.has_role(Role.EMULATION_SECRETARY), _("Only the emulation secretary numbers and issues certificates.")
        ),
        Verdict(
            decision.kind == DecisionKind.AWARD,
            _("A decision on a revocation has no certificates to issue."),
            WrongState,
        ),
        Verdict(decision.state != DecisionState.DRAFT, _("The decision must be signed first."), WrongState),
        Verdict(decision.state == DecisionState.SIGNED, _("The certificates are issued already."), WrongState),
    )


def can_revoke(user: User, certificate: Certificate) -> Verdict:
    """Draft its revocation: once, while it is valid. Needs its revocation at hand, if there is one."""
    return first_no(
        can_draft(user),
        Verdict(certificate.state == CertificateState.ISSUED, _("The certificate is revoked already."), WrongState),
        Verdict(
            not hasattr(certificate, "revocation"),
            _("A decision on the revocation of this certificate is drafted already."),
            WrongState,
        ),
    )
