"""The acts on a flag: set it aside as legitimate, take it up again. Flags are found by `scoring.twins.finding`."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, locks
from core.audit.services import record
from core.cleaning import clean_text
from core.errors import Conflict, Invalid, NotFound
from scoring.models import Cycle, EvidenceFlag
from scoring.twins.permissions import can_judge

REASON_LIMIT = 2000
_WORDS = ["set_aside_reason", "set_aside_by", "set_aside_at"]


@transaction.atomic(durable=True)
def set_aside(*, flag: EvidenceFlag, reason: str, actor: User) -> EvidenceFlag:
    """Somebody looked, and it is legitimate: it is not shown beside the lines any more, also when it is found again."""
    flag = _held(flag, actor)
    if flag.set_aside_at is not None:
        raise Conflict(_("{person} set it aside already.").format(person=flag.set_aside_by), code="ERR-DONE")
    reason = clean_text(reason, limit=REASON_LIMIT)
    if not reason:
        sentence = _("Say why it is legitimate: others read the reason.")
        raise Invalid(sentence, code="ERR-REQUIRED", fields={"reason": sentence})
    flag.set_aside_reason, flag.set_aside_by, flag.set_aside_at = reason, actor, clock.now()
    flag.save(update_fields=_WORDS)
    record(actor=actor, action="evidenceflag.set_aside", obj=flag, details=_about(flag) | {"reason": reason})
    return flag


@transaction.atomic(durable=True)
def put_back(*, flag: EvidenceFlag, actor: User) -> EvidenceFlag:
    """It is to be looked at again. Twice has the effect of once; the reason stays in the audit trail."""
    flag = _held(flag, actor)
    if flag.set_aside_at is not None:
        details = _about(flag) | {"reason": flag.set_aside_reason}
        flag.set_aside_reason, flag.set_aside_by, flag.set_aside_at = "", None, None
        flag.save(update_fields=_WORDS)
        record(actor=actor, action="evidenceflag.put_back", obj=flag, details=details)
    return flag


def _held(flag: EvidenceFlag, actor: User) -> EvidenceFlag:
    """The cycle shared, then the flag for change. NotFound for whom it is not there, also because a search took it away."""
    cycle = locks.shared(Cycle, flag.cycle_id)
    held = EvidenceFlag.objects.select_for_update().filter(pk=flag.pk).first()
    found = EvidenceFlag.objects.visible_to(actor).with_places().filter(pk=flag.pk).first() if held else None
    if found is None:
        raise NotFound(_("There is no such page."))
    can_judge(actor, found, cycle).require()
    return found


def _about(flag: EvidenceFlag) -> dict[str, str | list[str]]:
    units = [form.unit.name for form in (flag.first, flag.second) if form]
    return {"kind": flag.kind, "units": units}
