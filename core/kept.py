"""A checked file between its dry run and its confirmation: apart for each person, gone after an hour, taken once."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.cache import cache
from django.utils.translation import gettext as _

from core.errors import Conflict

KEPT_SECONDS = 60 * 60


def _key(user: AbstractBaseUser, place: tuple[Any, ...]) -> str:
    return "-".join(["kept", str(user.pk), *map(str, place)])


def keep(value: Any, user: AbstractBaseUser, *place: Any) -> None:
    """`place` tells files of one person apart: the desk, what the file is for, its SHA-256."""
    cache.set(_key(user, place), value, KEPT_SECONDS)


def look(user: AbstractBaseUser, *place: Any) -> Any:
    """What is kept there, or None."""
    return cache.get(_key(user, place))


def take(user: AbstractBaseUser, *place: Any) -> Any:
    """What is kept there, for whoever comes first; Conflict for everybody later and after the hour."""
    value = look(user, *place)
    if value is None or not cache.delete(_key(user, place)):
        raise Conflict(
            _("This file was taken over already, or was checked more than an hour ago. Check the file again."),
            code="ERR-DONE",
        )
    return value
