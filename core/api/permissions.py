"""Who may ask at all. What a person may do is decided by the service, as on the web pages."""

from django.utils.translation import gettext_lazy as _
from rest_framework.permissions import SAFE_METHODS, BasePermission


class Nobody(BasePermission):
    """What a view gets that states nothing."""

    def has_permission(self, request, view) -> bool:
        return False


class SignedIn(BasePermission):
    """A person with a session, or a token of theirs; a token for reading cannot act."""

    message = _("This token may only read.")

    def has_permission(self, request, view) -> bool:
        if not request.user.is_authenticated:
            return False
        return request.method in SAFE_METHODS or request.auth is None or request.auth.may_act
