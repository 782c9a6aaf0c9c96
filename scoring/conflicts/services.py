"""The acts: declare, record a superior body, withdraw. Nothing is deleted, and nothing declared is changed."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from core import clock, locks
from core.audit.services import record
from core.cleaning import clean_text
from core.errors import Conflict as AlreadyDone
from core.errors import Invalid
from scoring.conflicts.permissions import can_declare, can_record_superior, can_withdraw
from scoring.enums import ConflictKind
from scoring.models import Conflict

REASON_LIMIT = 2000


@transaction.atomic(durable=True)
def declare_conflict(*, person: User, unit: Unit, kind: str, reason: str, actor: User) -> Conflict:
    """From now on the unit's file is closed to the person. It holds for every year, until a lead ends it."""
    unit = locks.exclusive(Unit, unit.pk)
    can_declare(actor, person).require()
    if kind not in ConflictKind.values or kind == ConflictKind.SUPERIOR:
        raise _needed("kind", _("Say what the relation is."))
    if unit.pk in person.own_units:
        sentence = _("It is the person's own unit, which nobody appraises anyway.")
        raise Invalid(sentence, fields={"unit": sentence})
    return _added(Conflict(kind=kind, person=person, unit=unit), reason, actor)


@transaction.atomic(durable=True)
def record_superior(*, agency: Unit, unit: Unit, reason: str, actor: User) -> Conflict:
    """`agency` is the superior body of `unit`: nobody of the one appraises the other."""
    for pk in sorted({agency.pk, unit.pk}):
        locks.exclusive(Unit, pk)
    can_record_superior(actor).require()
    if agency.pk == unit.pk:
        sentence = _("A unit is not its own superior body.")
        raise Invalid(sentence, fields={"unit": sentence})
    return _added(Conflict(kind=ConflictKind.SUPERIOR, agency=agency, unit=unit), reason, actor)


def _added(conflict: Conflict, reason: str, actor: User) -> Conflict:
    conflict.reason = _reason(reason, _("Say why: the reason stands in the minutes."))
    there = Conflict.objects.in_force().filter(unit=conflict.unit, person=conflict.person, agency=conflict.agency)
    if there.exists():
        raise AlreadyDone(_("This conflict of interest is on record already."), code="ERR-DONE")
    conflict.declared_by, conflict.declared_at = actor, clock.now()
    conflict.save(force_insert=True)
    about = {"user": conflict.person.username} if conflict.person else {"agency": conflict.agency.name}
    details = about | {"unit": conflict.unit.name, "kind": conflict.kind, "reason": conflict.reason}
    record(actor=actor, action="conflict.declare", obj=conflict, details=details)
    return conflict


@transaction.atomic(durable=True)
def withdraw_conflict(*, conflict: Conflict, reason: str, actor: User) -> Conflict:
    """It is over, and stays on record with the reason."""
    conflict = locks.exclusive(Conflict, conflict.pk)
    can_withdraw(actor, conflict).require()
    conflict.withdrawal_reason = _reason(reason, _("Say why the conflict of interest is over."))
    conflict.withdrawn_by, conflict.withdrawn_at = actor, clock.now()
    conflict.save(update_fields=["withdrawal_reason", "withdrawn_by", "withdrawn_at"])
    record(actor=actor, action="conflict.withdraw", obj=conflict, details={"reason": conflict.withdrawal_reason})
    return conflict


def _reason(reason: str, sentence: str) -> str:
    reason = clean_text(reason, limit=REASON_LIMIT)
    if not reason:
        raise _needed("reason", sentence)
    return reason


def _needed(field: str, sentence: str) -> Invalid:
    return Invalid(sentence, code="ERR-REQUIRED", fields={field: sentence})
