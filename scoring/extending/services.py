"""The acts: ask, grant, refuse, give unasked, withdraw. The moment in force stands on the assessment they lock."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.audit.services import record
from core.cleaning import clean_text
from core.errors import Conflict, Invalid
from core.lifecycle import advance
from scoring.enums import ExtensionAction, ExtensionState
from scoring.extending.permissions import can_ask, can_grant, can_withdraw, may_grant
from scoring.filing.deadlines import limits_of
from scoring.holding import held
from scoring.models import Assessment, Cycle, Extension

REASON_LIMIT = 2000


@transaction.atomic(durable=True)
def ask_extension(*, assessment: Assessment, until: datetime, reason: str, actor: User) -> Extension:
    """The unit asks for more time and says why. One request at a time."""
    cycle, assessment = held(assessment)
    now = clock.now()
    can_ask(actor, assessment, cycle, now).require()
    _require_none_asked(assessment)
    extension = _asked(assessment, cycle, until, reason, now, actor)
    details = {"until": until.isoformat(), "reason": extension.reason}
    record(actor=actor, action="extension.ask", obj=extension, details=details)
    return extension


@transaction.atomic(durable=True)
def give_extension(*, assessment: Assessment, until: datetime, reason: str, actor: User) -> Extension:
    """More time that nobody asked for in the product: by telephone, by letter, for a storm."""
    cycle, assessment = held(assessment)
    now = clock.now()
    can_grant(actor, assessment, cycle, now).require()
    _require_none_asked(assessment)
    extension = _asked(assessment, cycle, until, reason, now, actor)
    _grant(extension, assessment, until, "", now, actor)
    return extension


@transaction.atomic(durable=True)
def grant_extension(*, extension: Extension, until: datetime, reason: str, actor: User) -> Extension:
    """What was asked for, or another day. A reason is needed only where the day differs."""
    cycle, assessment, extension = _held(extension)
    now = clock.now()
    can_grant(actor, assessment, cycle, now).require()
    _require_possible(assessment, cycle, until, now)
    reason = clean_text(reason, limit=REASON_LIMIT)
    if until != extension.asked_until and not reason:
        raise _needed("reason", _("Say why another day than the one asked for."))
    _grant(extension, assessment, until, reason, now, actor)
    return extension


@transaction.atomic(durable=True)
def refuse_extension(*, extension: Extension, reason: str, actor: User) -> Extension:
    _cycle, assessment, extension = _held(extension)
    now = clock.now()
    # Also where more time would help no longer: the unit is owed an answer.
    may_grant(actor, assessment).require()
    extension.decision_reason = _reason(reason, _("Say why the unit gets no more time."))
    extension.decided_by, extension.decided_at = actor, now
    advance(extension, ExtensionAction.REFUSE, actor=actor, details={"reason": extension.decision_reason})
    return extension


@transaction.atomic(durable=True)
def withdraw_extension(*, extension: Extension, reason: str, actor: User) -> Extension:
    """The unit takes its request back, or the committee ends an extension that was not used, from now on."""
    _cycle, assessment, extension = _held(extension)
    now = clock.now()
    can_withdraw(actor, extension, now).require()
    needs_reason = extension.state == ExtensionState.GRANTED
    sentence = _("Say why the extension ends.")
    extension.withdrawal_reason = _reason(reason, sentence) if needs_reason else clean_text(reason, limit=REASON_LIMIT)
    extension.withdrawn_by, extension.withdrawn_at = actor, now
    advance(extension, ExtensionAction.WITHDRAW, actor=actor, details={"reason": extension.withdrawal_reason})
    _put_in_force(assessment)
    return extension


def _held(extension: Extension) -> tuple[Cycle, Assessment, Extension]:
    """The locks of the assessment guard its extensions too; read again under them."""
    cycle, assessment = held(extension.assessment)
    extension = Extension.objects.get(pk=extension.pk)
    extension.assessment = assessment
    return cycle, assessment, extension


def _require_none_asked(assessment: Assessment) -> None:
    if assessment.extensions.filter(state=ExtensionState.ASKED).exists():
        raise Conflict(_("More time was asked for already and waits for an answer."), code="ERR-DONE")


def _asked(assessment: Assessment, cycle: Cycle, until: datetime, reason: str, now: datetime, actor: User) -> Extension:
    _require_possible(assessment, cycle, until, now)
    reason = _reason(reason, _("Say why more time is needed."))
    return Extension.objects.create(
        assessment=assessment, reason=reason, asked_until=until, asked_by=actor, asked_at=now
    )


def _require_possible(assessment: Assessment, cycle: Cycle, until: datetime, now: datetime) -> None:
    """Later than now and than what the unit has already, not later than the appraisal."""
    limit = limits_of(assessment, cycle).on_time_until
    sentence = ""
    if until <= max(now, limit):
        sentence = _("More time must end later than {time:%H:%M:%S %d/%m/%Y}.").format(time=localtime(max(now, limit)))
    elif until > cycle.appraisal_closes_at:
        sentence = _("The appraisal ends at {time:%H:%M:%S %d/%m/%Y}; more time cannot last longer.").format(
            time=localtime(cycle.appraisal_closes_at)
        )
    if sentence:
        raise Invalid(sentence, fields={"until": sentence})


def _grant(
    extension: Extension, assessment: Assessment, until: datetime, reason: str, now: datetime, actor: User
) -> None:
    extension.until, extension.decision_reason = until, reason
    extension.decided_by, extension.decided_at = actor, now
    details = {"until": until.isoformat(), "reason": reason or extension.reason}
    advance(extension, ExtensionAction.GRANT, actor=actor, details=details)
    _put_in_force(assessment)


def _put_in_force(assessment: Assessment) -> None:
    """The latest end of what is granted, or none."""
    granted = assessment.extensions.filter(state=ExtensionState.GRANTED)
    assessment.extended_until = max(granted.values_list("until", flat=True), default=None)
    assessment.save(update_fields=["extended_until"])


def _reason(reason: str, sentence: str) -> str:
    reason = clean_text(reason, limit=REASON_LIMIT)
    if not reason:
        raise _needed("reason", sentence)
    return reason


def _needed(field: str, sentence: str) -> Invalid:
    return Invalid(sentence, code="ERR-REQUIRED", fields={field: sentence})
