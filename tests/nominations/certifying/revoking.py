"""Drafting and signing a revocation, as tests need it."""

from datetime import date, timedelta

from nominations.certifying.revocations import draft_revocation
from nominations.certifying.services import sign_decision
from nominations.models import Certificate, Decision
from tests.nominations.thin import SIGNED, Awards

REVOKED = SIGNED + timedelta(days=60)
FACTS = "Kết luận thanh tra số 12/KL-TTr: 40% hồ sơ kê khai không có thật."


def drafted_revocation(awards: Awards, *certificates: Certificate, actor=None, **changes) -> Decision:
    given = {"ground": "a", "facts": FACTS} | changes
    with awards.on(REVOKED):
        return draft_revocation(certificates=certificates, actor=actor or awards.secretary, **given)


def sign_revocation(
    awards: Awards, decision: Decision, *, number: str = "987/QĐ-UBND", dated_on: date | None = None, actor=None
) -> Decision:
    with awards.on(REVOKED):
        dated_on = dated_on or REVOKED.date()
        return sign_decision(decision=decision, number=number, dated_on=dated_on, actor=actor or awards.leader)


def revoked(awards: Awards, *certificates: Certificate, **changes) -> Decision:
    return sign_revocation(awards, drafted_revocation(awards, *certificates), **changes)
