"""That it is the person, shown once more a moment before an act that binds a unit.

A session may be left open on a shared machine and a token lies in the settings of a program: neither says who sits
there now. Every door to such an act (page, API) asks for the password and hands the service a `Proof`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.enums import ProofMethod
from accounts.models import User
from core import clock
from core.errors import NotAllowed, TooMany

LASTS = timedelta(minutes=5)


@dataclass(frozen=True)
class Proof:
    """Who showed it, how, and when by the database's clock."""

    user_id: int
    method: ProofMethod
    at: datetime

    def require(self, actor: User, now: datetime) -> None:
        """NotAllowed unless it is the actor's own and at most `LASTS` old."""
        if self.user_id != actor.pk or not now - LASTS <= self.at:
            raise _refused(_("Type the password again: it was not confirmed within the last five minutes."))


def prove_by_password(user: User, password: str) -> Proof:
    """Check the password as sign-in does, within the same limits: tries here and there count together.

    Whatever is wrong gets one and the same answer. Called outside of any transaction: the check is slow on purpose.
    """
    try:
        is_right = get_adapter().reauthenticate(user, password)
    except ValidationError:
        raise TooMany(_("Too many wrong passwords. Wait a quarter of an hour and try again.")) from None
    if not (is_right and user.is_active):
        raise _refused(_("The password is not right. Nothing was signed."))
    return Proof(user.pk, ProofMethod.PASSWORD, clock.now())


def _refused(sentence: str) -> NotAllowed:
    return NotAllowed(sentence, code="ERR-PROOF", fields={"password": sentence})
