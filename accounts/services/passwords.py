"""Temporary passwords, and the end of the sessions that an account has open."""

import secrets
from datetime import timedelta

from django.contrib.sessions.models import Session

from accounts.hashers import hash_random
from accounts.models import User
from core import clock

TEMPORARY = timedelta(hours=24)
# No letters that are mistaken for one another on paper.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def temporary_password() -> str:
    """Four groups of four, to be read out over the telephone: about 79 bits."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _position in range(4)) for _group in range(4))


def give_temporary_password(user: User) -> str:
    """Set one on the (unsaved) user: 24 hours, and an own one must be chosen at the first sign-in."""
    password = temporary_password()
    user.password = hash_random(password)
    user.must_change_password, user.temporary_until = True, clock.now() + TEMPORARY
    return password


def end_sessions(user: User) -> None:
    """Sign the account out everywhere."""
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
