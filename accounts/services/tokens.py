"""Tokens for programs: made once, shown once, revoked at any time."""

import hashlib
import hmac
import secrets
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import TokenScope
from accounts.models import ApiToken, Unit, User
from accounts.permissions import can_manage_tokens
from core import clock
from core.audit.services import record
from core.cleaning import clean_name
from core.errors import Conflict, Invalid, WrongState

LONGEST = timedelta(days=366)
MOST_TOKENS = 20
SECRET_BYTES = 32
# The beginning tells people and secret scanners what it is.
_KIND = "sonla"
# How exact «last used» is: a row is not written at every request.
_USE_NOTED_EVERY = timedelta(minutes=10)


@transaction.atomic(durable=True)
def create_token(
    *, user: User, name: str, scope: TokenScope, unit: Unit | None, last_on: date, actor: User
) -> tuple[ApiToken, str]:
    """A token of `user`, valid through `last_on`, and its text, which is kept nowhere."""
    can_manage_tokens(actor, user).require()
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        raise WrongState(_("The account is closed. Open it first."))
    name, now = clean_name(name, limit=80), clock.now()
    if faults := _faults(user, name, scope, unit, last_on):
        raise Invalid(" ".join(faults.values()), fields=faults)
    if user.api_tokens.filter(revoked_at=None, expires_at__gt=now).count() >= MOST_TOKENS:
        raise Conflict(_("There are {n} valid tokens already. Revoke one first.").format(n=MOST_TOKENS))
    prefix = secrets.token_hex(4)
    text = f"{_KIND}_{prefix}_{secrets.token_urlsafe(SECRET_BYTES)}"
    token = ApiToken.objects.create(
        user=user,
        name=name,
        prefix=prefix,
        sha256=_digest(text),
        scope=scope,
        unit=unit,
        created_at=now,
        created_by=actor,
        expires_at=timezone.make_aware(datetime.combine(last_on + timedelta(days=1), time())),
    )
    record(actor=actor, action="token.create", obj=token, details=_said(token))
    return token, text


def _faults(user: User, name: str, scope: str, unit: Unit | None, last_on: date) -> dict[str, str]:
    faults = {}
    if not name:
        faults["name"] = _("Say what the token is for.")
    if scope not in TokenScope.values:
        faults["scope"] = _("This choice is no longer valid. Load the page again.")
    if unit and unit.pk not in user.own_units:
        faults["unit"] = _("The person holds no role for this unit.")
    if not clock.today() <= last_on <= clock.today() + LONGEST:
        faults["last_on"] = _("A token is valid through a day from today to a year from today.")
    return faults


def _said(token: ApiToken) -> dict[str, str | None]:
    return {
        "user": token.user.username,
        "prefix": token.prefix,
        "scope": str(token.scope),
        "unit": token.unit and token.unit.code,
        "expires_at": token.expires_at.isoformat(),
    }


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic(durable=True)
def revoke_token(*, token: ApiToken, actor: User) -> ApiToken:
    """The next request with it is refused."""
    can_manage_tokens(actor, token.user).require()
    token = ApiToken.objects.select_for_update(of=("self",)).select_related("user", "unit").get(pk=token.pk)
    if token.revoked_at:
        raise Conflict(_("The token is revoked already."), code="ERR-DONE")
    token.revoked_at = clock.now()
    token.save()
    record(actor=actor, action="token.revoke", obj=token, details=_said(token))
    return token


def token_of(text: str) -> ApiToken | None:
    """The valid token with this text and an open account. `last_used_at` is noted now and then."""
    kind, _mark, rest = text.partition("_")
    prefix = rest.partition("_")[0]
    if kind != _KIND:
        return None
    token = ApiToken.objects.select_related("user").filter(prefix=prefix, user__is_active=True).first()
    now = clock.now()
    if token is None or not hmac.compare_digest(token.sha256, _digest(text)) or not token.is_valid(now):
        return None
    if token.last_used_at is None or token.last_used_at < now - _USE_NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token
