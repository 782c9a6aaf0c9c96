"""Moments and people as the minutes write them."""

from datetime import datetime

from django.utils.timezone import localtime

from accounts.models import User
from core.official.figures import bound, plain_text
from core.templatetags.values import last_moment

NO_POINTS = "–"


def said_by(person: User | None, moment: datetime | None, address: str) -> str:
    return f"{plain_text(person.full_name)}, {bound(address, said_moment(moment))}" if person and moment else ""


def said_moment(moment: datetime) -> str:
    return f"{localtime(moment):%H:%M %d/%m/%Y}"


def said_last_moment(moment: datetime) -> str:
    """A stored end is the first moment that is too late; printed is the last that is not."""
    return f"{localtime(last_moment(moment)):%H:%M:%S %d/%m/%Y}"
