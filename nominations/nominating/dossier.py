"""The emulation secretary's acts on a dossier: returned or complete, then eligible or not."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Invalid
from core.lifecycle import advance
from nominations.enums import NominationAction
from nominations.models import Nomination
from nominations.nominating.eligibility import CONDUCT, clauses_of
from nominations.nominating.permissions import can_check_dossier, can_judge_eligibility, can_reconsider
from nominations.nominating.proposal import reason_given
from nominations.nominating.services import held, refuse_second
from scoring.models import RankingRun


@transaction.atomic(durable=True)
def return_dossier(*, nomination: Nomination, reason: str, actor: User) -> Nomination:
    """Something is missing; the unit reads what, mends it and its head signs again."""
    nomination = held(nomination)
    can_check_dossier(actor, nomination).require()
    nomination.remark = reason_given(reason, _("Say what is missing; the unit reads it."))
    advance(nomination, NominationAction.RETURN, actor=actor, details={"reason": nomination.remark})
    return nomination


@transaction.atomic(durable=True)
def check_dossier(*, nomination: Nomination, actor: User) -> Nomination:
    """The emulation secretary has the whole dossier in hand; what was missing before is no longer."""
    nomination = held(nomination)
    can_check_dossier(actor, nomination).require()
    nomination.remark = ""
    advance(nomination, NominationAction.CHECK, actor=actor)
    return nomination


@transaction.atomic(durable=True)
def find_eligible(*, nomination: Nomination, conduct_confirmed: bool, actor: User) -> Nomination:
    """Every clause is met, and the secretary confirms that nothing against the subject is pending (domain.md 3.1)."""
    nomination = _held_for_finding(nomination, actor)
    clauses = clauses_of(nomination)
    if not all(clause.is_met for clause in clauses):
        raise Invalid(_("The nomination does not meet the standard; see the clauses that are not met."))
    if not conduct_confirmed:
        sentence = _("Confirm that no discipline, inspection or complaint is pending.")
        raise Invalid(sentence, code="ERR-REQUIRED", fields={"conduct_confirmed": sentence})
    nomination.clauses = [clause.as_row() for clause in [*clauses, CONDUCT]]
    nomination.remark = ""
    advance(nomination, NominationAction.FIND_ELIGIBLE, actor=actor, details={"clauses": nomination.clauses})
    return nomination


@transaction.atomic(durable=True)
def find_ineligible(*, nomination: Nomination, reason: str, actor: User) -> Nomination:
    """Not eligible, for a reason that the unit reads; the clauses of the moment are kept beside it."""
    nomination = _held_for_finding(nomination, actor)
    nomination.remark = reason_given(reason, _("Say why the nomination is not eligible; the unit reads it."))
    nomination.clauses = [clause.as_row() for clause in clauses_of(nomination)]
    details = {"reason": nomination.remark, "clauses": nomination.clauses}
    advance(nomination, NominationAction.FIND_INELIGIBLE, actor=actor, details=details)
    return nomination


@transaction.atomic(durable=True)
def reconsider(*, nomination: Nomination, actor: User) -> Nomination:
    """Take a finding of “not eligible” back, unless the same subject was nominated anew meanwhile."""
    nomination = held(nomination)
    can_reconsider(actor, nomination).require()
    refuse_second(nomination)
    advance(nomination, NominationAction.RECONSIDER, actor=actor, details={"reason": nomination.remark})
    return nomination


def _held_for_finding(nomination: Nomination, actor: User) -> Nomination:
    nomination = held(nomination)
    can_judge_eligibility(actor, nomination).require()
    # Without the snapshot, megabytes of text that no clause reads.
    runs = RankingRun.objects.select_related("criteria_set").defer("snapshot")
    nomination.run = runs.get(pk=nomination.run_id)
    return nomination
