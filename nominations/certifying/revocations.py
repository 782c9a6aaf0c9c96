"""Take certificates back by a decision, with the ground of the law. Nothing is deleted: the golden book keeps them."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, locks
from core.audit.services import record
from core.cleaning import clean_text
from core.errors import Invalid
from core.lifecycle import advance
from core.verdict import Verdict
from nominations.certifying.permissions import can_draft, can_revoke, may_revoke_on
from nominations.enums import CertificateAction, DecisionKind, RevocationGround
from nominations.models import Certificate, Decision, Revocation
from scoring.models import Cycle

MOST_FACTS = 2000


@transaction.atomic(durable=True)
def draft_revocation(*, certificates: Iterable[Certificate], ground: str, facts: str, actor: User) -> Decision:
    """A draft that takes certificates of one decision back, all on one ground (a to d) and the same facts."""
    can_draft(actor).require()
    wanted = {certificate.pk for certificate in certificates}
    decisions = Decision.objects.filter(certificates__in=wanted).distinct()
    if len(decisions) != 1:
        raise Invalid(_("Choose certificates of one decision."))
    faults, facts = {}, clean_text(facts, limit=MOST_FACTS)
    if ground not in RevocationGround.values:
        faults["ground"] = _("Choose one of the four grounds of the law.")
    if not facts:
        faults["facts"] = _("Say what was found, by whom and when.")
    if faults:
        raise Invalid(" ".join(faults.values()), fields=faults)
    awarded = decisions[0]
    locks.shared(Cycle, awarded.cycle_id)
    held = list(Certificate.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk"))
    for certificate in held:
        can_revoke(actor, certificate).require()
    decision = Decision.objects.create(
        cycle_id=awarded.cycle_id,
        kind=DecisionKind.REVOCATION,
        form=awarded.form,
        drafted_at=clock.now(),
        drafted_by=actor,
    )
    Revocation.objects.bulk_create(
        Revocation(decision=decision, certificate=certificate, ground=ground, facts=facts) for certificate in held
    )
    details = {"kind": decision.kind, "certificates": [one.book_number for one in held], "ground": ground}
    record(actor=actor, action="decision.draft", obj=decision, details=details)
    return decision


def revocation_may_be_dated(decision: Decision, dated_on: date) -> Verdict:
    awarded_on = Decision.objects.filter(certificates__revocation__decision=decision).distinct().get().dated_on
    return may_revoke_on(dated_on, today=clock.today(), awarded_on=awarded_on)


def take_back(decision: Decision, actor: User) -> None:
    """Revoke the certificates of a decision that is being signed, in the same act."""
    held = Certificate.objects.select_for_update(of=("self",)).filter(revocation__decision=decision).order_by("pk")
    for certificate in held:
        advance(certificate, CertificateAction.REVOKE, actor=actor, details={"decision": decision.pk})
