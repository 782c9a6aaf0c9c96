"""One clock: the database's. Nothing else in the product asks what time it is.

Web servers may disagree by minutes; the database that stores a submission decides when it came. PostgreSQL's `now()`
is the start of the transaction, so that a long wait for a lock would not count: `clock_timestamp()` is asked.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.utils import timezone

_set_to: ContextVar[datetime | None] = ContextVar("clock_set_to", default=None)

_SQL = {
    "postgresql": "SELECT clock_timestamp()",
    "sqlite": "SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')",
}


def now() -> datetime:
    """The database's time, aware, UTC, to the millisecond on SQLite and the microsecond on PostgreSQL."""
    if (moment := _set_to.get()) is not None:
        return moment
    with connection.cursor() as cursor:
        cursor.execute(_SQL[connection.vendor])
        value = cursor.fetchone()[0]
    if isinstance(value, str):
        value = datetime.fromisoformat(value).replace(tzinfo=UTC)
    return value.astimezone(UTC)


def today() -> date:
    """The date in Sơn La (Asia/Ho_Chi_Minh) by the database's clock."""
    return timezone.localdate(now())


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """The one seam, for tests and for sample years: inside the block the clock stands at `moment`.

    ImproperlyConfigured where the installation does not allow it; a system check keeps it shut in production.
    """
    if not settings.CLOCK_MAY_BE_SET:
        raise ImproperlyConfigured("The clock may be set only in tests and in the demo (CLOCK_MAY_BE_SET).")
    if timezone.is_naive(moment):
        raise ValueError("The clock needs an aware moment.")
    token = _set_to.set(moment)
    try:
        yield
    finally:
        _set_to.reset(token)
