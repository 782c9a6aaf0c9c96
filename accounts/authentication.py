"""How a program is known: by a token in the Authorization header, or by the session of the browser it runs in."""

from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import authentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from accounts.models import ApiToken, User
from accounts.services import token_of


def _require_own_password(user: User) -> None:
    """As on the web: a temporary password opens one page only, and that is none of these."""
    if user.must_change_password:
        raise PermissionDenied(_("Choose an own password first."))


class TokenAuthentication(authentication.BaseAuthentication):
    """`Authorization: Bearer sonla_…`. It makes no session. With a unit only the roles for that unit count."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        scheme, _space, text = request.headers.get("Authorization", "").partition(" ")
        if not scheme:
            return None
        token = token_of(text.strip()) if scheme.lower() == "bearer" else None
        if token is None:
            raise AuthenticationFailed(_("The token is not valid: unknown, expired or revoked."))
        _require_own_password(token.user)
        if token.unit_id:
            user = token.user
            user.current_memberships = [one for one in user.current_memberships if one.unit_id == token.unit_id]
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class SessionAuthentication(authentication.SessionAuthentication):
    """The session of the web pages; acts need its CSRF token in the header X-CSRFToken."""

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        known = super().authenticate(request)
        if known:
            _require_own_password(known[0])
        return known

    def enforce_csrf(self, request: Request) -> None:
        try:
            super().enforce_csrf(request)
        except PermissionDenied as error:
            raise PermissionDenied(_("The header X-CSRFToken is missing or old.")) from error


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = "accounts.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema) -> dict:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "sonla_<prefix>_<secret>"}


class SessionScheme(OpenApiAuthenticationExtension):
    target_class = "accounts.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema) -> dict:
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": "sessionid",
            "description": "__Host-sessionid behind https. Acts also need the header X-CSRFToken.",
        }
